//! Which checks are in flight or wait for a token, and what the reads showed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use zoho_oauth::scope::{Read, Scope};

use crate::domain::connection::{Connection, ConnectionId, Tested};
use crate::domain::standing::{Probed, ScopeProbe};
use crate::machine::question::Attempt;

use super::pace::Pace;

/// What the checks remember between events. None of it is saved.
#[derive(Debug, Default)]
pub(crate) struct ChecksState {
    testing: BTreeSet<ConnectionId>,
    /// Tests that wait for a new access token.
    waiting: BTreeMap<ConnectionId, Attempt>,
    pub(super) probes: BTreeMap<ConnectionId, Probes>,
    pub(super) pace: Pace,
}

/// The reads of one connection.
#[derive(Debug, Default)]
pub(super) struct Probes {
    /// Whether they wait for a new access token.
    pub(super) waiting: bool,
    pub(super) running: Option<Read>,
    pub(super) left: VecDeque<Read>,
    pub(super) found: BTreeMap<Read, Tested>,
    /// Whether the current token was fetched because Cliq refused the previous one.
    pub(super) attempt: Attempt,
}

impl ChecksState {
    /// Whether a test call is in flight.
    pub(crate) fn is_testing(&self, id: ConnectionId) -> bool {
        self.testing.contains(&id)
    }

    /// Whether a test waits for a new access token.
    pub(in crate::machine) fn waits_to_test(&self, id: ConnectionId) -> bool {
        self.waiting.contains_key(&id)
    }

    /// Whether permissions are being tried.
    pub(crate) fn is_probing(&self, id: ConnectionId) -> bool {
        self.probes
            .get(&id)
            .is_some_and(|p| p.running.is_some() || p.attempt == Attempt::WithNewToken && !p.left.is_empty())
    }

    /// What is known of each granted permission.
    pub(crate) fn scope_probes(&self, connection: &Connection) -> Vec<ScopeProbe> {
        let probes = self.probes.get(&connection.id);
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

    pub(super) fn test_begins(&mut self, id: ConnectionId) {
        self.testing.insert(id);
    }

    pub(super) fn test_ends(&mut self, id: ConnectionId) {
        self.testing.remove(&id);
    }

    pub(super) fn test_waits(&mut self, id: ConnectionId, attempt: Attempt) {
        self.waiting.insert(id, attempt);
    }

    pub(super) fn stops_waiting_to_test(&mut self, id: ConnectionId) -> Option<Attempt> {
        self.waiting.remove(&id)
    }

    /// The reads of a connection, which may have none yet.
    pub(super) fn probes_of(&mut self, id: ConnectionId) -> &mut Probes {
        self.probes.entry(id).or_default()
    }

    /// Ends the wait for a new access token; true when there was one.
    pub(super) fn stops_waiting_to_probe(&mut self, id: ConnectionId) -> bool {
        self.probes.get_mut(&id).is_some_and(|probes| std::mem::take(&mut probes.waiting))
    }

    pub(super) fn probes_nothing_more(&mut self, id: ConnectionId) {
        if let Some(probes) = self.probes.get_mut(&id) {
            probes.left.clear();
        }
    }

    pub(super) fn drop_all(&mut self, id: ConnectionId) {
        self.testing.remove(&id);
        self.waiting.remove(&id);
        self.probes.remove(&id);
    }
}
