//! The test call: one's own status at Cliq, which is harmless.
//!
//! Invariant: one test per connection at a time, and none more often than Cliq allows. A token that Cliq refuses is
//! refreshed once and the test repeated; a new one that is refused as well ends it. A refusal in unknown words is retried
//! in the same way, but does not count as a dead token.

use zoho_oauth::probe::{self, Proof};
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::OWN_STATUS;

use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{ConnectionId, Tested};
use crate::domain::problem::Problem;

use super::outbox::Question;
use super::refresh::Waiter;
use super::turn::Turn;

/// A refusal that may be the token's (RFC 9110 15.5.4); [`cliq`] reads 401 as a dead token.
const FORBIDDEN: u16 = 403;

/// Which try of a read it is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Attempt {
    /// With the token at hand.
    #[default]
    First,
    /// With one that was fetched because Cliq refused the one before.
    WithNewToken,
}

impl Turn<'_> {
    pub(super) fn test(&mut self, id: ConnectionId) {
        let now = self.now;
        let Some(connection) = self.connection(id) else { return };
        let locked = match connection.tested.as_ref().map(|t| &t.outcome) {
            Some(Err(Problem::CliqBusy { until })) => *until > now && *until <= now.plus(probe::CLIQ_LOCK),
            _ => false,
        };
        if locked || self.desk.busy.get(&id).is_some_and(|b| b.testing || b.revoking) {
            return;
        }
        if self.desk.needs_refresh(id, now) {
            self.refresh(id, Some(Waiter::Test(Attempt::First)));
        } else {
            self.test_now(id, Attempt::First);
        }
    }

    pub(super) fn test_now(&mut self, id: ConnectionId, attempt: Attempt) {
        let now = self.now;
        let account = self.desk.account_of(id);
        let region = self.desk.region_of(id).cloned().and_then(|region| {
            let barred = |until| Problem::CliqBusy { until };
            self.desk.pace.take(&account, OWN_STATUS, now).map(|()| region).map_err(barred)
        });
        let Some(connection) = self.connection(id) else { return };
        match region {
            Ok(region) => {
                let call = Request::own_status(&region, &connection.grant.access);
                self.desk.busy.entry(id).or_default().testing = true;
                self.send(Question::Test(id, attempt), call);
            }
            Err(problem) => {
                connection.tested = Some(Tested { at: now, outcome: Err(problem) });
            }
        }
    }

    pub(super) fn tested(&mut self, id: ConnectionId, attempt: Attempt, outcome: Outcome) {
        let (at, host) = (self.now, self.desk.region_of(id).map(|r| r.cliq.host().to_owned()).unwrap_or_default());
        if let Some(busy) = self.desk.busy.get_mut(&id) {
            busy.testing = false;
        }
        let proof = probe::read_proof(outcome, &host, at, OWN_STATUS.lock).map_err(Problem::from);
        if let Err(Problem::CliqBusy { until }) = &proof {
            let account = self.desk.account_of(id);
            self.desk.pace.bar(&account, OWN_STATUS, *until);
        }
        let Some(proof) = self.proved(id, attempt, proof) else {
            return self.refresh(id, Some(Waiter::Test(Attempt::WithNewToken)));
        };
        if let Some(connection) = self.connection(id) {
            connection.tested = Some(Tested { at, outcome: proof.clone() });
            let failed = |problem| Happened::Failed { act: Act::Test, problem };
            self.note(id, proof.map_or_else(failed, |proof| Happened::Tested { proof }));
        }
    }

    /// What a read proved; `None` where Cliq refused the token and another can be had, with which it is to be tried again.
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

    /// Cliq refuses an access token before its time: it is handed out no more. True when another can be had now.
    fn token_died(&mut self, id: ConnectionId) -> bool {
        let now = self.now;
        let Some(connection) = self.connection(id) else { return false };
        connection.grant.expires_at = connection.grant.expires_at.min(now);
        self.changed();
        self.can_renew(id)
    }

    /// Whether Zoho may be asked for a new access token now.
    fn can_renew(&self, id: ConnectionId) -> bool {
        let connection = self.desk.kept.connections.get(&id);
        connection.is_some_and(|c| c.grant.renews() && c.held_back(self.now).is_none())
    }
}
