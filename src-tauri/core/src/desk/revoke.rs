//! Revoking: at Zoho first, then here, and the truth about both.

use crate::call::{Call, Outcome};
use crate::connection::ConnectionId;
use crate::effect::Effect;
use crate::problem::Problem;
use crate::snapshot::NoticeKind;
use crate::token;

use super::View;
use super::tickets::Question;
use super::turn::Turn;

impl Turn<'_> {
    pub(super) fn revoke_and_delete(&mut self, id: ConnectionId) {
        let Some(connection) = self.desk.kept.connections.get(&id) else {
            return;
        };
        if self.desk.busy.get(&id).is_some_and(|b| b.revoking) {
            return;
        }
        let token = connection.grant.refresh.as_ref().unwrap_or(&connection.grant.access);
        match self.desk.region_of(id).map(|region| Call::revoke(region, token)) {
            Ok(call) => {
                self.drop_work(id);
                self.desk.busy.entry(id).or_default().revoking = true;
                self.ask(Question::Revoke(id), |ticket| Effect::Send(ticket, call));
            }
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    pub(super) fn revoked(&mut self, id: ConnectionId, outcome: Outcome) {
        let host = self.desk.region_of(id).map(|r| r.accounts.host().to_owned()).unwrap_or_default();
        self.desk.busy.remove(&id);
        match token::read_revocation(outcome, &host) {
            Ok(true) => self.remove(id, |name| NoticeKind::Revoked { name }),
            Ok(false) => self.remove(id, |name| NoticeKind::RemovedHere { name }),
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    /// Zoho could not be told; the person decided to forget the tokens all the same.
    pub(super) fn delete_here(&mut self, id: ConnectionId) {
        self.remove(id, |name| NoticeKind::RemovedHere { name });
    }

    fn not_revoked(&mut self, id: ConnectionId, problem: Problem) {
        let Some(connection) = self.desk.kept.connections.get(&id) else {
            return;
        };
        self.desk.notify(NoticeKind::NotRevoked { id, name: connection.name.clone(), problem });
    }

    fn remove(&mut self, id: ConnectionId, tell: impl FnOnce(String) -> NoticeKind) {
        let Some(connection) = self.desk.kept.connections.remove(&id) else {
            return;
        };
        self.drop_work(id);
        self.desk.notices.retain(|n| !matches!(n.what, NoticeKind::NotRevoked { id: of, .. } if of == id));
        self.desk.notify(tell(connection.name));
        if self.desk.view == View::Connection(id) {
            self.desk.view = View::Home;
        }
        self.changed();
    }
}
