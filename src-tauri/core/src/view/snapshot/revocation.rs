//! A revocation that waits, as it is shown.

use serde::Serialize;

use crate::Moment;
use crate::domain::problem::Problem;
use crate::domain::revocation::RevocationId;

/// A token that is to end at Zoho, and has not yet as far as is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Revocation {
    /// Its number.
    pub id: RevocationId,
    /// What the connection was called, or whose tokens they would have been.
    pub name: String,
    /// Since when it waits.
    pub since: Moment,
    /// When it is tried by itself; `None` when it will not be.
    pub again_at: Option<Moment>,
    /// Why the last try failed.
    pub problem: Option<Problem>,
    /// Zoho is being asked.
    pub asking: bool,
    /// Whether the user may have it tried now.
    pub may_ask: bool,
    /// The Zoho inside the app issued it: the wait ends when Keyfob quits.
    pub practice: bool,
}
