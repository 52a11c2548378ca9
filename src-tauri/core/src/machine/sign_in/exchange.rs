//! The exchange: a code for tokens.
//!
//! Invariant: a code is exchanged once, only at an address of the region table, and only once a save records it; tokens
//! that arrive after the attempt was cancelled are revoked.

use oauth2::AuthorizationCode;
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::authorization_response::Granted;
use zoho_oauth::client::Client;
use zoho_oauth::region::{Region, RegionCode};
use zoho_oauth::request::{Outcome, Request, is_broken};
use zoho_oauth::text::shown;
use zoho_oauth::token_response::{self, GrantType, TokenQuery};

use crate::domain::connection_name::proposed_name;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::{Approval, Draft};
use crate::domain::elsewhere::Elsewhere;
use crate::domain::problem::Problem;
use crate::domain::quota::ClientKey;
use crate::domain::revocation::TokenToRevoke;
use crate::machine::fact::Fact;

use super::SignIn;
use super::after::After;

impl SignIn<'_> {
    pub(super) fn exchange(&mut self, consent: &AuthorizationRequest, granted: &Granted) {
        self.count_code();
        match self.answering_region(granted.location.as_deref(), granted.accounts_server.as_deref()) {
            Ok(region) => self.go_elsewhere(Elsewhere::by_code(region, consent.clone(), granted.code.clone())),
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    /// Exchanges a bare code, which names no region, at the registration's own.
    pub(super) fn exchange_bare(&mut self, consent: &AuthorizationRequest, code: &AuthorizationCode) {
        self.count_code();
        match self.answering_region(None, None) {
            Ok(region) => self.exchange_at(&region, consent, code),
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    pub(in crate::machine) fn exchange_at(
        &mut self,
        region: &Region,
        consent: &AuthorizationRequest,
        code: &AuthorizationCode,
    ) {
        let Some(registration) = self.draft.as_ref().and_then(Draft::registration) else {
            return;
        };
        let call = Request::exchange(region, &registration, code, Some(consent));
        self.send_exchange(region.code.clone(), call);
    }

    /// Sends a code once a save records it: a Keyfob that ends before the tokens are saved says so at its next start.
    pub(super) fn send_exchange(&mut self, region: RegionCode, call: Request) {
        self.edit(|draft| draft.approval = Approval::Exchanging);
        self.once_saved(After::Exchange(region, call));
    }

    /// Where the code is valid: the region that the redirect names, looked up, or else the registration's own.
    fn answering_region(&self, location: Option<&str>, server: Option<&str>) -> Result<Region, Problem> {
        let regions = &self.cx.regions;
        let by_location = |code: &str| RegionCode::new(code).and_then(|code| regions.find(&code));
        let own = self.draft.as_ref().and_then(|d| d.region.as_ref()).map_or("", RegionCode::as_str);
        let (found, named) = match (server, location) {
            (Some(server), location) => match regions.by_accounts(server) {
                Some(region) if location.is_some_and(|code| code != region.code.as_str()) => {
                    (None, format!("{} / {server}", location.unwrap_or_default()))
                }
                found => (found, server.to_owned()),
            },
            (None, Some(location)) => (by_location(location), location.to_owned()),
            (None, None) => (by_location(own), own.to_owned()),
        };
        let is_practice = |code: &str| code == PRACTICE.as_str();
        let found = found.filter(|region| is_practice(region.code.as_str()) == is_practice(own));
        found.cloned().ok_or_else(|| Problem::UnknownRegion { server: shown(&named) })
    }

    pub(super) fn exchanged(&mut self, code: RegionCode, outcome: Outcome) {
        self.show_approval();
        let Some(question) = self.exchange_question(&code) else {
            return;
        };
        let broke = is_broken(&outcome);
        match token_response::read(outcome, &question, self.cx.now).map_err(Problem::from) {
            Ok(tokens) => {
                if let Some(client) = self.drafts_client() {
                    self.cx.count_tokens(&client, &tokens);
                }
                self.candidate_came(code, tokens);
            }
            Err(problem) => {
                self.count_lost_exchange(&problem, broke);
                let problem = match self.draft.as_mut() {
                    Some(draft) => draft.code_failed(problem),
                    None => problem,
                };
                self.stop_consent(Some(problem));
            }
        }
    }

    /// Revokes the tokens of an exchange that was cancelled.
    pub(super) fn discard(&mut self, code: &RegionCode, client: Option<Client>, outcome: Outcome) {
        let Some(question) = self.exchange_question(code) else {
            return;
        };
        if let Ok(tokens) = token_response::read(outcome, &question, self.cx.now).map_err(Problem::from) {
            let came_at = Some(self.cx.now);
            if let Some(client) = client.as_ref() {
                self.cx.count_tokens(&ClientKey::from(client), &tokens);
            }
            let origins = self.cx.regions.origins(code);
            let what = TokenToRevoke {
                origins,
                client,
                came_at,
                ..TokenToRevoke::new(code.clone(), tokens.refresh, tokens.access)
            };
            self.cx.report(Fact::Unkept { name: proposed_name(self.cx.regions, code), what });
        }
    }

    fn exchange_question(&self, code: &RegionCode) -> Option<TokenQuery> {
        let region = self.cx.regions.find(code)?;
        let home = self.draft.as_ref().and_then(|d| d.region.as_ref()).unwrap_or(code);
        let redirect_uri = self.redirect_uri().unwrap_or_default();
        Some(TokenQuery { redirect_uri, ..TokenQuery::new(GrantType::Exchange, region, home) })
    }
}
