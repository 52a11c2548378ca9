//! Keeping a file up to date with a connection's token.
//!
//! Invariant: one write is in flight for a connection at a time, and the last one writes the current token. A file that
//! cannot be written is not the token's problem: the token is still valid. A file that is no longer what Keyfob wrote
//! is left as it is, unless the user asks for it to be written again. A file is written after the save that holds its
//! fingerprint, so that a Keyfob that ends at any moment knows its own file at its next start.
#![expect(clippy::disallowed_methods, reason = "hashes the live file and writes its content")]

use secrecy::ExposeSecret;

use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::export_choice::{Export, FileFormat};
use crate::domain::fingerprint::Fingerprint;
use crate::domain::live_file::LiveFile;
use crate::domain::problem::Problem;
use crate::formats::export;
use crate::formats::new_file::NewFile;
use crate::machine::fact::Fact;
use crate::machine::question::ShareQuestion;
use crate::messages::effect::Effect;

use super::Share;

impl Share<'_> {
    /// Asks for the file's place. A connection that cannot be refreshed could not keep the file valid.
    pub(in crate::machine) fn choose_live_file(&mut self, id: ConnectionId, format: FileFormat) {
        let Some(connection) = self.cx.connections.get(&id) else { return };
        if !connection.grant.renews() {
            return self.cx.notices.trouble_with(id, Problem::NoRefreshToken);
        }
        match self.live_content(id, format) {
            Ok(file) => {
                self.cx.ask(ShareQuestion::LivePlace(id, format), |ticket| Effect::ChoosePlace(ticket, file.name));
            }
            Err(problem) => self.cx.notices.trouble_with(id, problem),
        }
    }

    /// Begins to keep the file at this path up to date, unless another connection does.
    pub(super) fn live_place_chosen(
        &mut self,
        id: ConnectionId,
        format: FileFormat,
        chosen: Result<Option<String>, Problem>,
    ) {
        let path = match chosen {
            Ok(Some(path)) => path,
            Ok(None) => return,
            Err(problem) => return self.cx.notices.trouble_with(id, problem),
        };
        let mut others = self.cx.connections.values().filter(|c| c.id != id);
        if let Some(other) = others.find(|c| c.live_file.as_ref().is_some_and(|live| live.path == path)) {
            let name = other.name.clone();
            return self.cx.notices.trouble_with(id, Problem::LiveFileTaken { name });
        }
        let Some(connection) = self.cx.connection(id) else { return };
        connection.live_file = Some(LiveFile::at(path, format));
        self.cx.note(id, Happened::LiveFileBegun { format });
        self.write_live_file(id);
    }

    /// Writes a token that is valid for five more minutes, after a refresh if necessary.
    pub(in crate::machine) fn write_live_file(&mut self, id: ConnectionId) {
        let live = self.cx.connection(id).and_then(|c| c.live_file.as_mut());
        if let Some(live) = live.filter(|live| matches!(live.problem, Some(Problem::LiveFileReplaced { .. }))) {
            live.ours.clear();
        }
        let needs_renewal = |c: &Connection| c.grant.needs_renewal(self.cx.now);
        if self.cx.connections.get(&id).is_some_and(needs_renewal) {
            self.cx.report(Fact::TokenWanted(id));
        } else {
            self.update_live_file(id);
        }
    }

    /// Writes the files of valid tokens at the start: a file may have been moved away since.
    pub(in crate::machine) fn update_live_files(&mut self) {
        let good = self.cx.connections.values().filter(|c| c.grant.is_fresh(self.cx.now)).map(|c| c.id);
        for id in good.collect::<Vec<_>>() {
            self.update_live_file(id);
        }
    }

    /// Writes the current token to the live file, if there is one; after a write in flight.
    pub(in crate::machine) fn update_live_file(&mut self, id: ConnectionId) {
        let writing = self.state.writing.contains(&id);
        let Some(live) = self.cx.connection(id).and_then(|c| c.live_file.as_mut()) else { return };
        live.behind = writing;
        if writing {
            return;
        }
        let (path, format) = (live.path.clone(), live.format);
        match self.live_content(id, format) {
            Ok(file) => {
                let next = Fingerprint::of(file.content.expose_secret().as_bytes());
                let Some(live) = self.cx.connection(id).and_then(|c| c.live_file.as_mut()) else { return };
                live.may_hold(next);
                self.state.unsaved_files.add(id);
                self.cx.changed();
            }
            Err(problem) => self.live_file_written(id, &path, None, Err(problem)),
        }
    }

    /// Writes the files whose save has ended, even if it failed: a job needs its token, and a notice shows the failure.
    pub(in crate::machine) fn write_saved_files(&mut self) {
        for id in self.state.unsaved_files.take_saved() {
            self.write_saved_file(id);
        }
    }

    fn write_saved_file(&mut self, id: ConnectionId) {
        let Some(live) = self.cx.connection(id).and_then(|c| c.live_file.as_ref()) else { return };
        let (path, format, ours) = (live.path.clone(), live.format, live.ours.clone());
        if let Ok(file) = self.live_content(id, format) {
            let next = Fingerprint::of(file.content.expose_secret().as_bytes());
            self.state.writing.insert(id);
            self.cx.ask(ShareQuestion::WriteLiveFile(id, path.clone(), next), |ticket| {
                Effect::WriteLiveFile(ticket, path, file.content, ours)
            });
        }
    }

    pub(super) fn live_file_written(
        &mut self,
        id: ConnectionId,
        path: &str,
        as_what: Option<Fingerprint>,
        written: Result<(), Problem>,
    ) {
        let now = self.cx.now;
        let Some(live) = self.cx.connection(id).and_then(|c| c.live_file.as_mut()) else { return };
        if live.path == path {
            live.problem = written.as_ref().err().cloned();
            match written {
                Ok(()) => {
                    live.written_at = Some(now);
                    live.ours = as_what.into_iter().collect();
                    self.cx.changed();
                }
                Err(problem) => {
                    if matches!(problem, Problem::LiveFileReplaced { .. }) {
                        live.ours.retain(|ours| Some(*ours) != as_what);
                    }
                    self.cx.note(id, Happened::Failed { act: Act::WriteFile, problem });
                }
            }
        }
        let behind = |live: &LiveFile| live.behind;
        if self.cx.connection(id).and_then(|c| c.live_file.as_ref()).is_some_and(behind) {
            self.update_live_file(id);
        }
    }

    /// Stops updating the file, and leaves it as it is.
    pub(in crate::machine) fn stop_live_file(&mut self, id: ConnectionId) {
        if self.cx.connection(id).and_then(|c| c.live_file.take()).is_some() {
            self.cx.note(id, Happened::LiveFileStopped);
        }
    }

    /// Removes the file of a deleted connection, unless Keyfob never wrote it.
    pub(in crate::machine) fn remove_live_file(&mut self, id: ConnectionId, live: LiveFile) {
        self.state.writing.remove(&id);
        let LiveFile { path, written_at, ours, .. } = live;
        let is_being_written =
            |q: &ShareQuestion| matches!(q, ShareQuestion::WriteLiveFile(of, to, _) if *of == id && *to == path);
        if self.cx.outbox.count(is_being_written) > 0 {
            let last = |q: &ShareQuestion| match q {
                ShareQuestion::WriteLiveFile(_, _, next) if is_being_written(q) => {
                    let ours = ours.iter().copied().chain([*next]).collect();
                    Some(ShareQuestion::LastOfLiveFile(path.clone(), ours))
                }
                ShareQuestion::ConfirmCopy(_)
                | ShareQuestion::ConfirmExport(..)
                | ShareQuestion::ConfirmHandover { .. }
                | ShareQuestion::SaveFile(_)
                | ShareQuestion::Handover(_)
                | ShareQuestion::LivePlace(..)
                | ShareQuestion::WriteLiveFile(..)
                | ShareQuestion::LastOfLiveFile(..)
                | ShareQuestion::RemoveLiveFile => None,
            };
            self.cx.outbox.change(last);
        } else if written_at.is_some() {
            self.remove_file(path, ours);
        }
    }

    pub(super) fn remove_file(&mut self, path: String, ours: Vec<Fingerprint>) {
        self.cx.ask(ShareQuestion::RemoveLiveFile, |ticket| Effect::RemoveLiveFile(ticket, path, ours));
    }

    fn live_content(&self, id: ConnectionId, format: FileFormat) -> Result<NewFile, Problem> {
        let export = Export { format, refresh_token: false, client_secret: false };
        Ok(export::file(export, &self.cx.holding(id)?))
    }
}
