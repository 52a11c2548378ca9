//! Harmless reads that show whether an access token works: the test call, and one read for each permission.
//!
//! Invariant: no read is made more often than Cliq allows. A token that Cliq refuses is refreshed once and the read
//! repeated; when Cliq refuses the new one too, the read fails. A refusal with an unknown error is retried in the same
//! way, but does not count as a dead token.

mod intents;
mod pace;
mod probe;
mod refused;
mod state;
mod test;

use zoho_oauth::request::Outcome;

use crate::domain::connection::ConnectionId;

use super::context::Context;
use super::question::ChecksQuestion;
use super::revoke::RevokeState;
pub(crate) use state::ChecksState;

/// The machine that tests tokens at Cliq.
pub(super) struct Checks<'a> {
    pub(super) state: &'a mut ChecksState,
    /// Connections whose tokens are being revoked: they are not tested.
    pub(super) revoking: &'a RevokeState,
    pub(super) cx: Context<'a>,
}

impl Checks<'_> {
    pub(super) fn answer(&mut self, question: ChecksQuestion, outcome: Outcome) {
        match question {
            ChecksQuestion::Test(id, attempt) => self.tested(id, attempt, outcome),
            ChecksQuestion::Probe(id, read) => self.probed(id, read, outcome),
        }
    }

    /// Runs the checks that waited for this connection's new access token.
    pub(super) fn has_new_token(&mut self, id: ConnectionId) {
        if let Some(attempt) = self.state.stops_waiting_to_test(id) {
            self.test_now(id, attempt);
        }
        if self.state.stops_waiting_to_probe(id) {
            self.probe_now(id);
        }
    }

    /// Drops the checks that waited for a new access token; true when one did.
    pub(super) fn has_no_new_token(&mut self, id: ConnectionId) -> bool {
        let tests = self.state.stops_waiting_to_test(id).is_some();
        let probes = self.state.stops_waiting_to_probe(id);
        if probes {
            self.state.probes_nothing_more(id);
        }
        tests || probes
    }

    /// Drops all checks of a connection whose tokens are being replaced or removed.
    pub(super) fn drop_checks(&mut self, id: ConnectionId) {
        self.cx.outbox.forget(|(ChecksQuestion::Test(of, _) | ChecksQuestion::Probe(of, _))| *of == id);
        self.state.drop_all(id);
    }
}
