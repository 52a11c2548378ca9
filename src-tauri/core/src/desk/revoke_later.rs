//! Revocations that wait: tokens nobody keeps, and connections whose revocation Zoho has not answered.
//!
//! Invariant: a token leaves this list only when Zoho says that it has ended, or when a person forgets it.

use zoho_oauth::token_response::Ended;

use crate::Moment;
use crate::domain::connection::Trouble;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::domain::revocation::{Doomed, Revocation, RevocationId};
use crate::messages::confirmation::{Account, Confirmation};

use super::Desk;
use super::confirming::Confirmed;
use super::outbox::{Question, Whose};
use super::revoke::told;
use super::turn::Turn;

/// The most that are under way at once.
const AT_ONCE: usize = 4;

impl Turn<'_> {
    /// Ends tokens that nobody keeps; they are kept until Zoho has answered.
    pub(super) fn revoke_unkept(&mut self, name: String, what: Doomed) {
        self.queue(name, what, None);
        self.revoke_what_is_due();
    }

    pub(super) fn queue(&mut self, name: String, what: Doomed, trouble: Option<Trouble>) -> RevocationId {
        let id = RevocationId(self.desk.kept.new_id().0);
        let queued = Revocation { id, name, what, since: self.now, trouble };
        self.desk.kept.revocations.insert(id, queued);
        self.changed();
        id
    }

    /// Sends what is due, those that waited longest first, a few at a time.
    pub(super) fn revoke_what_is_due(&mut self) {
        if self.desk.open_vault().is_none() {
            return;
        }
        let (now, free) = (self.now, AT_ONCE.saturating_sub(self.desk.revocations_under_way()));
        let mut due: Vec<_> = self.desk.due_revocations(now).filter(|(at, _)| *at <= now).collect();
        due.sort_unstable();
        for (_, id) in due.into_iter().take(free) {
            self.send_queued(id);
        }
    }

    /// A person asks for it now.
    pub(super) fn revoke_now(&mut self, id: RevocationId) {
        let may = self.desk.kept.revocations.get(&id).is_some_and(|r| r.may_be_sent(self.now));
        if may && !self.desk.is_being_sent(id) {
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

    /// Asks whether to forget a token that Zoho has not ended.
    pub(super) fn forget_revocation(&mut self, id: RevocationId) {
        if let Some(queued) = self.desk.kept.revocations.get(&id) {
            let account = Account { email: None, organisation: None, host: self.desk.server_of(&queued.what.region) };
            let shown = Confirmation::Forget { name: queued.name.clone(), account };
            self.confirm(Confirmed::ForgetRevocation(id), shown);
        }
    }

    pub(super) fn forget_confirmed(&mut self, id: RevocationId) {
        self.desk.outbox.forget(|q| matches!(q, Question::Revoke(Whose::Queued(of), _) if *of == id));
        self.settle_revocation(id, |name| NoticeKind::RemovedHere { name });
        self.revoke_what_is_due();
    }

    fn settle_revocation(&mut self, id: RevocationId, tell: impl FnOnce(String) -> NoticeKind) {
        let Some(Revocation { name, what, .. }) = self.desk.kept.revocations.remove(&id) else {
            return;
        };
        self.desk.handed_out.remember(&what.token);
        self.desk.notices.withdraw(|n| n.what == NoticeKind::WillBeRevoked { name: name.clone() });
        self.desk.notices.notify(tell(name));
        self.changed();
    }

    fn revocation_failed(&mut self, id: RevocationId, problem: Problem, asked: Option<Moment>) {
        let now = self.now;
        let Some(queued) = self.desk.kept.revocations.get_mut(&id) else {
            return;
        };
        let first = queued.trouble.is_none().then(|| queued.name.clone());
        queued.trouble = Some(Trouble::after(queued.trouble.as_ref(), problem, asked, now));
        if let Some(name) = first {
            self.desk.notices.notify(NoticeKind::WillBeRevoked { name });
        }
        self.changed();
    }

    /// When the next is due; when a place is free, for those that are due and wait for one.
    pub(super) fn next_revocation(&self) -> Option<Moment> {
        self.desk.open_vault()?;
        let full = self.desk.revocations_under_way() >= AT_ONCE;
        self.desk.due_revocations(self.now).map(|(at, _)| at).filter(|at| !full || *at > self.now).min()
    }
}

impl Desk {
    /// Each that will be sent by itself, with when.
    fn due_revocations(&self, now: Moment) -> impl Iterator<Item = (Moment, RevocationId)> {
        let idle = self.kept.revocations.values().filter(|r| !self.is_being_sent(r.id));
        idle.filter_map(move |r| Some((r.due_at(now)?, r.id)))
    }

    pub(crate) fn is_being_sent(&self, id: RevocationId) -> bool {
        self.outbox.count(|q| matches!(q, Question::Revoke(Whose::Queued(of), _) if *of == id)) > 0
    }

    fn revocations_under_way(&self) -> usize {
        self.outbox.count(|q| matches!(q, Question::Revoke(Whose::Queued(_), _)))
    }
}
