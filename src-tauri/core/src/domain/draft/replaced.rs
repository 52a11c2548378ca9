//! The connection that a draft signs in again.

use zoho_oauth::client::ClientType;
use zoho_oauth::scope::Scopes;

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::connections::Connections;
use crate::domain::quota::ClientQuota;

use super::Draft;

impl Draft {
    /// The connection that the draft signs in again, while it exists.
    pub(crate) fn replaced<'a>(&self, connections: &'a Connections) -> Option<&'a Connection> {
        connections.get(&self.replaces?)
    }

    /// The scopes that the draft asks for and the connection was not granted.
    pub(crate) fn scopes_to_add(&self, connections: &Connections) -> Option<Scopes> {
        Some(self.replaced(connections)?.grant.scopes.missing(&self.ask().with_identity()))
    }

    /// How many refresh tokens Zoho keeps for the user that the draft signs in.
    pub(crate) fn refresh_tokens_kept(&self, connections: &Connections, client: &ClientQuota) -> u32 {
        client.kept_by(self.replaced(connections).and_then(|c| c.identity.as_ref()).map(|who| who.email.as_str()))
    }

    /// The connection to which the draft only adds permissions; `None` when Zoho does not offer that, or it was tried.
    pub(crate) fn only_adds_to<'a>(&self, connections: &'a Connections, now: Moment) -> Option<&'a Connection> {
        let connection = self.replaced(connections).filter(|_| !self.answers.asks_for_all && self.keep_access)?;
        let of = &connection.registration;
        let fits = self.client_type == ClientType::ServerBased
            && self.registration().is_some_and(|typed| typed.is_same(of))
            && of.client_type == self.client_type
            && of.region == connection.grant.region
            && of.secret_for(&of.region).is_some()
            && connection.grant.refresh.is_some()
            && connection.trouble.is_none()
            && connection.token_free_at(now).is_none()
            && self.gives_up(connection).is_empty()
            && self.scopes_to_add(connections).is_some_and(|added| !added.is_empty());
        fits.then_some(connection)
    }
}
