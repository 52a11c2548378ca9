//! Filling in the draft.
//!
//! Invariant: nothing typed is lost by going back, leaving, failing or quitting; only "throw away" throws away. While
//! a consent is pending, what it asks for does not change.

use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::{Region, RegionCode, RegionConflict};
use zoho_oauth::scope::{Scope, Scopes};
use zoho_oauth::text::clean;

use crate::domain::custom_regions::{RegionForm, RegionRefused, write_regions_file};
use crate::domain::draft::{Draft, Guess};
use crate::domain::fields::FormField;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::CopiedWhat;
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::domain::tasks::TASKS;
use crate::domain::typed_scopes::read_typed;
use crate::messages::browser::Address;
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::{Effect, Sensitivity};

use super::confirming::Confirmed;
use super::outbox::Question;
use super::turn::Turn;

/// Zoho's form takes letters, digits, blanks, `_` and `&` only.
pub(crate) const CLIENT_NAME: &str = "Keyfob";
/// Zoho wants an address here and does not visit it; the reserved name says so.
pub(crate) const HOMEPAGE: &str = "https://keyfob.example";

const STEPS: [Step; 7] =
    [Step::Region, Step::Register, Step::Credentials, Step::Scopes, Step::Approve, Step::Confirm, Step::Use];

impl Turn<'_> {
    pub(super) fn go_to(&mut self, step: Step) {
        self.edit(|draft| {
            if (draft.nearest()..=draft.furthest()).contains(&step) {
                draft.step = step;
            }
        });
    }

    pub(super) fn next(&mut self) {
        self.step_by(1);
    }

    pub(super) fn back(&mut self) {
        self.step_by(-1);
    }

    fn step_by(&mut self, by: isize) {
        let Some(draft) = &self.desk.kept.draft else { return };
        let here = STEPS.iter().position(|s| *s == draft.step);
        if let Some(step) = here.and_then(|at| at.checked_add_signed(by)).and_then(|at| STEPS.get(at)) {
            self.go_to(*step);
        }
    }

    /// Changes what a consent would ask for; not while one is pending or has answered.
    pub(super) fn fill_in(&mut self, change: impl FnOnce(&mut Draft)) {
        self.edit(|draft| {
            if !draft.approval.is_under_way() && draft.candidate.is_none() && draft.kept.is_none() {
                change(draft);
            }
        });
    }

    pub(super) fn choose_region(&mut self, code: &RegionCode) {
        if let Some(region) = self.desk.regions.find(code) {
            let code = region.code.clone();
            self.move_to(&code);
        }
    }

    pub(super) fn choose_client_type(&mut self, client_type: ClientType) {
        self.fill_in(|draft| draft.become_of_type(client_type));
    }

    /// The draft is for this region from now on; secrets that belong to another one are dropped.
    fn move_to(&mut self, code: &RegionCode) {
        let regions = self.desk.regions.clone();
        self.fill_in(|draft| draft.move_to(code, &regions));
    }

    pub(super) fn guess_region(&mut self, address: &str) {
        let guess = self.desk.regions.in_address_bar(address).map(|r| r.code.clone());
        if let Some(code) = &guess {
            self.move_to(code);
        }
        self.fill_in(|draft| {
            draft.answers.guess = (!address.trim().is_empty()).then_some(Guess { region: guess });
        });
    }

    /// What is wrong with the form is said beside it; else the user confirms the region's servers.
    pub(super) fn add_region(&mut self, form: &RegionForm) {
        let refused = |why: RegionRefused| Problem::RegionRefused { reason: why.to_string() };
        let fits = form.read().map_err(refused).and_then(|region| {
            self.desk.may_be_added(&region)?;
            self.desk.regions.clone().add(region.clone()).map_err(RegionRefused::from).map_err(refused)?;
            Ok(region)
        });
        match fits {
            Ok(region) => {
                self.edit(|draft| draft.answers.region_refused = None);
                let shown = Confirmation::AddRegion { region: Box::new(region.clone()) };
                self.confirm(Confirmed::AddRegion(Box::new(region)), shown);
            }
            Err(problem) => self.edit(|draft| draft.answers.region_refused = Some(problem)),
        }
    }

    pub(super) fn region_confirmed(&mut self, region: Region) {
        match self.add_to_table(region) {
            Ok(code) => {
                self.save_regions();
                self.move_to(&code);
            }
            Err(problem) => self.edit(|draft| draft.answers.region_refused = Some(problem)),
        }
    }

    /// Over what Keyfob knows. A file that was not read may hold regions that are nowhere else, so it is set aside.
    fn save_regions(&mut self) {
        let file = write_regions_file(&self.desk.regions);
        let known = self.desk.regions_file.clone();
        self.desk.regions_file.push(Fingerprint::of(file.as_bytes()));
        self.ask(Question::SaveRegions, |ticket| Effect::SaveRegions(ticket, file, known));
    }

    pub(super) fn regions_saved(&mut self, set_aside: Option<String>) {
        if let Some(set_aside) = set_aside {
            self.desk.notices.trouble(Problem::RegionsFileSetAside { set_aside });
        }
    }

    fn add_to_table(&mut self, region: Region) -> Result<RegionCode, Problem> {
        let code = region.code.clone();
        self.desk.may_be_added(&region)?;
        let refused = |why: RegionConflict| Problem::RegionRefused { reason: why.to_string() };
        self.desk.regions.add(region).map_err(refused)?;
        self.compare_origins();
        Ok(code)
    }

    pub(super) fn copy_for_form(&mut self, field: FormField) {
        let Some(draft) = &self.desk.kept.draft else { return };
        let redirect_uri = |at| draft.redirect_uris().into_iter().nth(at);
        let text = match field {
            FormField::Name => Some(CLIENT_NAME.to_owned()),
            FormField::Homepage => Some(HOMEPAGE.to_owned()),
            FormField::RedirectUri => redirect_uri(0),
            FormField::SecondRedirectUri => redirect_uri(1),
        };
        if let Some(text) = text {
            self.put_on_clipboard(CopiedWhat::Form { field }, text.into(), Sensitivity::Plain);
        }
    }

    pub(super) fn open_console(&mut self) {
        self.open_at_zoho(|region| region.console.at("/"));
    }

    pub(super) fn open_connected_apps(&mut self) {
        self.open_at_zoho(Region::connected_apps);
    }

    /// A page of the draft's region.
    fn open_at_zoho(&mut self, page: impl FnOnce(&Region) -> Url) {
        let code = self.desk.kept.draft.as_ref().and_then(|d| d.region.as_ref());
        if let Some(url) = code.and_then(|c| self.desk.regions.find(c)).map(page) {
            self.ask(Question::Browser, |ticket| Effect::OpenBrowser(ticket, Address::Public(url)));
        }
    }

    pub(super) fn type_client_id(&mut self, text: &str) {
        let text = clean(&shortened(text));
        self.fill_in(|draft| {
            draft.client_id = text;
            draft.answers.paste_refused = None;
        });
    }

    pub(super) fn type_client_secret(&mut self, text: &SecretString) {
        let text = clean(&shortened(text.expose_secret()));
        self.fill_in(|draft| {
            draft.client_secret = (!text.is_empty()).then(|| text.into());
            draft.answers.paste_refused = None;
        });
    }

    /// A region outside the table is never asked, so it needs no secret.
    pub(super) fn type_secret_for(&mut self, region: RegionCode, text: &SecretString) {
        if self.desk.regions.find(&region).is_none() {
            return;
        }
        let text = clean(&shortened(text.expose_secret()));
        self.fill_in(|draft| {
            draft.answers.paste_refused = None;
            if text.is_empty() {
                draft.secrets_elsewhere.remove(&region);
            } else {
                draft.secrets_elsewhere.insert(region, text.into());
            }
        });
    }

    pub(super) fn choose_task(&mut self, id: &str, on: bool) {
        let Some(task) = TASKS.iter().find(|t| t.id == id) else {
            return;
        };
        self.fill_in(|draft| {
            let others = TASKS.iter().filter(|t| t.id != id && draft.has_task(t));
            let still_needed: Vec<&str> = others.flat_map(|t| t.scopes).copied().collect();
            for name in task.scopes {
                if let Some(scope) = Scope::new(name).ok().filter(|_| on || !still_needed.contains(name)) {
                    draft.scopes.set(scope, on);
                }
            }
        });
    }

    pub(super) fn keep_access(&mut self, on: bool) {
        self.fill_in(|draft| draft.keep_access = on);
    }

    /// What looks like a known one and is none is not taken; taken away is whatever is there.
    pub(super) fn choose_scope(&mut self, text: &str, on: bool) {
        let text = shortened(text);
        self.fill_in(|draft| {
            let there = Scope::new(&text).ok().filter(|scope| !on && draft.scopes.has(scope));
            let read = there.map_or_else(|| read_typed(&text), |scope| Ok(std::iter::once(scope).collect()));
            draft.answers.scope_refused = read.as_ref().err().cloned();
            for scope in read.iter().flat_map(Scopes::iter) {
                draft.scopes.set(scope.clone(), on);
            }
        });
    }
}

impl Draft {
    /// Whether a job is chosen: each of its scopes is.
    pub(crate) fn has_task(&self, task: &crate::domain::tasks::Task) -> bool {
        task.scopes.iter().all(|name| Scope::new(name).is_ok_and(|scope| self.scopes.has(&scope)))
    }
}

/// No value Zoho gives is near this long; what a paste brings beyond is not kept.
fn shortened(text: &str) -> String {
    text.chars().take(4_000).collect()
}
