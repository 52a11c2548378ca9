//! Tries each granted permission with one harmless read, on request. One read follows the other; a token that Cliq
//! refuses ends the rest.

use zoho_oauth::probe;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::{Read, Scope};

use crate::domain::connection::{ConnectionId, Tested};
use crate::domain::problem::{Class, Problem};
use crate::machine::fact::Fact;
use crate::machine::question::{Attempt, ChecksQuestion};

use super::Checks;

impl Checks<'_> {
    /// Tries every granted permission that has a harmless read.
    pub(in crate::machine) fn probe_scopes(&mut self, id: ConnectionId) {
        if self.revoking.is_under_way(id) || self.state.is_probing(id) {
            return;
        }
        let Some(grant) = self.cx.connections.get(&id).map(|c| &c.grant) else { return };
        let (needs_renewal, has_expired) = (grant.needs_renewal(self.cx.now), grant.has_ended(self.cx.now));
        self.state.probes_of(id).attempt = Attempt::First;
        if needs_renewal {
            self.probe_with_new_token(id);
        } else if has_expired {
            self.cx.notices.trouble(Problem::NoRefreshToken);
        } else {
            self.probe_now(id);
        }
    }

    fn probe_with_new_token(&mut self, id: ConnectionId) {
        self.state.probes_of(id).waiting = true;
        self.cx.report(Fact::TokenWanted(id));
    }

    pub(super) fn probe_now(&mut self, id: ConnectionId) {
        let Some(connection) = self.cx.connections.get(&id) else { return };
        let probes = self.state.probes_of(id);
        if probes.attempt == Attempt::First {
            probes.left.clear();
            for read in connection.grant.scopes.iter().filter_map(Scope::read) {
                if !probes.left.contains(&read) {
                    probes.left.push_back(read);
                }
            }
        }
        self.probe_next(id);
    }

    fn probe_next(&mut self, id: ConnectionId) {
        let now = self.cx.now;
        let account = self.account_of(id);
        while let Some(read) = self.state.probes.get_mut(&id).and_then(|p| p.left.pop_front()) {
            let request = match self.probe_request(id, read) {
                Ok(request) => request,
                Err(problem) => return self.probe_found(id, read, Err(problem)),
            };
            match self.state.pace.take(&account, read, now) {
                Ok(()) => {
                    self.state.probes_of(id).running = Some(read);
                    return self.cx.send(ChecksQuestion::Probe(id, read), request);
                }
                Err(until) => self.probe_found(id, read, Err(Problem::CliqBusy { until })),
            }
        }
    }

    fn probe_request(&self, id: ConnectionId, read: Read) -> Result<Request, Problem> {
        let connection = self.cx.connections.get(&id).ok_or(Problem::TokenDead)?;
        Ok(Request::read(self.cx.region_of(id)?, &connection.grant.access, read))
    }

    pub(super) fn probed(&mut self, id: ConnectionId, read: Read, outcome: Outcome) {
        let host = |origin: &zoho_oauth::region::Origin| origin.host().to_owned();
        let region = self.cx.region_of(id).ok();
        let host = region.map(|r| host(if read.of_account { &r.accounts } else { &r.cliq })).unwrap_or_default();
        let proof = probe::read_proof(outcome, &host, self.cx.now, read.lock).map_err(Problem::from);
        if let Err(Problem::CliqBusy { until }) = &proof {
            let account = self.account_of(id);
            self.state.pace.bar(&account, read, *until);
        }
        let attempt = self.state.probes.get(&id).map(|p| p.attempt).unwrap_or_default();
        let Some(proof) = self.proved(id, attempt, proof) else {
            let probes = self.state.probes_of(id);
            (probes.running, probes.attempt) = (None, Attempt::WithNewToken);
            probes.left.push_front(read);
            return self.probe_with_new_token(id);
        };
        self.probe_found(id, read, proof);
        self.probe_next(id);
    }

    fn probe_found(&mut self, id: ConnectionId, read: Read, outcome: Result<probe::Proof, Problem>) {
        let Some(probes) = self.state.probes.get_mut(&id) else { return };
        if outcome.as_ref().is_err_and(ends_the_rest) {
            probes.left.clear();
        }
        probes.running = None;
        probes.found.insert(read, Tested { at: self.cx.now, outcome });
    }

    /// Stops the reads; the results so far stay.
    pub(in crate::machine) fn stop_probing(&mut self, id: ConnectionId) {
        self.cx.outbox.forget(|q| matches!(q, ChecksQuestion::Probe(of, _) if *of == id));
        if let Some(probes) = self.state.probes.get_mut(&id) {
            (probes.waiting, probes.running) = (false, None);
            probes.left.clear();
        }
    }
}

/// Whether the next read would fail in the same way.
fn ends_the_rest(problem: &Problem) -> bool {
    match problem.class() {
        Class::Transport | Class::Intercepted | Class::Local => true,
        Class::Refused => matches!(problem, Problem::TokenDead | Problem::NewTokenDead),
        Class::Server | Class::RateLimited | Class::Unclear => false,
    }
}
