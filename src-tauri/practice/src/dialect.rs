//! Where Zoho may turn out to be other than it is believed to be: each belief by itself, so that a test can turn it round.
//!
//! *Invariant:* a usual dialect changes nothing.

use std::collections::BTreeSet;

use crate::zoho::Reply;

/// One belief, turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turned {
    /// A client needs no secret. A wrong one is still refused.
    SecretNotNeeded,
    /// A wrong PKCE verifier is not noticed.
    PkceIgnored,
    /// `state` does not come back, neither with a code nor with an error.
    StateNotEchoed,
    /// The errors of the token endpoints come with status 400, those of the client with 401.
    ErrorsWithStatus,
    /// A code that is sent to another data centre is used up.
    CodeUsedUpElsewhere,
    /// Only the older path to revoke a token is there.
    OlderRevocationOnly,
    /// A refresh does not name the scopes of its token.
    RefreshNamesNoScopes,
    /// Cliq refuses a token with other codes and another status.
    CliqWordsDiffer,
    /// Five new access tokens in ten minutes instead of ten.
    FiveRefreshes,
    /// A refresh that fails counts like one that does not.
    FailuresCount,
    /// Scopes may be written in any case, and with blanks between them.
    AnyScopeSpelling,
    /// A token reply names its scopes with commas between them.
    ScopesWithCommas,
    /// A client gets a token of its own without an organisation, and Cliq takes it.
    ClientCredentialsFree,
}

impl Turned {
    /// All of them.
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

/// The beliefs that a Practice turns round.
#[derive(Clone, Debug, Default)]
pub struct Dialect(BTreeSet<Turned>);

impl Dialect {
    /// Turns these round.
    pub fn with(turned: impl IntoIterator<Item = Turned>) -> Self {
        Self(turned.into_iter().collect())
    }

    pub(crate) fn has(&self, turned: Turned) -> bool {
        self.0.contains(&turned)
    }

    /// How many new access tokens a refresh token brings in ten minutes.
    pub(crate) fn refreshes(&self) -> usize {
        if self.has(Turned::FiveRefreshes) { 5 } else { 10 }
    }

    /// What stands between the scopes of a token reply.
    pub(crate) fn between_scopes(&self) -> &'static str {
        if self.has(Turned::ScopesWithCommas) { "," } else { " " }
    }

    /// An answer of a token endpoint, with the status it has in this dialect.
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
