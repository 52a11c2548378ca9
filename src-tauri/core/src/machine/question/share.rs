//! What the share machine asks of the world and of the user.

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, FileFormat};
use crate::domain::fingerprint::Fingerprint;
use crate::formats::handover_file::{Lasts, Lock};

/// What an answer is for.
#[derive(Clone, Debug)]
pub(in crate::machine) enum ShareQuestion {
    /// Whether the refresh token may be copied.
    ConfirmCopy(ConnectionId),
    /// Whether secrets may be written to a file.
    ConfirmExport(ConnectionId, Export),
    /// Whether the connection may be handed over, to whom.
    ConfirmHandover {
        id: ConnectionId,
        to: String,
        lasts: Lasts,
        lock: Lock,
    },
    /// With what is noted once it is written, where anything is.
    SaveFile(Option<(ConnectionId, Happened)>),
    Handover(Handed),
    /// Where a file of this format is to be.
    LivePlace(ConnectionId, FileFormat),
    /// At this path.
    WriteLiveFile(ConnectionId, String, Fingerprint),
    /// The connection is gone since; what is being written at this path is removed after that.
    LastOfLiveFile(String, Vec<Fingerprint>),
    RemoveLiveFile,
}

/// What the notice says once the file is written.
#[derive(Clone, Debug)]
pub(in crate::machine) struct Handed {
    pub(in crate::machine) id: ConnectionId,
    pub(in crate::machine) to: String,
    pub(in crate::machine) until: Moment,
}
