//! Passing a connection on: its setup in plain text, or all of it sealed.
//!
//! Invariant: secrets leave sealed or not at all, and the notice names the recipient and when the file expires.

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::formats::export::file_name;
use crate::formats::handover_file::{self, Handover, Lasts, Lock};
use crate::formats::new_file::NewFile;
use crate::formats::setup_file::Setup;
use crate::machine::question::{Handed, ShareQuestion};
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::{Effect, Sealing};

use super::Share;
use super::state::Handing;

impl Share<'_> {
    pub(in crate::machine) fn save_setup(&mut self, id: ConnectionId) {
        let Some(connection) = self.cx.connections.get(&id) else {
            return;
        };
        let name = file_name(&connection.name, "keyfob.json");
        let file = NewFile { name, content: Setup::of(connection).write().into() };
        self.cx.ask(ShareQuestion::SaveFile(None), |ticket| Effect::SaveFile(ticket, file));
    }

    pub(in crate::machine) fn begin_handover(&mut self, id: ConnectionId) {
        self.stop_handover();
        let Some(connection) = self.cx.connections.get(&id) else {
            return;
        };
        if connection.grant.refresh.is_some() {
            self.state.handing = Some(Handing { id, sealing: false, problem: None });
        } else {
            self.cx.notices.trouble(Problem::NoRefreshToken);
        }
    }

    pub(in crate::machine) fn stop_handover(&mut self) {
        self.state.handing = None;
    }

    pub(in crate::machine) fn handover(&mut self, to: &str, lasts: Lasts, lock: Lock) {
        let Some(handing) = self.state.handing.as_ref().filter(|h| !h.sealing) else {
            return;
        };
        let id = handing.id;
        if self.cx.dialogs.is_open() {
            return;
        }
        let Some(connection) = self.cx.connections.get(&id) else {
            return self.stop_handover();
        };
        let (name, account) = (connection.name.clone(), self.cx.account_shown(connection));
        let made = Handover::of(connection, to, lasts, self.cx.now).ok_or(Problem::NoRefreshToken);
        match made.and_then(|it| Ok((it, handover_file::fit(lock)?))) {
            Ok((it, lock)) => {
                let key = match &lock {
                    Lock::Key { key } => Some(key.clone()),
                    Lock::Passphrase { .. } => None,
                };
                let shown = Confirmation::Handover { name, account, to: it.to.clone(), lasts, key };
                self.cx.confirm(ShareQuestion::ConfirmHandover { id, to: it.to, lasts, lock }, shown);
            }
            Err(problem) => self.state.handing = Some(Handing { id, sealing: false, problem: Some(problem) }),
        }
    }

    /// Seals the file with the current tokens, once the user has allowed it.
    pub(super) fn seal_handover(&mut self, id: ConnectionId, to: &str, lasts: Lasts, lock: Lock) {
        let Some(connection) = self.cx.connections.get(&id) else {
            return self.stop_handover();
        };
        let home = connection.registration.region.clone();
        match Handover::of(connection, to, lasts, self.cx.now) {
            Some(mut it) => {
                if let Some(origins) = self.cx.regions.origins(&home) {
                    it.origins.entry(home).or_insert(origins);
                }
                let name = file_name(&it.setup.name, "keyfob.age");
                let sealing = Sealing { name, content: it.write(), lock };
                self.state.handing = Some(Handing { id, sealing: true, problem: None });
                let handed = Handed { id, to: it.to, until: it.until };
                self.cx.ask(ShareQuestion::Handover(handed), |ticket| Effect::SaveSealed(ticket, sealing));
            }
            None => self.not_handed_over(id, Some(Problem::NoRefreshToken)),
        }
    }

    pub(super) fn handed_over(&mut self, handed: Handed, saved: Result<Option<String>, Problem>) {
        let Handed { id, to, until } = handed;
        match saved {
            Ok(Some(file)) => {
                self.state.handing.take_if(|h| h.id == id);
                let name = self.cx.connections.get(&id).map(|c| c.name.clone()).unwrap_or_default();
                self.cx.notices.notify(NoticeKind::HandedOver { name, file, to: to.clone(), until });
                self.cx.note(id, Happened::HandedOver { to, until });
            }
            Ok(None) => self.not_handed_over(id, None),
            Err(problem) => self.not_handed_over(id, Some(problem)),
        }
    }

    fn not_handed_over(&mut self, id: ConnectionId, why: Option<Problem>) {
        if let Some(handing) = self.state.handing.as_mut().filter(|h| h.id == id) {
            handing.sealing = false;
            handing.problem = why;
        }
    }
}
