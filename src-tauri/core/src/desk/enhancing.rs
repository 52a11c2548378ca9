//! More permissions for a refresh token that is there: Zoho asks for those that are new, and all else stays.
//!
//! Invariant: that permissions were added is believed only when a refresh names them; what comes back through the browser
//! says no more than that it may be time to look. It is tried once for a draft; after that all permissions are asked
//! for, as at a first sign-in, so where Zoho does not do it nothing is lost.

use zoho_oauth::client::ClientType;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response;

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::draft::Approval;
use crate::domain::problem::Problem;
use crate::domain::step::Step;

use super::Desk;
use super::fact::Fact;
use super::outbox::Question;
use super::refresh::Waiter;
use super::turn::Turn;

impl Turn<'_> {
    /// Asks for what the page to add permissions wants; true when it did.
    pub(super) fn begin_enhancing(&mut self, anyway: bool) -> bool {
        let call = self.desk.enhanceable(self.now).and_then(|connection| {
            let region = self.desk.region_of(connection.id).ok()?;
            Some(Request::enhance(region, &connection.registration, connection.grant.refresh.as_ref()?))
        });
        let Some(call) = call else { return false };
        self.edit(|draft| draft.approval = Approval::Checking { proven: false, nonce: None, enhance_token: None });
        self.send(Question::Enhance { anyway }, call);
        true
    }

    /// Where Zoho gives it, the browser opens to add; where it refuses, for all permissions.
    pub(super) fn may_enhance(&mut self, anyway: bool, outcome: Outcome) {
        let Some(id) = self.desk.kept.draft.as_ref().and_then(|d| d.replaces) else { return };
        let Some(question) = self.desk.refresh_question(id) else { return self.stop_consent(None) };
        match token_response::read(outcome, &question, self.now).map_err(Problem::from) {
            Ok(given) => self.report(Fact::MayAdd { anyway, token: given.access }),
            Err(problem) if !problem.class().is_answer() => self.stop_consent(Some(problem)),
            Err(_) => {
                self.edit(|draft| {
                    draft.answers.asks_for_all = true;
                    draft.approval = Approval::Ready(None);
                });
                self.report(Fact::MayNotAdd { anyway });
            }
        }
    }

    /// The user says that they have added the permissions. True when an attempt to add some is pending.
    pub(super) fn has_added(&mut self) -> bool {
        let pending = self.is_enhancing();
        if pending {
            self.look_for_added();
        }
        pending
    }

    /// Somebody came back without a `state`. It may be Zoho's answer, or anybody's: one refresh per attempt looks whether
    /// the permissions are there, and nothing is said of it. True when this was the one.
    pub(super) fn looks_for_added_once(&mut self) -> bool {
        let now = self.now;
        let Some(draft) = self.desk.kept.draft.as_ref().filter(|d| d.approval.is_enhancing() && !d.answers.looked)
        else {
            return false;
        };
        let may_ask = |c: &&Connection| c.token_free_at(now).is_none();
        let Some(id) = self.desk.kept.replaced_by(draft).filter(may_ask).map(|c| c.id) else { return false };
        if let Some(draft) = &mut self.desk.kept.draft {
            draft.answers.looked = true;
        }
        self.refresh(id, None);
        true
    }

    /// The person is back: only a refresh tells what came of it.
    pub(super) fn look_for_added(&mut self) {
        let replaced = self.desk.kept.draft.as_ref().and_then(|draft| self.desk.kept.replaced_by(draft));
        match replaced.map(|connection| connection.id) {
            Some(id) => self.refresh(id, Some(Waiter::Added)),
            None => self.stop_consent(Some(Problem::GrantEnded)),
        }
    }

    /// A refresh came: where it names all that was to be added, the consent has served.
    pub(super) fn permissions_may_be_there(&mut self, id: ConnectionId) {
        let there = self.desk.kept.scopes_to_add().is_some_and(|missing| missing.is_empty());
        let Some(draft) = self.desk.kept.draft.as_ref().filter(|d| d.replaces == Some(id)) else { return };
        if !there || !draft.approval.is_enhancing() {
            return;
        }
        let asked = draft.scopes.clone();
        if let Some(connection) = self.connection(id) {
            connection.asked = asked;
        }
        self.note(id, Happened::PermissionsAdded);
        self.edit(|draft| {
            draft.approval = Approval::Ready(None);
            draft.kept = Some(id);
            draft.step = Step::Use;
        });
    }

    /// The person came back, and the refresh did not name what was to be added.
    pub(super) fn say_not_added(&mut self, id: ConnectionId) {
        if self.is_enhancing() && self.desk.kept.draft.as_ref().is_some_and(|d| d.replaces == Some(id)) {
            self.say_while_waiting(Problem::NotAdded);
        }
    }
}

impl Desk {
    /// The connection that the draft only adds permissions to; nothing where Zoho offers no way or it was tried.
    pub(crate) fn enhanceable(&self, now: Moment) -> Option<&Connection> {
        let draft = self.kept.draft.as_ref().filter(|d| !d.answers.asks_for_all && d.keep_access)?;
        let connection = self.kept.replaced_by(draft)?;
        let of = &connection.registration;
        let fits = draft.client_type == ClientType::ServerBased
            && draft.registration().is_some_and(|typed| typed.is_same(of))
            && of.client_type == draft.client_type
            && of.region == connection.grant.region
            && of.secret_for(&of.region).is_some()
            && connection.grant.refresh.is_some()
            && connection.trouble.is_none()
            && connection.token_free_at(now).is_none()
            && draft.gives_up(connection).is_empty()
            && self.kept.scopes_to_add().is_some_and(|added| !added.is_empty());
        fits.then_some(connection)
    }
}
