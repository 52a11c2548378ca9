//! Tokens that came and are not kept yet.

use serde::{Deserialize, Serialize};
use zoho_oauth::probe::Identity;
use zoho_oauth::scope::Scopes;

use crate::Moment;
use crate::domain::connection::{Grant, Tested};
use crate::domain::problem::Problem;

use super::Draft;

/// What came of a consent, before the user has said that it is theirs.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) grant: Grant,
    pub(crate) identity: Option<Identity>,
    pub(crate) identity_problem: Option<Problem>,
    pub(crate) tested: Option<Tested>,
    pub(crate) notes: Vec<Problem>,
    pub(crate) source: CandidateSource,
    /// Whether Zoho named the token's permissions. Where it did not, those of a sign-in are the ones that were asked for (RFC
    /// 6749 5.1), and those of a token that the user already had are not known.
    pub(crate) scopes_named: bool,
}

/// Where a candidate's tokens are from.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CandidateSource {
    /// A sign-in from here: saying no revokes them.
    #[default]
    SignIn,
    /// A colleague handed them over and has them too: saying no revokes nothing.
    #[serde(rename = "handOver")]
    Handover,
    /// Zoho issued it to the client itself: there is no account. Saying no revokes it.
    ClientCredentials,
    /// The user had the refresh token already, so other programs may use it: saying no revokes nothing.
    ExistingToken,
}

impl Candidate {
    /// Nobody has looked yet whose it is.
    pub(crate) fn new(grant: Grant, source: CandidateSource, notes: Vec<Problem>) -> Self {
        Self { grant, identity: None, identity_problem: None, tested: None, notes, source, scopes_named: true }
    }

    /// The user was told whose it is, or that nobody can tell. A client's own token is nobody's.
    pub(crate) fn may_be_kept(&self) -> bool {
        self.identity.is_some() || self.identity_problem.is_some() || self.grant.organisation.is_some()
    }

    /// What was asked for: without a user, nothing that names one.
    pub(crate) fn asked(&self, draft: &Draft) -> Scopes {
        if self.grant.organisation.is_some() { draft.scopes.clone() } else { draft.ask().with_identity() }
    }

    pub(crate) fn is_fresh(&self, now: Moment) -> bool {
        self.grant.expires_at > now
    }
}
