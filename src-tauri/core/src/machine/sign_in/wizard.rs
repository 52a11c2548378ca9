//! Filling in the draft.
//!
//! Invariant: nothing typed is lost by going back, leaving, failing or quitting; only "throw away" discards it. While
//! a consent is pending, what it requests does not change.
#![expect(clippy::disallowed_methods, reason = "checks the shape of what was entered")]

use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::{Region, RegionCode};
use zoho_oauth::scope::{Scope, Scopes};
use zoho_oauth::text::clean;

use crate::domain::draft::{Draft, Guess};
use crate::domain::fields::FormField;
use crate::domain::notice::CopiedWhat;
use crate::domain::step::Step;
use crate::domain::tasks::TASKS;
use crate::domain::typed_scopes::read_typed;
use crate::machine::question::SignInQuestion;
use crate::messages::browser::Address;
use crate::messages::effect::{Effect, Sensitivity};

use super::SignIn;

/// The client name for Zoho's form, which takes letters, digits, spaces, `_` and `&` only.
pub(crate) const CLIENT_NAME: &str = "Keyfob";
/// The homepage for Zoho's form, which requires an address but does not visit it; hence the reserved name.
pub(crate) const HOMEPAGE: &str = "https://keyfob.example";

const STEPS: [Step; 7] =
    [Step::Region, Step::Register, Step::Credentials, Step::Scopes, Step::Approve, Step::Confirm, Step::Use];

impl SignIn<'_> {
    pub(in crate::machine) fn go_to(&mut self, step: Step) {
        self.edit(|draft| {
            if (draft.nearest()..=draft.furthest()).contains(&step) {
                draft.step = step;
            }
        });
    }

    pub(in crate::machine) fn next(&mut self) {
        self.step_by(1);
    }

    pub(in crate::machine) fn back(&mut self) {
        self.step_by(-1);
    }

    fn step_by(&mut self, by: isize) {
        let Some(draft) = &self.draft else { return };
        let here = STEPS.iter().position(|s| *s == draft.step);
        if let Some(step) = here.and_then(|at| at.checked_add_signed(by)).and_then(|at| STEPS.get(at)) {
            self.go_to(*step);
        }
    }

    /// Changes what a consent would request; not while one is in flight or has been answered.
    pub(super) fn fill_in(&mut self, change: impl FnOnce(&mut Draft)) {
        self.edit(|draft| {
            if !draft.approval.is_under_way() && draft.candidate.is_none() && draft.kept.is_none() {
                change(draft);
            }
        });
    }

    pub(in crate::machine) fn choose_region(&mut self, code: &RegionCode) {
        if let Some(region) = self.cx.regions.find(code) {
            let code = region.code.clone();
            self.move_to(&code);
        }
    }

    pub(in crate::machine) fn choose_client_type(&mut self, client_type: ClientType) {
        self.fill_in(|draft| draft.become_of_type(client_type));
    }

    /// Moves the draft to this region; secrets that belong to another one are dropped.
    pub(in crate::machine) fn move_to(&mut self, code: &RegionCode) {
        let regions = self.cx.regions.clone();
        self.fill_in(|draft| draft.move_to(code, &regions));
    }

    pub(in crate::machine) fn guess_region(&mut self, address: &str) {
        let guess = self.cx.regions.in_address_bar(address).map(|r| r.code.clone());
        if let Some(code) = &guess {
            self.move_to(code);
        }
        self.fill_in(|draft| {
            draft.answers.guess = (!address.trim().is_empty()).then_some(Guess { region: guess });
        });
    }

    pub(in crate::machine) fn copy_for_form(&mut self, field: FormField) {
        let Some(draft) = &self.draft else { return };
        let redirect_uri = |at| draft.redirect_uris().into_iter().nth(at);
        let text = match field {
            FormField::Name => Some(CLIENT_NAME.to_owned()),
            FormField::Homepage => Some(HOMEPAGE.to_owned()),
            FormField::RedirectUri => redirect_uri(0),
            FormField::SecondRedirectUri => redirect_uri(1),
        };
        if let Some(text) = text {
            self.cx.put_on_clipboard(CopiedWhat::Form { field }, text.into(), Sensitivity::Plain);
        }
    }

    pub(in crate::machine) fn open_console(&mut self) {
        self.open_at_zoho(|region| region.console.at("/"));
    }

    pub(in crate::machine) fn open_connected_apps(&mut self) {
        self.open_at_zoho(Region::connected_apps);
    }

    /// Opens a page of the draft's region.
    fn open_at_zoho(&mut self, page: impl FnOnce(&Region) -> Url) {
        let code = self.draft.as_ref().and_then(|d| d.region.as_ref());
        if let Some(url) = code.and_then(|c| self.cx.regions.find(c)).map(page) {
            self.cx.ask(SignInQuestion::Browser, |ticket| Effect::OpenBrowser(ticket, Address::Public(url)));
        }
    }

    pub(in crate::machine) fn type_client_id(&mut self, text: &str) {
        let text = clean(&shortened(text));
        self.fill_in(|draft| {
            draft.client_id = text;
            draft.answers.paste_refused = None;
        });
    }

    pub(in crate::machine) fn type_client_secret(&mut self, text: &SecretString) {
        let text = clean(&shortened(text.expose_secret()));
        self.fill_in(|draft| {
            draft.client_secret = (!text.is_empty()).then(|| text.into());
            draft.answers.paste_refused = None;
        });
    }

    /// A region outside the table is never asked, so it needs no secret.
    pub(in crate::machine) fn type_secret_for(&mut self, region: RegionCode, text: &SecretString) {
        if self.cx.regions.find(&region).is_none() {
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

    pub(in crate::machine) fn choose_task(&mut self, id: &str, on: bool) {
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

    pub(in crate::machine) fn keep_access(&mut self, on: bool) {
        self.fill_in(|draft| draft.keep_access = on);
    }

    /// Adds scopes, but refuses one that only looks like a known one; removes any scope that is chosen.
    pub(in crate::machine) fn choose_scope(&mut self, text: &str, on: bool) {
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
    /// Whether a task is chosen: each of its scopes is.
    pub(crate) fn has_task(&self, task: &crate::domain::tasks::Task) -> bool {
        task.scopes.iter().all(|name| Scope::new(name).is_ok_and(|scope| self.scopes.has(&scope)))
    }
}

/// Cuts off the rest of a long text: no value from Zoho is nearly this long.
fn shortened(text: &str) -> String {
    text.chars().take(4_000).collect()
}
