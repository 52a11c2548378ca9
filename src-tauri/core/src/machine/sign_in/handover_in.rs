//! Accepting a colleague's handover.
//!
//! Invariant: a handover becomes a candidate only once its token was refreshed at its own region's address, and a
//! connection only once the user has confirmed its account. The colleague uses its tokens too, so rejecting one revokes
//! nothing.

use zoho_oauth::client::Client;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::token_response::{self, GrantType, TokenQuery, TokenResponse};

use crate::domain::connection::Grant;
use crate::domain::draft::{Candidate, CandidateSource, Draft};
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::machine::question::SignInQuestion;

use super::SignIn;
use super::offer::Offer;

impl SignIn<'_> {
    /// Refreshes the access token of the handover: only Zoho can tell whether it is still valid.
    pub(in crate::machine) fn take_over(&mut self) {
        let Some(Offer::Handover { handover, trying: false, .. }) = &self.state.offer else {
            return;
        };
        let call = handover.clone().still_good(self.cx.now).and_then(|it| self.may_be_taken(it)).and_then(|it| {
            let region = self.knows(&it.region)?;
            let of = &it.setup;
            let client = Client::new(of.region.clone(), of.client_type, &of.client_id, it.client_secret.clone());
            Ok(Request::refresh(region, &client, &it.refresh))
        });
        match call {
            Ok(call) => {
                self.trying_to_take_over(None);
                self.cx.send(SignInQuestion::TakeOver, call);
            }
            Err(problem) => self.trying_to_take_over(Some(problem)),
        }
    }

    /// Marks the handover as being tried, or shows why it is not.
    fn trying_to_take_over(&mut self, why_not: Option<Problem>) {
        if let Some(Offer::Handover { trying, problem, .. }) = &mut self.state.offer {
            (*trying, *problem) = (why_not.is_none(), why_not);
        }
    }

    pub(super) fn taken_over(&mut self, outcome: Outcome) {
        let Some(Offer::Handover { handover, .. }) = &self.state.offer else {
            return;
        };
        let home = &handover.setup.region;
        let question = self.knows(&handover.region).map(|region| TokenQuery::new(GrantType::Refresh, region, home));
        match question.and_then(|question| token_response::read(outcome, &question, self.cx.now).map_err(Problem::from))
        {
            Ok(tokens) => self.become_candidate(tokens),
            Err(problem) => self.trying_to_take_over(Some(problem)),
        }
    }

    fn become_candidate(&mut self, tokens: TokenResponse) {
        let Some(Offer::Handover { handover, .. }) = self.state.offer.take() else {
            return;
        };
        let notes = tokens.odd_lifetime.then_some(Problem::OddLifetime).into_iter().collect();
        let handed =
            TokenResponse { refresh: Some(handover.refresh), scopes: Some(handover.granted), ..tokens.clone() };
        let mut grant = Grant::new(handover.region, handed, &handover.setup.scopes, self.cx.now);
        grant.origins = self.cx.regions.origins(&grant.region);
        grant.renew(tokens, self.cx.now);
        let candidate = Candidate::new(grant, CandidateSource::Handover, notes);
        self.take_up(Draft {
            step: Step::Confirm,
            client_secret: handover.client_secret,
            candidate: Some(candidate),
            ..Draft::from_setup(handover.setup)
        });
        self.check_candidate();
    }
}
