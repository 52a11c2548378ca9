//! Revocation: at Zoho first, then here, with a truthful report of both.
//!
//! Invariant: every token is revoked in the same way, by the newer of Zoho's two paths first; a connection keeps its
//! card until Zoho has answered or the user has decided.

mod intents;
mod queue;
mod state;

use std::collections::BTreeMap;

use zoho_oauth::region::Region;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::{self, Ended};

use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{ConnectionId, RetryState};
use crate::domain::custom_regions::region_at;
use crate::domain::kept::Numbers;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::domain::revocation::{Revocation, RevocationId, TokenToRevoke};
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::Answer;

use super::context::Context;
use super::fact::Fact;
use super::question::{RevokePath, RevokeQuestion, Whose};
pub(crate) use state::RevokeState;

/// The machine that revokes tokens.
pub(super) struct Revoke<'a> {
    pub(super) state: &'a mut RevokeState,
    /// The tokens to revoke that wait for Zoho's answer.
    pub(super) queued: &'a mut BTreeMap<RevocationId, Revocation>,
    pub(super) numbers: &'a mut Numbers,
    /// Whether the vault is open; nothing is sent before.
    pub(super) is_open: bool,
    pub(super) cx: Context<'a>,
}

impl Revoke<'_> {
    /// Handles the answer to one of its questions; `None` when it changes nothing.
    pub(super) fn answer(&mut self, question: RevokeQuestion, answer: Answer) -> Option<()> {
        match question {
            RevokeQuestion::Revoke(whose, path) => self.revocation_answered(whose, path, answer.replied()?),
            RevokeQuestion::ConfirmForget(Whose::Connection(id)) => {
                answer.allowed()?;
                self.delete_confirmed(id);
            }
            RevokeQuestion::ConfirmForget(Whose::Queued(id)) => {
                answer.allowed()?;
                self.forget_confirmed(id);
            }
        }
        Some(())
    }

    pub(super) fn revoke_and_delete(&mut self, id: ConnectionId) {
        if !self.cx.connections.contains_key(&id) || self.state.under_way.contains(&id) {
            return;
        }
        self.cx.report(Fact::TokensEnd(id));
        self.forget_not_revoked(id);
        match self.send_revocation(Whose::Connection(id)) {
            Ok(()) => {
                self.state.under_way.insert(id);
                self.cx.connections.touch(id);
            }
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    /// Sends the revocation, by the newer path if the client has what that requires.
    fn send_revocation(&mut self, whose: Whose) -> Result<(), Problem> {
        let (what, region) = self.doomed(whose)?;
        let newer = what.client.as_ref().and_then(|of| Request::revoke_newer(region, of, &what.token, what.kind));
        let (path, call) = match newer {
            Some(call) => (RevokePath::Newer, call),
            None => (RevokePath::Older, Request::revoke(region, &what.token)),
        };
        self.ask_zoho(whose, path, call);
        Ok(())
    }

    fn ask_zoho(&mut self, whose: Whose, path: RevokePath, request: Request) {
        if let Whose::Queued(id) = whose {
            self.state.sent.insert(id);
        }
        self.cx.send(RevokeQuestion::Revoke(whose, path), request);
    }

    fn revocation_answered(&mut self, whose: Whose, path: RevokePath, outcome: Outcome) {
        if let Whose::Queued(id) = whose {
            self.state.sent.remove(&id);
        }
        let Ok((what, region)) = self.doomed(whose) else { return };
        let asked = token_response::retry_after(&outcome, self.cx.now);
        let answer = token_response::read_revocation(outcome, region.accounts.host(), self.cx.now);
        if path == RevokePath::Newer && token_response::leaves_older_path(&answer) {
            let call = Request::revoke(region, &what.token);
            return self.ask_zoho(whose, RevokePath::Older, call);
        }
        let answer = answer.map_err(Problem::from);
        if let (Ok(_), Some(sign_in)) = (&answer, what.sign_in()) {
            self.cx.count_ended(&sign_in);
        }
        match whose {
            Whose::Connection(id) => self.revoked(id, answer),
            Whose::Queued(id) => self.queued_revoked(id, answer, asked),
        }
    }

    fn revoked(&mut self, id: ConnectionId, answer: Result<Ended, Problem>) {
        self.state.under_way.remove(&id);
        match answer {
            Ok(how) => {
                self.cx.report(Fact::Revoked(id, how));
                self.drop_connection(id, |name| told(how, name));
            }
            Err(problem) => self.not_revoked(id, problem),
        }
    }

    /// The name and the problem of a connection that could not be revoked, while the page shows a notice of it.
    fn not_revoked_notice(&self, id: ConnectionId) -> Option<(&str, &Problem)> {
        self.cx.notices.shown().iter().find_map(|notice| {
            let NoticeKind::NotRevoked { id: of, name, problem, .. } = &notice.what else { return None };
            (*of == id).then_some((name.as_str(), problem))
        })
    }

    /// Asks the user whether to forget tokens that still work; only after Zoho was asked to end them and did not.
    pub(super) fn delete_here(&mut self, id: ConnectionId) {
        let tried = self.not_revoked_notice(id).map(|(name, _)| name.to_owned());
        if let Some((name, connection)) = tried.zip(self.cx.connections.get(&id)) {
            let account = self.cx.account_shown(connection);
            let question = RevokeQuestion::ConfirmForget(Whose::Connection(id));
            self.cx.confirm(question, Confirmation::Forget { name, account });
        }
    }

    fn delete_confirmed(&mut self, id: ConnectionId) {
        self.drop_connection(id, |name| NoticeKind::RemovedHere { name });
    }

    /// Removes the connection now and revokes its tokens once Zoho answers. A request in flight continues.
    pub(super) fn revoke_later(&mut self, id: ConnectionId) {
        let Some(connection) = self.cx.connections.get(&id) else {
            return;
        };
        let (name, what) = (connection.name.clone(), TokenToRevoke::from(connection));
        let tried = self.not_revoked_notice(id).map(|(_, problem)| problem.clone());
        let trouble = tried.map(|problem| RetryState::after(None, problem, None, self.cx.now));
        let queued = self.queue(name, what, trouble);
        if self.state.under_way.contains(&id) {
            self.state.sent.insert(queued);
        }
        self.cx.outbox.change(|q: &RevokeQuestion| match q {
            RevokeQuestion::Revoke(Whose::Connection(of), path) if *of == id => {
                Some(RevokeQuestion::Revoke(Whose::Queued(queued), *path))
            }
            RevokeQuestion::Revoke(..) | RevokeQuestion::ConfirmForget(_) => None,
        });
        self.drop_connection(id, |name| NoticeKind::WillBeRevoked { name });
        self.revoke_what_is_due();
    }

    fn not_revoked(&mut self, id: ConnectionId, problem: Problem) {
        let Some(connection) = self.cx.connections.get(&id) else {
            return;
        };
        let name = connection.name.clone();
        let later = !RetryState::after(None, problem.clone(), None, self.cx.now).needs_you();
        self.cx.report(Fact::NotRevoked { id, problem: problem.clone(), needs_you: !later });
        self.cx.note(id, Happened::Failed { act: Act::Revoke, problem: problem.clone() });
        self.cx.notices.notify(NoticeKind::NotRevoked { id, name, problem, later });
    }

    fn forget_not_revoked(&mut self, id: ConnectionId) {
        self.cx.notices.withdraw(|n| matches!(n.what, NoticeKind::NotRevoked { id: of, .. } if of == id));
    }

    /// Stops waiting for the revocation of this connection.
    pub(super) fn drop_revocation(&mut self, id: ConnectionId) {
        let is_of = |q: &RevokeQuestion| matches!(q, RevokeQuestion::Revoke(Whose::Connection(of), _) if *of == id);
        self.cx.outbox.forget(is_of);
        self.state.under_way.remove(&id);
    }

    fn drop_connection(&mut self, id: ConnectionId, tell: impl FnOnce(String) -> NoticeKind) {
        let Some(connection) = self.cx.connections.remove(id) else {
            return;
        };
        self.cx.clipboard.remember_all(&connection.grant);
        self.cx.clipboard.let_client_go(&connection.registration);
        self.drop_revocation(id);
        self.forget_not_revoked(id);
        self.cx.report(Fact::TokensEnd(id));
        self.cx.report(Fact::Removed { id, live_file: connection.live_file });
        self.cx.notices.notify(tell(connection.name));
        self.cx.changed();
    }

    fn doomed(&self, whose: Whose) -> Result<(TokenToRevoke, &Region), Problem> {
        let what = match whose {
            Whose::Connection(id) => self.cx.connections.get(&id).map(TokenToRevoke::from),
            Whose::Queued(id) => self.queued.get(&id).map(|r| r.what.clone()),
        };
        let what = what.ok_or(Problem::TokenDead)?;
        let region = region_at(self.cx.regions, &what.region, what.origins.as_ref())?;
        Ok((what, region))
    }
}

/// The notice about a token that has ended.
fn told(how: Ended, name: String) -> NoticeKind {
    match how {
        Ended::Now => NoticeKind::Revoked { name },
        Ended::Before => NoticeKind::WasGone { name },
    }
}
