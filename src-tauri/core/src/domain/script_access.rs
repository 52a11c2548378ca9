//! Whether programs may have a connection's access token.

use serde::{Deserialize, Serialize};

/// Whether programs may have a connection's access token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ScriptAccess {
    /// Nobody has said; the first one to ask sets off the question.
    #[default]
    NotAsked,
    /// They may.
    Allowed,
    /// They are turned away without a question.
    Denied,
}
