//! Tokens that were issued and are not kept yet.

use serde::{Deserialize, Serialize};
use zoho_oauth::probe::Identity;
use zoho_oauth::scope::Scopes;

use crate::Moment;
use crate::domain::connection::{Grant, Tested};
use crate::domain::problem::Problem;

use super::Draft;

/// The tokens of a sign-in that the user has not confirmed yet.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) grant: Grant,
    pub(crate) identity: Option<Identity>,
    pub(crate) identity_problem: Option<Problem>,
    pub(crate) tested: Option<Tested>,
    pub(crate) notes: Vec<Problem>,
    pub(crate) source: CandidateSource,
    /// Whether Zoho named the token's permissions. If not, those of a sign-in are the requested ones (RFC 6749 5.1),
    /// and those of an existing token are unknown.
    pub(crate) scopes_named: bool,
}

/// The source of a candidate's tokens.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CandidateSource {
    /// A sign-in from here: answering no revokes them.
    #[default]
    SignIn,
    /// A handover from a colleague, who has them too: answering no revokes nothing.
    #[serde(rename = "handOver")]
    Handover,
    /// Zoho issued it to the client itself, without an account: answering no revokes it.
    ClientCredentials,
    /// The user already had the refresh token, so other programs may use it: answering no revokes nothing.
    ExistingToken,
}

impl Candidate {
    /// A candidate whose account has not been looked up yet.
    pub(crate) fn new(grant: Grant, source: CandidateSource, notes: Vec<Problem>) -> Self {
        Self { grant, identity: None, identity_problem: None, tested: None, notes, source, scopes_named: true }
    }

    /// Whether the user has seen whose it is, or that this is unknown. A client's own token belongs to no user.
    pub(crate) fn may_be_kept(&self) -> bool {
        self.identity.is_some() || self.identity_problem.is_some() || self.grant.organisation.is_some()
    }

    /// The requested scopes; without a user, none that names one.
    pub(crate) fn asked(&self, draft: &Draft) -> Scopes {
        if self.grant.organisation.is_some() { draft.scopes.clone() } else { draft.ask().with_identity() }
    }

    pub(crate) fn is_fresh(&self, now: Moment) -> bool {
        self.grant.expires_at > now
    }
}
