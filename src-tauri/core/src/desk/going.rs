//! Going about between the screens, with one draft in hand and one laid aside.
//!
//! Invariant: a draft a person began is laid aside when another is taken up, and comes back when that one has served.

use zoho_oauth::region::{Region, RegionConflict};

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::Draft;
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::messages::browser::Address;
use crate::messages::effect::Effect;

use super::View;
use super::outbox::Question;
use super::turn::Turn;

impl Turn<'_> {
    pub(super) fn start_wizard(&mut self) {
        if self.desk.open_vault().is_none() {
            return;
        }
        self.put_away_finished_draft();
        self.desk.kept.draft.get_or_insert_default();
        self.desk.view = View::Wizard;
        self.changed();
    }

    pub(super) fn go_home(&mut self) {
        self.put_away_finished_draft();
        self.desk.view = View::Home;
    }

    pub(super) fn open_connection(&mut self, id: ConnectionId) {
        if self.desk.kept.connections.contains_key(&id) {
            self.put_away_finished_draft();
            self.desk.view = View::Connection(id);
        }
    }

    pub(super) fn forget_draft(&mut self) {
        self.throw_away_draft();
        self.desk.view = View::Home;
    }

    fn throw_away_draft(&mut self) {
        self.not_me();
        self.stop_consent(None);
        self.desk.kept.draft = None;
        self.bring_back_shelved();
        self.check_candidate();
        self.changed();
    }

    /// A draft whose connection is kept has served.
    pub(super) fn put_away_finished_draft(&mut self) {
        if self.desk.kept.draft.as_ref().is_some_and(|d| d.kept.is_some()) {
            self.throw_away_draft();
        }
    }

    /// The draft laid aside comes back, where there is none in hand.
    pub(super) fn bring_back_shelved(&mut self) {
        if self.desk.kept.draft.is_none() {
            self.desk.kept.draft = self.desk.kept.shelved.pop();
        }
    }

    /// Makes room for another draft. What was begun for nothing but Practice, or to sign in again, is let go.
    pub(super) fn lay_draft_aside(&mut self) {
        self.put_away_finished_draft();
        self.stop_consent(None);
        match self.desk.kept.draft.take_if(|d| d.replaces.is_none() && !d.is_practice()) {
            Some(begun) => self.desk.kept.shelved.push(begun),
            None => self.not_me(),
        }
        self.desk.kept.draft = None;
        self.changed();
    }

    pub(super) fn sign_in_again(&mut self, id: ConnectionId) {
        let Some(again) = self.desk.draft_to_sign_in_again(id) else { return };
        let is_this = |d: &Draft| d.replaces == Some(id) && d.kept.is_none();
        if !self.desk.kept.draft.as_ref().is_some_and(is_this) {
            self.lay_draft_aside();
            self.desk.kept.draft = Some(again);
        }
        self.desk.view = View::Wizard;
        self.changed();
    }

    /// The same, beginning at the permissions: what it has is chosen already. A consent under way is not disturbed.
    pub(super) fn add_permissions(&mut self, id: ConnectionId) {
        self.sign_in_again(id);
        self.edit(|draft| {
            let open = draft.replaces == Some(id) && draft.candidate.is_none() && !draft.approval.is_under_way();
            if open && draft.kept.is_none() {
                draft.step = Step::Scopes;
            }
        });
    }

    pub(super) fn practise(&mut self) {
        if self.desk.open_vault().is_none() {
            return;
        }
        match self.desk.regions.find(&PRACTICE).cloned() {
            Some(region) => self.practice_started(Ok(region)),
            None => self.ask(Question::StartPractice, Effect::StartPractice),
        }
    }

    pub(super) fn practice_started(&mut self, started: Result<Region, Problem>) {
        let added = started.and_then(|region| {
            let refused = |why: RegionConflict| Problem::PracticeNotStarted { reason: why.to_string() };
            self.desk.regions.add_unlisted(region).map_err(refused)
        });
        if let Err(problem) = added {
            self.desk.notices.trouble(problem);
            return;
        }
        if !self.desk.kept.draft.as_ref().is_some_and(|d| d.is_practice() && d.kept.is_none()) {
            self.lay_draft_aside();
            self.desk.kept.draft = Some(Draft { region: Some(PRACTICE), ..Draft::default() });
            self.go_to(Step::Register);
        }
        self.start_wizard();
    }

    pub(super) fn open_practice(&mut self) {
        if let Some(url) = self.desk.regions.find(&PRACTICE).map(|r| r.console.at("/")) {
            self.ask(Question::Browser, |ticket| Effect::OpenBrowser(ticket, Address::Public(url)));
        }
    }

    pub(super) fn rename(&mut self, id: ConnectionId, name: &str) {
        let name = self.desk.kept.connections.free_name(name, Some(id));
        if let (Some(name), Some(connection)) = (name, self.connection(id))
            && connection.name != name
        {
            connection.name = name;
            self.note(id, Happened::Renamed);
        }
    }
}
