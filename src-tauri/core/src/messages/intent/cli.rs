//! What the user asks for programs.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;

/// What the user asks for programs.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum CliIntent {
    /// Programs may have its token, which the user confirms; or are turned away.
    AllowScripts { id: ConnectionId, on: bool },
    /// The command a script gets it with, onto the clipboard.
    CopyCommand { id: ConnectionId },
}
