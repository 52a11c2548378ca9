//! What every machine may use during one event, besides its own state.

mod clipboard;
mod dialogs;
mod quota;

pub(crate) use clipboard::Clipboard;
pub(super) use clipboard::secrets_of;
pub(super) use dialogs::{Dialogs, server_of};

use zoho_oauth::region::{Region, Regions};
use zoho_oauth::request::Request;
use zoho_oauth::token_response::{GrantType, TokenQuery};

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::connections::Connections;
use crate::domain::custom_regions::region_at;
use crate::domain::problem::Problem;
use crate::domain::quota::Quotas;
use crate::formats::export::Holding;
use crate::messages::effect::{Effect, Ticket};

use super::fact::Fact;
use super::notices::Notices;
use super::outbox::{Asks, Outbox};

/// The time, the state that all machines share, and the outbox.
pub(super) struct Context<'a> {
    pub(super) now: Moment,
    pub(super) regions: &'a Regions,
    pub(super) connections: &'a mut Connections,
    pub(super) ledger: &'a mut Quotas,
    pub(super) notices: &'a mut Notices,
    pub(super) dialogs: &'a mut Dialogs,
    pub(super) clipboard: &'a mut Clipboard,
    pub(super) outbox: &'a mut Outbox,
}

impl Context<'_> {
    /// Emits an effect whose answer is for this question.
    pub(super) fn ask(&mut self, question: impl Asks, effect: impl FnOnce(Ticket) -> Effect) {
        self.outbox.ask(question, effect);
    }

    /// Sends a request to Zoho or Cliq.
    pub(super) fn send(&mut self, question: impl Asks, request: Request) {
        self.ask(question, |ticket| Effect::Send(ticket, request));
    }

    /// Emits an effect without an answer.
    pub(super) fn emit(&mut self, effect: Effect) {
        self.outbox.emit(effect);
    }

    /// Reports a fact to the router, which passes it on once this machine has returned.
    pub(super) fn report(&mut self, fact: Fact) {
        self.outbox.report(fact);
    }

    /// Marks the vault's content as changed; it is saved at the end of the event.
    pub(super) fn changed(&mut self) {
        self.outbox.mark_changed();
    }

    pub(super) fn connection(&mut self, id: ConnectionId) -> Option<&mut Connection> {
        self.connections.get_mut(id)
    }

    /// Adds an entry to a connection's activity.
    pub(super) fn note(&mut self, id: ConnectionId, what: Happened) {
        let now = self.now;
        if let Some(connection) = self.connection(id) {
            connection.activity.note(what, now);
            self.changed();
        }
    }

    /// The region of a connection's tokens; an error when it no longer has the addresses they were given for.
    pub(super) fn region_of(&self, id: ConnectionId) -> Result<&Region, Problem> {
        let grant = &self.connections.get(&id).ok_or(Problem::TokenDead)?.grant;
        region_at(self.regions, &grant.region, grant.origins.as_ref())
    }

    /// How to read the response to a refresh of this connection.
    pub(super) fn refresh_query(&self, id: ConnectionId) -> Option<TokenQuery> {
        let region = self.region_of(id).ok()?;
        let connection = self.connections.get(&id)?;
        let asked = if connection.grant.refresh.is_some() { GrantType::Refresh } else { GrantType::ClientCredentials };
        Some(TokenQuery::new(asked, region, &connection.registration.region))
    }

    /// The parts of a connection that can be handed out.
    pub(super) fn holding(&self, id: ConnectionId) -> Result<Holding<'_>, Problem> {
        let connection = self.connections.get(&id).ok_or(Problem::TokenDead)?;
        Ok(Holding {
            name: &connection.name,
            access: &connection.grant.access,
            refresh: connection.grant.refresh.as_ref(),
            client_id: &connection.registration.client_id,
            client_secret: connection.registration.secret_for(&connection.grant.region),
            region: self.region_of(id)?,
            zohos_own: self.regions.is_zohos_own(&connection.grant.region),
            scopes: &connection.grant.scopes,
            expires_at: connection.grant.expires_at,
        })
    }
}
