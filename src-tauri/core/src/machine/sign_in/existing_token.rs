//! A refresh token that the user already has, made elsewhere for the draft's client.
//!
//! Invariant: it is sent once for each press, to its client's own region; it becomes a candidate only once a refresh
//! with it succeeds. Other programs may use it, so Keyfob never asks Zoho to revoke it while it is a candidate.

use secrecy::SecretString;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::{self, GrantType, TokenQuery, TokenResponse};

use crate::domain::connection::Grant;
use crate::domain::draft::{Approval, Candidate, CandidateSource, Draft};
use crate::domain::problem::{PastedProblem, Problem};
use crate::machine::question::SignInQuestion;
use crate::messages::confirmation::Confirmation;

use super::SignIn;
use super::console::code_from;

impl SignIn<'_> {
    /// Asks Zoho whether it is valid. Anyone may run an added region's server, so the user confirms that one first.
    pub(in crate::machine) fn use_refresh_token(&mut self, text: &SecretString) {
        if !self.draft.as_ref().is_some_and(Draft::is_ready_to_approve) {
            return;
        }
        let token = match code_from(text) {
            Ok(token) => token,
            Err(why) => return self.not_the_refresh_token(why),
        };
        if self.is_own_secret(&token) {
            return self.not_the_refresh_token(PastedProblem::OwnSecret);
        }
        let Some(at) = self.draft.as_ref().and_then(|draft| draft.region.clone()) else { return };
        match self.cx.regions.host(&at) {
            Some(host) => {
                self.cx.confirm(
                    SignInQuestion::ConfirmUseRefreshToken { token, at },
                    Confirmation::UseRefreshToken { host },
                );
            }
            None => self.prove_refresh_token(token, &at),
        }
    }

    /// Sends the token, unless the draft is for another region by now.
    pub(super) fn refresh_token_confirmed(&mut self, token: SecretString, at: &RegionCode) {
        let is_for = |draft: &Draft| draft.is_ready_to_approve() && draft.region.as_ref() == Some(at);
        if self.draft.as_ref().is_some_and(is_for) {
            self.prove_refresh_token(token, at);
        }
    }

    fn prove_refresh_token(&mut self, token: SecretString, at: &RegionCode) {
        let Some(registration) = self.draft.as_ref().and_then(Draft::registration) else { return };
        let Some(region) = self.cx.regions.find(at) else {
            let gone = self.region_is_gone();
            return self.edit(|draft| draft.approval = Approval::Ready(gone));
        };
        let call = Request::refresh(region, &registration, &token);
        self.edit(|draft| draft.approval = Approval::AskingForToken);
        self.cx.send(SignInQuestion::ProveRefreshToken(at.clone(), token), call);
    }

    pub(super) fn refresh_token_proven(&mut self, at: RegionCode, token: SecretString, outcome: Outcome) {
        let Some(question) = self.cx.regions.find(&at).map(|region| TokenQuery::new(GrantType::Refresh, region, &at))
        else {
            return;
        };
        match token_response::read(outcome, &question, self.cx.now).map_err(Problem::from) {
            Ok(tokens) => self.existing_token_is_good(at, token, tokens),
            Err(problem) => {
                let problem = if problem == Problem::GrantEnded { Problem::RefreshTokenRefused } else { problem };
                self.stop_consent(Some(problem));
            }
        }
    }

    fn existing_token_is_good(&mut self, at: RegionCode, token: SecretString, tokens: TokenResponse) {
        let (now, origins) = (self.cx.now, self.cx.regions.origins(&at));
        let notes = tokens.odd_lifetime.then_some(Problem::OddLifetime).into_iter().collect();
        let scopes_named = tokens.scopes.is_some();
        self.edit(|draft| {
            let had = TokenResponse { refresh: Some(token), ..tokens.clone() };
            let mut grant = Grant::new(at, had, &draft.scopes, now);
            grant.origins = origins;
            grant.renew(tokens, now);
            let candidate = Candidate::new(grant, CandidateSource::ExistingToken, notes);
            draft.propose(Candidate { scopes_named, ..candidate });
        });
        self.check_candidate();
    }

    fn not_the_refresh_token(&mut self, why: PastedProblem) {
        self.edit(|draft| draft.approval = Approval::Ready(Some(Problem::NotTheRefreshToken { why })));
    }
}
