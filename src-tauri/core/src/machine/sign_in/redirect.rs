//! Answers that return through the browser: by link, by port, or pasted.
//!
//! Invariant: a stray, forged or replayed callback never disturbs the pending consent, and no untrusted text is shown.
//! Only the matching `state` ends an attempt or raises the window; a callback without one may come from anyone.
#![expect(clippy::disallowed_methods, reason = "parses the redirect")]

use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::authorization_response::{self, AuthorizationResponse, Pasted};
use zoho_oauth::text::said;

use crate::domain::problem::{PastedProblem, Problem};

use super::SignIn;

/// What a callback means for the pending consent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Heard {
    /// It carried the consent's `state`.
    Ours,
    /// It carried no `state`, and nothing that Zoho would not send: it ends no attempt and does not raise the window.
    Unproven,
    /// It belongs to no pending consent, or carried another `state`.
    Stray,
}

impl SignIn<'_> {
    /// Handles a link. Only one that answers the pending consent has an effect.
    pub(in crate::machine) fn link_arrived(&mut self, link: &[u8]) {
        if self.waits_for_vault(link) {
            return;
        }
        let read = self.redirect_uri().and_then(|redirect_uri| authorization_response::read(link, &redirect_uri).ok());
        if read.is_none_or(|callback| self.called_back(callback) == Heard::Stray) {
            self.state.strays = self.state.strays.saturating_add(1);
        }
    }

    /// True when the vault is not open yet, so that the link waits for it.
    fn waits_for_vault(&mut self, link: &[u8]) -> bool {
        let waits = self.store.opened().is_none();
        if waits && !self.state.waiting_links.keep(link) {
            self.state.strays = self.state.strays.saturating_add(1);
        }
        waits
    }

    /// Takes the address that the user pasted, or shows what is wrong with it.
    pub(in crate::machine) fn address_pasted(&mut self, text: &SecretString) {
        let Some(redirect_uri) = self.redirect_uri() else {
            return;
        };
        let text = text.expose_secret();
        let read = if self.is_enhancing() {
            authorization_response::read_enhanced_pasted(text, &redirect_uri).map(Pasted::Answer)
        } else {
            authorization_response::read_pasted(text, &redirect_uri)
        };
        let mine = read.map(|pasted| match pasted {
            Pasted::Answer(AuthorizationResponse::Back { state: None }) => self.has_added(),
            Pasted::Answer(callback) => self.called_back(callback) != Heard::Stray,
            Pasted::Code(code) => self.bare_code_came(&code),
        });
        let why = match mine {
            Ok(true) => return,
            Ok(false) => PastedProblem::OtherSignIn,
            Err(unreadable) => unreadable.into(),
        };
        self.say_while_waiting(Problem::NotTheAddress { why });
    }

    /// Acts on an answer as far as its `state` allows.
    pub(super) fn called_back(&mut self, callback: AuthorizationResponse) -> Heard {
        let Some(consent) = self.pending_consent() else { return Heard::Stray };
        match callback {
            AuthorizationResponse::Granted(granted) if consent.is_mine(&granted.state) => {
                self.show_approval();
                self.exchange(&consent, &granted);
                Heard::Ours
            }
            AuthorizationResponse::Denied { state: Some(state), error } if consent.is_mine(&state) => {
                self.show_approval();
                let denial = self.denial(&error);
                self.stop_consent(Some(denial));
                Heard::Ours
            }
            AuthorizationResponse::Back { state: Some(state) } if consent.is_mine(&state) => {
                self.show_approval();
                self.look_for_added();
                Heard::Ours
            }
            AuthorizationResponse::Denied { state: None, error } if authorization_response::is_known_error(&error) => {
                let denial = self.denial(&error);
                self.say_while_waiting(denial);
                Heard::Unproven
            }
            AuthorizationResponse::Back { state: None } if self.looks_for_added_once() => Heard::Unproven,
            AuthorizationResponse::Granted(_)
            | AuthorizationResponse::Denied { .. }
            | AuthorizationResponse::Back { .. } => Heard::Stray,
        }
    }

    /// Exchanges a code without an address; true when a consent is pending that it can belong to.
    fn bare_code_came(&mut self, code: &AuthorizationCode) -> bool {
        let Some(consent) = self.pending_consent() else { return false };
        self.show_approval();
        self.exchange_bare(&consent, code);
        true
    }

    fn asked_services(&self) -> Vec<String> {
        self.draft.as_ref().map(|draft| draft.scopes.other_services()).unwrap_or_default()
    }

    /// The problem for an error in the redirect. Zoho also sends `access_denied` after too many codes; an unknown error
    /// is shown as received, without what may be a credential.
    fn denial(&self, error: &str) -> Problem {
        match (error, self.denied_until()) {
            ("access_denied", Some(until)) => Problem::TooManyCodes { until },
            ("access_denied", None) => Problem::Denied,
            ("no_org", _) => Problem::NoAccount { services: self.asked_services() },
            (other, _) => Problem::SentBack { error: said(other) },
        }
    }
}
