//! The wizard's steps.

use serde::{Deserialize, Serialize};

/// The wizard's steps, in order.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Where is your Zoho?
    Region,
    /// Register Keyfob at Zoho.
    Register,
    /// Paste what Zoho gave you.
    Credentials,
    /// What may it do?
    Scopes,
    /// Approve in your browser.
    Approve,
    /// Is this you?
    Confirm,
    /// Use it.
    Use,
}
