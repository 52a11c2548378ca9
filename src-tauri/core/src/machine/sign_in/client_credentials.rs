//! Tokens for the organisation, issued to the client itself (RFC 6749, section 4.4), without a user or a refresh token.
//!
//! Invariant: only a Self Client requests one, at its own region, and one request is in flight at a time. Keyfob gets a
//! new token with a new request, so the connection keeps the organisation's number instead of a refresh token.

use zoho_oauth::client::{ClientType, OrganisationId};
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::{self, GrantType, TokenQuery, TokenResponse};
use zoho_oauth::value::ZohoValue;

use crate::domain::connection::Grant;
use crate::domain::credential_hints::Hint;
use crate::domain::draft::{Approval, Candidate, CandidateSource, Draft};
use crate::domain::problem::Problem;
use crate::machine::question::SignInQuestion;

use super::SignIn;

impl SignIn<'_> {
    /// Requests a token for this organisation.
    pub(in crate::machine) fn use_client_credentials(&mut self, organisation: &str) {
        if !self.draft.as_ref().is_some_and(Draft::may_use_client_credentials) {
            return;
        }
        let read = OrganisationId::new(organisation);
        self.edit(|draft| {
            let refused = read.is_none().then(|| Hint::instead_of(ZohoValue::OrganisationId, organisation));
            if refused.is_some() {
                draft.approval = Approval::Ready(None);
            }
            draft.answers.organisation_refused = refused;
            draft.organisation = read.clone().or(draft.organisation.take());
        });
        let Some(organisation) = read else { return };
        let Some(draft) = self.draft.as_ref() else { return };
        let Some(registration) = draft.registration() else { return };
        let Some(region) = self.cx.regions.find(&registration.region) else {
            let gone = self.region_is_gone();
            return self.edit(|draft| draft.approval = Approval::Ready(gone));
        };
        let call = Request::client_credentials(region, &registration, &draft.scopes, &organisation);
        let at = region.code.clone();
        self.edit(|draft| draft.approval = Approval::AskingForToken);
        self.cx.send(SignInQuestion::ClientToken(at, organisation), call);
    }

    pub(super) fn client_token_came(&mut self, at: RegionCode, organisation: OrganisationId, outcome: Outcome) {
        let Some(question) =
            self.cx.regions.find(&at).map(|region| TokenQuery::new(GrantType::ClientCredentials, region, &at))
        else {
            return;
        };
        match token_response::read(outcome, &question, self.cx.now).map_err(Problem::from) {
            Ok(tokens) => {
                if let Some(client) = self.drafts_client() {
                    self.cx.count_tokens(&client, &tokens);
                }
                self.client_token_is_good(at, organisation, tokens);
            }
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    fn client_token_is_good(&mut self, at: RegionCode, organisation: OrganisationId, tokens: TokenResponse) {
        let (now, origins) = (self.cx.now, self.cx.regions.origins(&at));
        let notes = tokens.odd_lifetime.then_some(Problem::OddLifetime).into_iter().collect();
        self.edit(|draft| {
            let mut grant = Grant::new(at, tokens, &draft.scopes, now);
            grant.origins = origins;
            grant.organisation = Some(organisation);
            draft.propose(Candidate::new(grant, CandidateSource::ClientCredentials, notes));
        });
        self.check_candidate();
    }
}

impl Draft {
    fn may_use_client_credentials(&self) -> bool {
        self.client_type == ClientType::SelfClient && self.is_ready_to_approve()
    }
}
