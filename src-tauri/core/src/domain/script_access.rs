//! Whether programs may have a connection's access token.

use serde::{Deserialize, Serialize};

/// Whether programs may have a connection's access token.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ScriptAccess {
    /// Not decided yet: the first program to ask makes Keyfob ask the user.
    #[default]
    NotAsked,
    /// Programs may read it.
    Allowed,
    /// Programs are refused without asking the user.
    Denied,
}
