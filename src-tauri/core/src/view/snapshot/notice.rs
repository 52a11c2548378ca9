//! A notice, as it is shown.

use serde::Serialize;

use crate::domain::notice::NoticeKind;
use crate::view::action::Action;

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Notice {
    /// To dismiss it by.
    pub id: u32,
    /// What it says.
    pub what: NoticeKind,
    /// What the button of its problem does; `None` where it has none, or more than one.
    pub action: Option<Action>,
}
