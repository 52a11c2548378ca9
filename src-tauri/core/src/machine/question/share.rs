//! The questions of the share machine to the host and the user.

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, FileFormat};
use crate::domain::fingerprint::Fingerprint;
use crate::formats::handover_file::{Lasts, Lock};

/// The question that an answer is for.
#[derive(Clone, Debug)]
pub(in crate::machine) enum ShareQuestion {
    /// Whether the refresh token may be copied.
    ConfirmCopy(ConnectionId),
    /// Whether secrets may be written to a file.
    ConfirmExport(ConnectionId, Export),
    /// Whether the connection may be handed over to this recipient.
    ConfirmHandover {
        id: ConnectionId,
        to: String,
        lasts: Lasts,
        lock: Lock,
    },
    /// With the activity to note once the file is written, if any.
    SaveFile(Option<(ConnectionId, Happened)>),
    Handover(Handed),
    /// The place for a live file of this format.
    LivePlace(ConnectionId, FileFormat),
    /// At this path.
    WriteLiveFile(ConnectionId, String, Fingerprint),
    /// The write in flight to this path, whose connection has been deleted; the file is removed afterwards.
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
