//! A pending revocation as the page shows it.

use serde::Serialize;

use crate::Moment;
use crate::domain::problem::Problem;
use crate::domain::revocation::RevocationId;

/// A token that is to be revoked, and is still valid as far as Keyfob knows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RevocationView {
    /// Its number.
    pub id: RevocationId,
    /// The connection's name, or the owner of tokens that were not kept.
    pub name: String,
    /// When it was requested.
    pub since: Moment,
    /// When it is sent automatically; `None` when it will not be.
    pub again_at: Option<Moment>,
    /// Why the last attempt failed.
    pub problem: Option<Problem>,
    /// Whether a request is in flight.
    pub asking: bool,
    /// Whether the user may send it now.
    pub may_ask: bool,
    /// Whether it belongs to Practice, so that it ends when Keyfob quits.
    pub practice: bool,
}
