//! Exports, live files and handovers in progress.

use std::collections::BTreeSet;
use std::mem::take;

use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::Export;
use crate::domain::problem::Problem;

/// What the share machine remembers between events.
#[derive(Debug, Default)]
pub(crate) struct ShareState {
    /// Exports that wait for a new access token.
    exports: Vec<(ConnectionId, Export)>,
    pub(in crate::machine) unsaved_files: Unsaved,
    pub(crate) handing: Option<Handing>,
    /// Live files that are being written.
    pub(super) writing: BTreeSet<ConnectionId>,
}

impl ShareState {
    /// Whether a connection's live file is being written, or will be once its fingerprint is saved.
    pub(crate) fn is_live_file_pending(&self, id: ConnectionId) -> bool {
        self.writing.contains(&id) || self.unsaved_files.holds(id)
    }

    /// Lets an export wait for the connection's new access token.
    pub(super) fn wait(&mut self, id: ConnectionId, export: Export) {
        if !self.exports.contains(&(id, export)) {
            self.exports.push((id, export));
        }
    }

    /// Takes the exports that waited for a token of this connection.
    pub(super) fn stop_waiting(&mut self, id: ConnectionId) -> Vec<Export> {
        self.exports.extract_if(.., |(of, _)| *of == id).map(|(_, export)| export).collect()
    }
}

/// The handover that the user is making.
#[derive(Debug)]
pub(crate) struct Handing {
    pub(crate) id: ConnectionId,
    pub(crate) sealing: bool,
    pub(crate) problem: Option<Problem>,
}

/// The live files that are written once their fingerprints are saved.
#[derive(Debug, Default)]
pub(in crate::machine) struct Unsaved {
    /// In the next save.
    next: BTreeSet<ConnectionId>,
    /// In the save in flight.
    saving: BTreeSet<ConnectionId>,
}

impl Unsaved {
    /// Lets a file wait for a save.
    pub(super) fn add(&mut self, id: ConnectionId) {
        self.next.insert(id);
    }

    /// Whether a connection's file waits for a save.
    fn holds(&self, id: ConnectionId) -> bool {
        self.next.contains(&id) || self.saving.contains(&id)
    }

    /// Moves the waiting files to the save that begins.
    pub(in crate::machine) fn are_being_saved(&mut self) {
        self.saving.append(&mut self.next);
    }

    /// Takes the files of the save that has ended, except those that changed since.
    pub(super) fn take_saved(&mut self) -> Vec<ConnectionId> {
        take(&mut self.saving).difference(&self.next).copied().collect()
    }
}
