//! The test call: a harmless read of the user's own status at Cliq. One per connection at a time.

use zoho_oauth::probe;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::OWN_STATUS;

use crate::domain::activity::{Act, Happened};
use crate::domain::connection::{ConnectionId, Tested};
use crate::domain::problem::Problem;
use crate::machine::fact::Fact;
use crate::machine::question::{Attempt, ChecksQuestion};

use super::Checks;

impl Checks<'_> {
    /// Makes the test call, with a new access token when the current one is about to expire.
    pub(in crate::machine) fn test(&mut self, id: ConnectionId) {
        let now = self.cx.now;
        let Some(connection) = self.cx.connections.get(&id) else { return };
        let locked = match connection.tested.as_ref().map(|t| &t.outcome) {
            Some(Err(Problem::CliqBusy { until })) => *until > now && *until <= now.plus(probe::CLIQ_LOCK),
            _ => false,
        };
        let busy = self.state.is_testing(id) || self.state.waits_to_test(id) || self.revoking.is_under_way(id);
        if locked || busy {
            return;
        }
        if connection.grant.needs_renewal(now) {
            self.test_with_new_token(id, Attempt::First);
        } else {
            self.test_now(id, Attempt::First);
        }
    }

    fn test_with_new_token(&mut self, id: ConnectionId, attempt: Attempt) {
        self.state.test_waits(id, attempt);
        self.cx.report(Fact::TokenWanted(id));
    }

    pub(super) fn test_now(&mut self, id: ConnectionId, attempt: Attempt) {
        let now = self.cx.now;
        let account = self.account_of(id);
        let region = self.cx.region_of(id).cloned().and_then(|region| {
            let barred = |until| Problem::CliqBusy { until };
            self.state.pace.take(&account, OWN_STATUS, now).map(|()| region).map_err(barred)
        });
        let Some(connection) = self.cx.connection(id) else { return };
        match region {
            Ok(region) => {
                let request = Request::own_status(&region, &connection.grant.access);
                self.state.test_begins(id);
                self.cx.send(ChecksQuestion::Test(id, attempt), request);
            }
            Err(problem) => connection.tested = Some(Tested { at: now, outcome: Err(problem) }),
        }
    }

    pub(super) fn tested(&mut self, id: ConnectionId, attempt: Attempt, outcome: Outcome) {
        let (at, host) = (self.cx.now, self.cx.region_of(id).map(|r| r.cliq.host().to_owned()).unwrap_or_default());
        self.state.test_ends(id);
        let proof = probe::read_proof(outcome, &host, at, OWN_STATUS.lock).map_err(Problem::from);
        if let Err(Problem::CliqBusy { until }) = &proof {
            let account = self.account_of(id);
            self.state.pace.bar(&account, OWN_STATUS, *until);
        }
        let Some(proof) = self.proved(id, attempt, proof) else {
            return self.test_with_new_token(id, Attempt::WithNewToken);
        };
        if let Some(connection) = self.cx.connection(id) {
            connection.tested = Some(Tested { at, outcome: proof.clone() });
            let failed = |problem| Happened::Failed { act: Act::Test, problem };
            self.cx.note(id, proof.map_or_else(failed, |proof| Happened::Tested { proof }));
        }
    }
}
