//! Assumptions about Zoho that may prove wrong, each of which a test can invert separately.
//!
//! *Invariant:* the default dialect changes nothing.

use std::collections::BTreeSet;

use crate::zoho::Reply;

/// One inverted assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turned {
    /// A client needs no secret, but a wrong one is refused.
    SecretNotNeeded,
    /// A wrong PKCE verifier is accepted.
    PkceIgnored,
    /// `state` is not returned, neither with a code nor with an error.
    StateNotEchoed,
    /// The token endpoints return errors with status 400, and client errors with 401.
    ErrorsWithStatus,
    /// A code sent to another data centre is consumed.
    CodeUsedUpElsewhere,
    /// Only the older revocation path exists.
    OlderRevocationOnly,
    /// The response to a refresh does not name the scopes.
    RefreshNamesNoScopes,
    /// Cliq rejects a token with different codes and another status.
    CliqWordsDiffer,
    /// Five refreshes in ten minutes are allowed instead of ten.
    FiveRefreshes,
    /// A failed refresh counts towards the limit.
    FailuresCount,
    /// Scopes may be in any case and separated by spaces.
    AnyScopeSpelling,
    /// Token responses separate scopes by commas.
    ScopesWithCommas,
    /// A client gets its own token without naming an organisation, and Cliq accepts it.
    ClientCredentialsFree,
}

impl Turned {
    /// All assumptions.
    pub const EVERY: [Self; 13] = [
        Self::SecretNotNeeded,
        Self::PkceIgnored,
        Self::StateNotEchoed,
        Self::ErrorsWithStatus,
        Self::CodeUsedUpElsewhere,
        Self::OlderRevocationOnly,
        Self::RefreshNamesNoScopes,
        Self::CliqWordsDiffer,
        Self::FiveRefreshes,
        Self::FailuresCount,
        Self::AnyScopeSpelling,
        Self::ScopesWithCommas,
        Self::ClientCredentialsFree,
    ];
}

/// The assumptions that a Practice inverts.
#[derive(Clone, Debug, Default)]
pub struct Dialect(BTreeSet<Turned>);

impl Dialect {
    /// Creates a dialect that inverts these.
    pub fn with(turned: impl IntoIterator<Item = Turned>) -> Self {
        Self(turned.into_iter().collect())
    }

    pub(crate) fn has(&self, turned: Turned) -> bool {
        self.0.contains(&turned)
    }

    /// The number of refreshes allowed for a refresh token in ten minutes.
    pub(crate) fn refreshes(&self) -> usize {
        if self.has(Turned::FiveRefreshes) { 5 } else { 10 }
    }

    /// The separator of scopes in token responses.
    pub(crate) fn between_scopes(&self) -> &'static str {
        if self.has(Turned::ScopesWithCommas) { "," } else { " " }
    }

    /// Sets the status that a token endpoint's response has in this dialect.
    pub(crate) fn spoken(&self, reply: Reply) -> Reply {
        if !self.has(Turned::ErrorsWithStatus) || reply.status != 200 {
            return reply;
        }
        let status = match reply.body["error"].as_str() {
            None => return reply,
            Some("invalid_client" | "invalid_client_secret") => 401,
            Some(_) => 400,
        };
        Reply { status, ..reply }
    }
}
