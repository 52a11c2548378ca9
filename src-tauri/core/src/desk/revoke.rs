//! Revoking: at Zoho first, then here, and the truth about both.
//!
//! Invariant: one road for every token that is to end, by the newer path first; a connection stays on its card until
//! Zoho has answered or the person has decided.

use zoho_oauth::region::Region;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::{self, Ended};

use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{ConnectionId, Trouble};
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::domain::revocation::Doomed;
use crate::messages::confirmation::Confirmation;

use super::confirming::Confirmed;
use super::fact::Fact;
use super::origins::region_at;
use super::outbox::{Question, RevokePath, Whose};
use super::turn::Turn;
use super::{Desk, View};

impl Turn<'_> {
    pub(super) fn revoke_and_delete(&mut self, id: ConnectionId) {
        let is_there = self.desk.kept.connections.contains_key(&id);
        if !is_there || self.desk.busy.get(&id).is_some_and(|b| b.revoking) {
            return;
        }
        self.drop_work(id);
        self.forget_not_revoked(id);
        match self.send_revocation(Whose::Connection(id)) {
            Ok(()) => {
                self.desk.busy.entry(id).or_default().revoking = true;
                self.desk.kept.connections.touch(id);
            }
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    /// By the newer path, where the client has what it asks for.
    pub(super) fn send_revocation(&mut self, whose: Whose) -> Result<(), Problem> {
        let (what, region) = self.desk.doomed(whose)?;
        let newer = what.client.as_ref().and_then(|of| Request::revoke_newer(region, of, &what.token, what.kind));
        let (path, call) = match newer {
            Some(call) => (RevokePath::Newer, call),
            None => (RevokePath::Older, Request::revoke(region, &what.token)),
        };
        self.send(Question::Revoke(whose, path), call);
        Ok(())
    }

    pub(super) fn revocation_answered(&mut self, whose: Whose, path: RevokePath, outcome: Outcome) {
        let Ok((what, region)) = self.desk.doomed(whose) else { return };
        let asked = token_response::retry_after(&outcome, self.now);
        let answer = token_response::read_revocation(outcome, region.accounts.host(), self.now);
        if path == RevokePath::Newer && token_response::leaves_older_path(&answer) {
            let call = Request::revoke(region, &what.token);
            return self.send(Question::Revoke(whose, RevokePath::Older), call);
        }
        let answer = answer.map_err(Problem::from);
        if let (Ok(_), Some(sign_in)) = (&answer, what.sign_in()) {
            self.count_ended(&sign_in);
        }
        match whose {
            Whose::Connection(id) => self.revoked(id, answer),
            Whose::Queued(id) => self.queued_revoked(id, answer, asked),
        }
    }

    fn revoked(&mut self, id: ConnectionId, answer: Result<Ended, Problem>) {
        self.desk.busy.remove(&id);
        match answer {
            Ok(how) => {
                self.report(Fact::Revoked(id, how));
                self.drop_connection(id, |name| told(how, name));
            }
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    /// Asks whether to forget the tokens, which still work: only after Zoho was asked to end them and did not.
    pub(super) fn delete_here(&mut self, id: ConnectionId) {
        let tried = self.desk.notices.shown().iter().find_map(|n| match &n.what {
            NoticeKind::NotRevoked { id: of, name, .. } if *of == id => Some(name.clone()),
            _ => None,
        });
        if let Some((name, connection)) = tried.zip(self.desk.kept.connections.get(&id)) {
            let account = self.desk.account_shown(connection);
            self.confirm(Confirmed::DeleteHere(id), Confirmation::Forget { name, account });
        }
    }

    pub(super) fn delete_confirmed(&mut self, id: ConnectionId) {
        self.drop_connection(id, |name| NoticeKind::RemovedHere { name });
    }

    /// Off the cards now, at Zoho once it answers. One that is on its way goes on.
    pub(super) fn revoke_later(&mut self, id: ConnectionId) {
        let Some(connection) = self.desk.kept.connections.get(&id) else {
            return;
        };
        let (name, what) = (connection.name.clone(), Doomed::from(connection));
        let tried = self.desk.notices.shown().iter().find_map(|n| match &n.what {
            NoticeKind::NotRevoked { id: of, problem, .. } if *of == id => Some(problem.clone()),
            _ => None,
        });
        let trouble = tried.map(|problem| Trouble::after(None, problem, None, self.now));
        let queued = self.queue(name, what, trouble);
        self.desk.outbox.change(|q| match q {
            Question::Revoke(Whose::Connection(of), path) if *of == id => {
                Some(Question::Revoke(Whose::Queued(queued), *path))
            }
            _ => None,
        });
        self.drop_connection(id, |name| NoticeKind::WillBeRevoked { name });
        self.revoke_what_is_due();
    }

    fn not_revoked(&mut self, id: ConnectionId, problem: Problem) {
        let Some(connection) = self.desk.kept.connections.get(&id) else {
            return;
        };
        let name = connection.name.clone();
        let later = !Trouble::after(None, problem.clone(), None, self.now).needs_you();
        self.report(Fact::NotRevoked { id, problem: problem.clone(), needs_you: !later });
        self.note(id, Happened::Failed { act: Act::Revoke, problem: problem.clone() });
        self.desk.notices.notify(NoticeKind::NotRevoked { id, name, problem, later });
    }

    fn forget_not_revoked(&mut self, id: ConnectionId) {
        self.desk.notices.withdraw(|n| matches!(n.what, NoticeKind::NotRevoked { id: of, .. } if of == id));
    }

    fn drop_connection(&mut self, id: ConnectionId, tell: impl FnOnce(String) -> NoticeKind) {
        let Some(connection) = self.desk.kept.connections.remove(id) else {
            return;
        };
        self.desk.handed_out.remember_all(&connection.grant);
        self.drop_work(id);
        self.forget_not_revoked(id);
        if let Some(live) = connection.live_file {
            self.remove_live_file(id, live);
        }
        self.desk.notices.notify(tell(connection.name));
        if self.desk.view == View::Connection(id) {
            self.desk.view = View::Home;
        }
        self.changed();
    }
}

/// What is said of a token that ended.
pub(super) fn told(how: Ended, name: String) -> NoticeKind {
    match how {
        Ended::Now => NoticeKind::Revoked { name },
        Ended::Before => NoticeKind::WasGone { name },
    }
}

impl Desk {
    fn doomed(&self, whose: Whose) -> Result<(Doomed, &Region), Problem> {
        let what = match whose {
            Whose::Connection(id) => self.kept.connections.get(&id).map(Doomed::from),
            Whose::Queued(id) => self.kept.revocations.get(&id).map(|r| r.what.clone()),
        };
        let what = what.ok_or(Problem::TokenDead)?;
        let region = region_at(&self.regions, &what.region, what.origins.as_ref())?;
        Ok((what, region))
    }
}
