//! A notice as the page shows it.

use serde::Serialize;

use crate::domain::notice::NoticeKind;
use crate::view::action::Action;

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoticeView {
    /// The number to dismiss it by.
    pub id: u32,
    /// What it says.
    pub what: NoticeKind,
    /// What the button of its problem does; `None` when it has none or several.
    pub action: Option<Action>,
}
