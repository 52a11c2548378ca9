//! Adding permissions to an existing refresh token: Zoho asks the user for the new ones, and all else stays.
//!
//! Invariant: permissions count as added only when a refresh names them; what returns through the browser is only a
//! hint to check. It is tried once per draft; after that all permissions are requested, as in a first sign-in, so
//! nothing is lost when Zoho does not support it.

use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response;

use crate::domain::activity::Happened;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::draft::Approval;
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::machine::fact::Fact;
use crate::machine::question::SignInQuestion;

use super::SignIn;

impl SignIn<'_> {
    /// Requests the token for Zoho's page to add permissions; true when it did.
    pub(super) fn begin_enhancing(&mut self, anyway: bool) -> bool {
        let call = self.draft.as_ref().and_then(|draft| {
            let connection = draft.only_adds_to(self.cx.connections, self.cx.now)?;
            let region = self.cx.region_of(connection.id).ok()?;
            Some(Request::enhance(region, &connection.registration, connection.grant.refresh.as_ref()?))
        });
        let Some(call) = call else { return false };
        self.edit(|draft| draft.approval = Approval::Checking { proven: false, nonce: None, enhance_token: None });
        self.cx.send(SignInQuestion::Enhance { anyway }, call);
        true
    }

    /// Opens the browser to add permissions if Zoho issued the token, and for all permissions if it refused.
    pub(super) fn may_enhance(&mut self, anyway: bool, outcome: Outcome) {
        let Some(id) = self.draft.as_ref().and_then(|d| d.replaces) else { return };
        let Some(question) = self.cx.refresh_query(id) else { return self.stop_consent(None) };
        match token_response::read_enhance_token(outcome, &question, self.cx.now).map_err(Problem::from) {
            Ok(token) => self.cx.report(Fact::MayAdd { anyway, token }),
            Err(problem) if !problem.class().is_answer() => self.stop_consent(Some(problem)),
            Err(_) => {
                self.edit(|draft| {
                    draft.answers.asks_for_all = true;
                    draft.approval = Approval::Ready(None);
                });
                self.cx.report(Fact::MayNotAdd { anyway });
            }
        }
    }

    /// Checks for the permissions that the user says were added; true when an attempt to add some is pending.
    pub(in crate::machine) fn has_added(&mut self) -> bool {
        let pending = self.is_enhancing();
        if pending {
            self.look_for_added();
        }
        pending
    }

    /// Handles a callback without a `state`, which may come from anyone: one refresh per attempt checks for the
    /// permissions, and nothing is shown. True when this callback started it.
    pub(super) fn looks_for_added_once(&mut self) -> bool {
        let now = self.cx.now;
        let Some(draft) = self.draft.as_ref().filter(|d| d.approval.is_enhancing() && !d.answers.looked) else {
            return false;
        };
        let may_ask = |c: &&Connection| c.token_free_at(now).is_none();
        let Some(id) = draft.replaced(self.cx.connections).filter(may_ask).map(|c| c.id) else { return false };
        if let Some(draft) = self.draft.as_mut() {
            draft.answers.looked = true;
        }
        self.cx.report(Fact::TokenWanted(id));
        true
    }

    /// Starts a refresh once the user is back: only that shows the result.
    pub(super) fn look_for_added(&mut self) {
        let replaced = self.draft.as_ref().and_then(|draft| draft.replaced(self.cx.connections));
        match replaced.map(|connection| connection.id) {
            Some(id) => {
                self.state.awaits_added = Some(id);
                self.cx.report(Fact::TokenWanted(id));
            }
            None => self.stop_consent(Some(Problem::GrantEnded)),
        }
    }

    /// Ends the consent if the refresh named everything that was to be added.
    pub(in crate::machine) fn permissions_may_be_there(&mut self, id: ConnectionId) {
        let there = self
            .draft
            .as_ref()
            .and_then(|d| d.scopes_to_add(self.cx.connections))
            .is_some_and(|missing| missing.is_empty());
        let Some(draft) = self.draft.as_ref().filter(|d| d.replaces == Some(id)) else { return };
        if !there || !draft.approval.is_enhancing() {
            return;
        }
        let asked = draft.scopes.clone();
        if let Some(connection) = self.cx.connection(id) {
            connection.asked = asked;
        }
        self.cx.note(id, Happened::PermissionsAdded);
        self.edit(|draft| {
            draft.approval = Approval::Ready(None);
            draft.kept = Some(id);
            draft.step = Step::Use;
        });
    }

    /// Shows that the refresh did not name what was to be added, after the user came back.
    pub(in crate::machine) fn say_not_added(&mut self, id: ConnectionId) {
        if self.awaits_added_no_more(id)
            && self.is_enhancing()
            && self.draft.as_ref().is_some_and(|d| d.replaces == Some(id))
        {
            self.say_while_waiting(Problem::NotAdded);
        }
    }

    /// Stops waiting for added permissions; true when a refresh of this connection was to show them.
    pub(in crate::machine) fn awaits_added_no_more(&mut self, id: ConnectionId) -> bool {
        self.state.awaits_added.take_if(|awaited| *awaited == id).is_some()
    }
}
