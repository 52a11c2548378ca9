//! Counting what is spent of Zoho's limits.
//!
//! Invariant: a request is counted before its result is known, and taken back only when it certainly had no effect.

use zoho_oauth::token_response::TokenResponse;

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::problem::Problem;
use crate::domain::quota::{ACCESS_TOKENS, ClientKey, ClientQuota, CountedSignIn};

use super::Context;

impl Context<'_> {
    /// Counts the tokens of an exchange.
    pub(in crate::machine) fn count_tokens(&mut self, client: &ClientKey, tokens: &TokenResponse) {
        self.count_issued(client, tokens.refresh.is_some());
    }

    /// Counts the tokens of an exchange; `lasting` when a refresh token is among them.
    pub(in crate::machine) fn count_issued(&mut self, client: &ClientKey, lasting: bool) {
        let now = self.now;
        let counted = self.ledger.count(client);
        counted.access_token();
        if lasting {
            counted.refresh_token(now);
        }
        self.changed();
    }

    /// Counts an access token that Keyfob requests from Zoho.
    pub(in crate::machine) fn count_refresh(&mut self, id: ConnectionId) {
        let now = self.now;
        self.on_ledger(id, |connection, client| {
            connection.grant.spent.spend(ACCESS_TOKENS, now);
            client.access_token();
        });
    }

    /// Takes back a failed request, unless Zoho may have issued a token, as after a connection that `broke`.
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

    /// Counts a refresh token that replaces the old one.
    pub(in crate::machine) fn count_replacement(&mut self, id: ConnectionId) {
        self.on_ledger(id, |_, client| client.refresh_token_replaced());
    }

    fn on_ledger(&mut self, id: ConnectionId, count: impl FnOnce(&mut Connection, &mut ClientQuota)) {
        if let Some(connection) = self.connections.get_mut(id) {
            let client = self.ledger.count(&ClientKey::from(&connection.registration));
            count(connection, client);
        }
    }

    /// Counts a sign-in that has ended at Zoho.
    pub(in crate::machine) fn count_ended(&mut self, sign_in: &CountedSignIn) {
        self.ledger.ended(sign_in);
        self.changed();
    }
}
