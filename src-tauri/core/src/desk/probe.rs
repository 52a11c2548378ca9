//! What each granted permission is worth: one harmless read for it, on request.
//!
//! Invariant: one read after the other, none more often than Cliq allows, and a token that Cliq does not take ends the
//! rest. What was found holds for this run; the vault keeps nothing of it.

use std::collections::{BTreeMap, VecDeque};

use zoho_oauth::probe;
use zoho_oauth::request::{Outcome, Request};
use zoho_oauth::scope::{Read, Scope};

use crate::domain::connection::{ConnectionId, Tested};
use crate::domain::problem::{Class, Problem};
use crate::domain::standing::{Probed, ScopeProbe};

use super::Desk;
use super::outbox::Question;
use super::refresh::Waiter;
use super::testing::Attempt;
use super::turn::Turn;

/// The reads of one connection.
#[derive(Debug, Default)]
pub(super) struct Probes {
    running: Option<Read>,
    left: VecDeque<Read>,
    found: BTreeMap<Read, Tested>,
    /// Whether the token at hand is one that was fetched because Cliq refused the one before.
    attempt: Attempt,
}

impl Turn<'_> {
    /// Tries every granted permission that has a harmless read.
    pub(super) fn probe_scopes(&mut self, id: ConnectionId) {
        if self.desk.is_being_revoked(id) || self.desk.is_probing(id) {
            return;
        }
        self.desk.probes.entry(id).or_default().attempt = Attempt::First;
        if self.desk.needs_refresh(id, self.now) {
            self.refresh(id, Some(Waiter::Probe));
        } else if self.desk.has_ended(id, self.now) {
            self.desk.notices.trouble(Problem::NoRefreshToken);
        } else {
            self.probe_now(id);
        }
    }

    pub(super) fn probe_now(&mut self, id: ConnectionId) {
        let Some(connection) = self.desk.kept.connections.get(&id) else {
            return;
        };
        if self.desk.probes.get(&id).is_some_and(|p| p.attempt == Attempt::WithNewToken) {
            return self.probe_next(id);
        }
        let mut reads: Vec<Read> = Vec::new();
        for read in connection.grant.scopes.iter().filter_map(Scope::read) {
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        self.desk.probes.entry(id).or_default().left = reads.into();
        self.probe_next(id);
    }

    fn probe_next(&mut self, id: ConnectionId) {
        let now = self.now;
        let account = self.desk.account_of(id);
        while let Some(read) = self.desk.probes.get_mut(&id).and_then(|p| p.left.pop_front()) {
            let call = match self.probe_call(id, read) {
                Ok(call) => call,
                Err(problem) => return self.probe_found(id, read, Err(problem)),
            };
            match self.desk.pace.take(&account, read, now) {
                Ok(()) => {
                    self.desk.probes.entry(id).or_default().running = Some(read);
                    return self.send(Question::Probe(id, read), call);
                }
                Err(until) => self.probe_found(id, read, Err(Problem::CliqBusy { until })),
            }
        }
    }

    fn probe_call(&self, id: ConnectionId, read: Read) -> Result<Request, Problem> {
        let connection = self.desk.kept.connections.get(&id).ok_or(Problem::TokenDead)?;
        Ok(Request::read(self.desk.region_of(id)?, &connection.grant.access, read))
    }

    pub(super) fn probed(&mut self, id: ConnectionId, read: Read, outcome: Outcome) {
        let host = |origin: &zoho_oauth::region::Origin| origin.host().to_owned();
        let region = self.desk.region_of(id).ok();
        let host = region.map(|r| host(if read.of_account { &r.accounts } else { &r.cliq })).unwrap_or_default();
        let proof = probe::read_proof(outcome, &host, self.now, read.lock).map_err(Problem::from);
        if let Err(Problem::CliqBusy { until }) = &proof {
            let account = self.desk.account_of(id);
            self.desk.pace.bar(&account, read, *until);
        }
        let attempt = self.desk.probes.get(&id).map(|p| p.attempt).unwrap_or_default();
        let Some(proof) = self.proved(id, attempt, proof) else {
            let probes = self.desk.probes.entry(id).or_default();
            (probes.running, probes.attempt) = (None, Attempt::WithNewToken);
            probes.left.push_front(read);
            return self.refresh(id, Some(Waiter::Probe));
        };
        self.probe_found(id, read, proof);
        self.probe_next(id);
    }

    fn probe_found(&mut self, id: ConnectionId, read: Read, outcome: Result<probe::Proof, Problem>) {
        let Some(probes) = self.desk.probes.get_mut(&id) else {
            return;
        };
        if outcome.as_ref().is_err_and(ends_the_rest) {
            probes.left.clear();
        }
        probes.running = None;
        probes.found.insert(read, Tested { at: self.now, outcome });
    }

    /// The token at hand is refused and no other came.
    pub(super) fn probes_wait_in_vain(&mut self, id: ConnectionId) {
        if let Some(probes) = self.desk.probes.get_mut(&id) {
            probes.left.clear();
        }
    }

    /// What was found so far stays.
    pub(super) fn stop_probing(&mut self, id: ConnectionId) {
        self.desk.outbox.forget(|q| matches!(q, Question::Probe(of, _) if *of == id));
        self.forget_waiting_probe(id);
        if let Some(probes) = self.desk.probes.get_mut(&id) {
            (probes.running, probes.left) = (None, VecDeque::new());
        }
    }
}

/// The next read would fail in the same way.
fn ends_the_rest(problem: &Problem) -> bool {
    match problem.class() {
        Class::Transport | Class::Intercepted | Class::Local => true,
        Class::Refused => matches!(problem, Problem::TokenDead | Problem::NewTokenDead),
        Class::Server | Class::RateLimited | Class::Unclear => false,
    }
}

impl Desk {
    pub(crate) fn is_probing(&self, id: ConnectionId) -> bool {
        self.probes
            .get(&id)
            .is_some_and(|p| p.running.is_some() || p.attempt == Attempt::WithNewToken && !p.left.is_empty())
    }

    /// Whose calls Cliq counts together.
    pub(super) fn account_of(&self, id: ConnectionId) -> String {
        let connection = self.kept.connections.get(&id);
        let email = connection.and_then(|c| Some((c.grant.region.as_str(), c.identity.as_ref()?.email.as_str())));
        email.map_or_else(|| id.0.to_string(), |(region, email)| format!("{region} {email}"))
    }

    /// What is known of each granted permission.
    pub(crate) fn scope_probes(&self, id: ConnectionId) -> Vec<ScopeProbe> {
        let Some(connection) = self.kept.connections.get(&id) else {
            return Vec::new();
        };
        let probes = self.probes.get(&id);
        let standing = |scope: &Scope| match (scope.read(), probes) {
            (None, _) => Probed::NoRead,
            (Some(read), Some(p)) if p.running == Some(read) => Probed::Running,
            (Some(read), Some(p)) if p.left.contains(&read) => Probed::Waiting,
            (Some(read), probes) => probes
                .and_then(|p| p.found.get(&read))
                .map_or(Probed::NotYet, |tested| Probed::Told { result: tested.into() }),
        };
        let probe = |scope: &Scope| ScopeProbe { scope: scope.clone(), probed: standing(scope) };
        connection.grant.scopes.iter().map(probe).collect()
    }
}
