//! Intents about copies, exports, live files and handovers.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, FileFormat, Shape};
use crate::formats::handover_file::{Lasts, Lock};

/// An intent about copies, exports, live files and handovers.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ShareIntent {
    /// Copy a token to the clipboard; the user confirms a refresh token.
    Copy { id: ConnectionId, shape: Shape },
    /// Export to a file; the user confirms secrets besides the access token.
    Export { id: ConnectionId, export: Export },
    /// Export the connection's activity to a file.
    ExportActivity { id: ConnectionId },
    /// Keep a file of this format up to date with the access token; asks for its place.
    ChooseLiveFile { id: ConnectionId, format: FileFormat },
    /// Write that file now.
    WriteLiveFile { id: ConnectionId },
    /// Stop writing that file, and leave it as it is.
    StopLiveFile { id: ConnectionId },
    /// Save the setup to a file for a colleague, without secrets.
    SaveSetup { id: ConnectionId },
    /// Begin a handover of the connection, with its secrets.
    BeginHandover { id: ConnectionId },
    /// Cancel the handover.
    StopHandover,
    /// Seal the handover with this lock, for this recipient and for this time; the user confirms it.
    Handover { to: String, lasts: Lasts, lock: Lock },
}
