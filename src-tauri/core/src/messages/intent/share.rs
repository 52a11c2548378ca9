//! What the user asks to be handed out.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, FileFormat, Shape};
use crate::formats::handover_file::{Lasts, Lock};

/// What the user asks to be handed out.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ShareIntent {
    /// To the clipboard; the user confirms a refresh token.
    Copy { id: ConnectionId, shape: Shape },
    /// To a file; the user confirms secrets besides the access token.
    Export { id: ConnectionId, export: Export },
    /// What happened with it, to a file.
    ExportActivity { id: ConnectionId },
    /// Keep a file of this format up to date with its token; asks where.
    ChooseLiveFile { id: ConnectionId, format: FileFormat },
    /// Write that file now.
    WriteLiveFile { id: ConnectionId },
    /// Write it no more; it stays as it is.
    StopLiveFile { id: ConnectionId },
    /// To a file for a colleague, without its secrets.
    SaveSetup { id: ConnectionId },
    /// Begin to hand it over, secrets and all.
    BeginHandover { id: ConnectionId },
    /// Cancel the handover.
    StopHandover,
    /// Seal it with this, for whom, and for how long it may be taken; the user confirms it.
    Handover { to: String, lasts: Lasts, lock: Lock },
}
