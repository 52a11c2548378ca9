//! What follows when Cliq refuses a token.

use zoho_oauth::probe::Proof;

use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;
use crate::machine::question::Attempt;

use super::Checks;

/// A refusal that may be due to the token (RFC 9110, section 15.5.4); [`zoho_oauth::probe`] reads 401 as a dead token.
const FORBIDDEN: u16 = 403;

impl Checks<'_> {
    /// What a read proved; `None` when Cliq refused the token and the read is to be retried with a new one.
    pub(super) fn proved(
        &mut self,
        id: ConnectionId,
        attempt: Attempt,
        proof: Result<Proof, Problem>,
    ) -> Option<Result<Proof, Problem>> {
        match (proof, attempt) {
            (Err(Problem::TokenDead), Attempt::First) if self.token_died(id) => None,
            (Err(Problem::CliqUnclear { status: FORBIDDEN }), Attempt::First) if self.can_renew(id) => None,
            (Err(Problem::TokenDead), Attempt::WithNewToken) => Some(Err(Problem::NewTokenDead)),
            (proof, _) => Some(proof),
        }
    }

    /// Marks an access token that Cliq refuses as expired, so that it is no longer handed out. True when a new one can
    /// be requested now.
    fn token_died(&mut self, id: ConnectionId) -> bool {
        let now = self.cx.now;
        let Some(connection) = self.cx.connection(id) else { return false };
        connection.grant.expires_at = connection.grant.expires_at.min(now);
        self.cx.changed();
        self.can_renew(id)
    }

    /// Whether Zoho may be asked for a new access token now.
    fn can_renew(&self, id: ConnectionId) -> bool {
        let connection = self.cx.connections.get(&id);
        connection.is_some_and(|c| c.grant.renews() && c.held_back(self.cx.now).is_none())
    }

    /// The account whose calls Cliq counts together.
    pub(super) fn account_of(&self, id: ConnectionId) -> String {
        let connection = self.cx.connections.get(&id);
        let email = connection.and_then(|c| Some((c.grant.region.as_str(), c.identity.as_ref()?.email.as_str())));
        email.map_or_else(|| id.0.to_string(), |(region, email)| format!("{region} {email}"))
    }
}
