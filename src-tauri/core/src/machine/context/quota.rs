//! Counting what Zoho's limits allow.
//!
//! Invariant: a request is counted before its answer is known, and taken back only where it brought nothing for certain.

use zoho_oauth::token_response::TokenResponse;

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::problem::Problem;
use crate::domain::quota::{ACCESS_TOKENS, ClientKey, ClientQuota, SignIn};

use super::Context;

impl Context<'_> {
    /// An exchange brought tokens.
    pub(in crate::machine) fn count_tokens(&mut self, client: &ClientKey, tokens: &TokenResponse) {
        self.count_issued(client, tokens.refresh.is_some());
    }

    /// An exchange brought tokens; `lasting` when a refresh token is among them.
    pub(in crate::machine) fn count_issued(&mut self, client: &ClientKey, lasting: bool) {
        let now = self.now;
        let counted = self.ledger.count(client);
        counted.access_token();
        if lasting {
            counted.refresh_token(now);
        }
        self.changed();
    }

    /// Counts an access token that Keyfob asks Zoho for.
    pub(in crate::machine) fn count_refresh(&mut self, id: ConnectionId) {
        let now = self.now;
        self.on_ledger(id, |connection, client| {
            connection.grant.spent.spend(ACCESS_TOKENS, now);
            client.access_token();
        });
    }

    /// None came; where that is not certain, as after a connection that `broke`, it counts as if one had.
    pub(in crate::machine) fn count_failed_refresh(&mut self, id: ConnectionId, problem: &Problem, broke: bool) {
        let now = self.now;
        self.on_ledger(id, |connection, client| {
            if broke || problem.may_have_taken_effect() {
                connection.grant.uncertain.spend(ACCESS_TOKENS, now);
            } else {
                connection.grant.spent.give_back();
                client.access_token_refused();
            }
            if *problem == Problem::GrantEnded {
                client.ended(connection.grant.since);
            }
        });
    }

    /// A refresh brought a refresh token in place of the old one.
    pub(in crate::machine) fn count_replacement(&mut self, id: ConnectionId) {
        self.on_ledger(id, |_, client| client.refresh_token_replaced());
    }

    fn on_ledger(&mut self, id: ConnectionId, count: impl FnOnce(&mut Connection, &mut ClientQuota)) {
        if let Some(connection) = self.connections.get_mut(id) {
            let client = self.ledger.count(&ClientKey::from(&connection.registration));
            count(connection, client);
        }
    }

    /// A sign-in is over at Zoho.
    pub(in crate::machine) fn count_ended(&mut self, sign_in: &SignIn) {
        self.ledger.ended(sign_in);
        self.changed();
    }
}
