//! Queued revocations: of tokens that no connection keeps, and of connections whose revocation Zoho has not answered.
//!
//! Invariant: a token leaves this list only when Zoho says that it has ended, or when the user forgets it.

use zoho_oauth::token_response::Ended;

use crate::Moment;
use crate::domain::connection::RetryState;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::domain::revocation::{Revocation, RevocationId, TokenToRevoke};
use crate::machine::context::server_of;
use crate::machine::question::{RevokeQuestion, Whose};
use crate::messages::confirmation::{Account, Confirmation};

use super::{Revoke, told};

/// The most that are in flight in parallel.
const MAX_PARALLEL: usize = 4;

impl Revoke<'_> {
    /// Revokes tokens that no connection keeps; they stay in the queue until Zoho has answered.
    pub(in crate::machine) fn revoke_unkept(&mut self, name: String, what: TokenToRevoke) {
        self.queue(name, what, None);
        self.revoke_what_is_due();
    }

    pub(super) fn queue(&mut self, name: String, what: TokenToRevoke, trouble: Option<RetryState>) -> RevocationId {
        let id = RevocationId(self.numbers.give());
        let queued = Revocation { id, name, what, since: self.cx.now, trouble };
        self.queued.insert(id, queued);
        self.cx.changed();
        id
    }

    /// Sends what is due, a few at a time, the longest due first.
    pub(in crate::machine) fn revoke_what_is_due(&mut self) {
        if !self.is_open {
            return;
        }
        let (now, free) = (self.cx.now, MAX_PARALLEL.saturating_sub(self.revocations_under_way()));
        let mut due: Vec<_> = self.due_revocations(now).filter(|(at, _)| *at <= now).collect();
        due.sort_unstable();
        for (_, id) in due.into_iter().take(free) {
            self.send_queued(id);
        }
    }

    /// Sends a queued revocation now, at the user's request.
    pub(in crate::machine) fn revoke_now(&mut self, id: RevocationId) {
        let may = self.queued.get(&id).is_some_and(|r| r.may_be_sent(self.cx.now));
        if may && !self.is_being_sent(id) {
            self.send_queued(id);
        }
    }

    fn send_queued(&mut self, id: RevocationId) {
        if let Err(problem) = self.send_revocation(Whose::Queued(id)) {
            self.revocation_failed(id, problem, None);
        }
    }

    pub(super) fn queued_revoked(&mut self, id: RevocationId, answer: Result<Ended, Problem>, asked: Option<Moment>) {
        match answer {
            Ok(how) => self.settle_revocation(id, |name| told(how, name)),
            Err(problem) => self.revocation_failed(id, problem, asked),
        }
        self.revoke_what_is_due();
    }

    /// Asks the user whether to forget a token that Zoho has not ended.
    pub(in crate::machine) fn forget_revocation(&mut self, id: RevocationId) {
        if let Some(queued) = self.queued.get(&id) {
            let account =
                Account { email: None, organisation: None, host: server_of(self.cx.regions, &queued.what.region) };
            let shown = Confirmation::Forget { name: queued.name.clone(), account };
            self.cx.confirm(RevokeQuestion::ConfirmForget(Whose::Queued(id)), shown);
        }
    }

    pub(super) fn forget_confirmed(&mut self, id: RevocationId) {
        let is_of = |q: &RevokeQuestion| matches!(q, RevokeQuestion::Revoke(Whose::Queued(of), _) if *of == id);
        self.cx.outbox.forget(is_of);
        self.state.sent.remove(&id);
        self.settle_revocation(id, |name| NoticeKind::RemovedHere { name });
        self.revoke_what_is_due();
    }

    fn settle_revocation(&mut self, id: RevocationId, tell: impl FnOnce(String) -> NoticeKind) {
        let Some(Revocation { name, what, .. }) = self.queued.remove(&id) else {
            return;
        };
        self.cx.clipboard.remember(&what.token);
        what.client.iter().for_each(|client| self.cx.clipboard.let_client_go(client));
        self.cx.notices.withdraw(|n| n.what == NoticeKind::WillBeRevoked { name: name.clone() });
        self.cx.notices.notify(tell(name));
        self.cx.changed();
    }

    fn revocation_failed(&mut self, id: RevocationId, problem: Problem, asked: Option<Moment>) {
        let now = self.cx.now;
        let Some(queued) = self.queued.get_mut(&id) else {
            return;
        };
        let first = queued.trouble.is_none().then(|| queued.name.clone());
        queued.trouble = Some(RetryState::after(queued.trouble.as_ref(), problem, asked, now));
        if let Some(name) = first {
            self.cx.notices.notify(NoticeKind::WillBeRevoked { name });
        }
        self.cx.changed();
    }

    /// When the next one is due. While no slot is free, those that wait for one do not count.
    pub(in crate::machine) fn wakes_at(&self) -> Option<Moment> {
        self.is_open.then_some(())?;
        let full = self.revocations_under_way() >= MAX_PARALLEL;
        self.due_revocations(self.cx.now).map(|(at, _)| at).filter(|at| !full || *at > self.cx.now).min()
    }

    /// Each revocation that is sent automatically, with the time it is due.
    fn due_revocations(&self, now: Moment) -> impl Iterator<Item = (Moment, RevocationId)> {
        let idle = self.queued.values().filter(|r| !self.is_being_sent(r.id));
        idle.filter_map(move |r| Some((r.due_at(now)?, r.id)))
    }

    fn is_being_sent(&self, id: RevocationId) -> bool {
        self.state.sent.contains(&id)
    }

    fn revocations_under_way(&self) -> usize {
        self.state.sent.len()
    }
}
