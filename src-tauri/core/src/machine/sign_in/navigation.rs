//! Navigation between the screens, with one current draft and others laid aside.
//!
//! Invariant: a draft that the user began is laid aside when another starts, and comes back when that one is finished.

use zoho_oauth::region::RegionCode;

use crate::domain::connection::ConnectionId;
use crate::domain::custom_regions::{PRACTICE, is_moved};
use crate::domain::draft::Draft;
use crate::domain::open_page::OpenPage;
use crate::domain::step::Step;
use crate::machine::question::SignInQuestion;
use crate::messages::browser::Address;
use crate::messages::effect::Effect;

use super::SignIn;

impl SignIn<'_> {
    pub(in crate::machine) fn start_wizard(&mut self) {
        if self.store.opened().is_none() {
            return;
        }
        self.put_away_finished_draft();
        self.draft.get_or_insert_default();
        *self.page = OpenPage::Wizard;
        self.cx.changed();
    }

    pub(in crate::machine) fn go_home(&mut self) {
        self.put_away_finished_draft();
        *self.page = OpenPage::Home;
    }

    pub(in crate::machine) fn open_connection(&mut self, id: ConnectionId) {
        if self.cx.connections.contains_key(&id) {
            self.put_away_finished_draft();
            *self.page = OpenPage::Connection(id);
        }
    }

    pub(in crate::machine) fn forget_draft(&mut self) {
        self.throw_away_draft();
        *self.page = OpenPage::Home;
    }

    fn throw_away_draft(&mut self) {
        self.not_me();
        self.stop_consent(None);
        self.drop_draft();
        self.bring_back_shelved();
        self.check_candidate();
        self.cx.changed();
    }

    /// Drops a draft whose connection is kept.
    pub(super) fn put_away_finished_draft(&mut self) {
        if self.draft.as_ref().is_some_and(|d| d.kept.is_some()) {
            self.throw_away_draft();
        }
    }

    /// Brings back the latest draft laid aside, if none is current.
    pub(in crate::machine) fn bring_back_shelved(&mut self) {
        if self.draft.is_none() {
            *self.draft = self.shelved.pop();
        }
    }

    /// Lays the current draft aside for another. A draft for Practice, or to sign in again, is dropped.
    pub(super) fn lay_draft_aside(&mut self) {
        self.put_away_finished_draft();
        self.stop_consent(None);
        match self.draft.take_if(|d| d.replaces.is_none() && !d.is_practice()) {
            Some(begun) => self.shelved.push(begun),
            None => self.not_me(),
        }
        self.drop_draft();
        self.cx.changed();
    }

    pub(in crate::machine) fn sign_in_again(&mut self, id: ConnectionId) {
        let Some(again) = self.draft_to_sign_in_again(id) else { return };
        let is_this = |d: &Draft| d.replaces == Some(id) && d.kept.is_none();
        if !self.draft.as_ref().is_some_and(is_this) {
            self.lay_draft_aside();
            *self.draft = Some(again);
        }
        *self.page = OpenPage::Wizard;
        self.cx.changed();
    }

    /// The same, starting at the permissions, with the present ones chosen. Does not disturb a consent in flight.
    pub(in crate::machine) fn add_permissions(&mut self, id: ConnectionId) {
        self.sign_in_again(id);
        self.edit(|draft| {
            let open = draft.replaces == Some(id) && draft.candidate.is_none() && !draft.approval.is_under_way();
            if open && draft.kept.is_none() {
                draft.step = Step::Scopes;
            }
        });
    }

    /// Starts the wizard with Practice, which is in the region table by now.
    pub(in crate::machine) fn begin_practice(&mut self) {
        if !self.draft.as_ref().is_some_and(|d| d.is_practice() && d.kept.is_none()) {
            self.lay_draft_aside();
            *self.draft = Some(Draft { region: Some(PRACTICE), ..Draft::default() });
            self.go_to(Step::Register);
        }
        self.start_wizard();
    }

    pub(in crate::machine) fn open_practice(&mut self) {
        if let Some(url) = self.cx.regions.find(&PRACTICE).map(|r| r.console.at("/")) {
            self.cx.ask(SignInQuestion::Browser, |ticket| Effect::OpenBrowser(ticket, Address::Public(url)));
        }
    }

    /// A draft to sign in again, without secrets that were given for other addresses.
    pub(super) fn draft_to_sign_in_again(&self, id: ConnectionId) -> Option<Draft> {
        let connection = self.cx.connections.get(&id)?;
        let mut draft = Draft::again(connection);
        let moved = self.cx.region_of(id).is_err_and(|problem| is_moved(&problem));
        let other = |code: &RegionCode| self.cx.regions.origins(code).is_some() && *code != connection.grant.region;
        draft.secrets_elsewhere.retain(|code, _| !moved && !other(code));
        if draft.client_secret.is_some() && (moved || other(&connection.registration.region)) {
            draft.client_secret = None;
            draft.step = Step::Credentials;
        }
        Some(draft)
    }
}
