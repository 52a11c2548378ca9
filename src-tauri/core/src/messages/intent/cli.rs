//! Intents about what programs may do.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;

/// An intent about what programs may do.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum CliIntent {
    /// Let programs read the access token, once the user has confirmed it; or deny them.
    AllowScripts { id: ConnectionId, on: bool },
    /// Copy the command with which a script gets the token.
    CopyCommand { id: ConnectionId },
}
