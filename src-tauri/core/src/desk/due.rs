//! Which connections are to be refreshed, in the order of time, found without looking at each of them.
//!
//! Invariant: a place is what a look at the connection told when it was last touched. [`Connections`] lets nobody touch
//! one unnoticed; a clock set back touches all, for what is seen from an earlier moment may differ.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use crate::Moment;
use crate::connection::{Connection, ConnectionId};

/// When each is due.
#[derive(Debug, Default)]
pub(super) struct Due {
    order: BTreeSet<(Moment, ConnectionId)>,
    places: BTreeMap<ConnectionId, Moment>,
}

impl Due {
    /// Gives a connection its place, or none.
    pub(super) fn place(&mut self, id: ConnectionId, at: Option<Moment>) {
        let before = match at {
            Some(at) => self.places.insert(id, at),
            None => self.places.remove(&id),
        };
        if let Some(before) = before.filter(|before| Some(*before) != at) {
            self.order.remove(&(before, id));
        }
        self.order.extend(at.map(|at| (at, id)));
    }

    /// Those that are due.
    pub(super) fn until(&self, now: Moment) -> impl Iterator<Item = ConnectionId> {
        self.order.range(..=(now, ConnectionId(u64::MAX))).map(|(_, id)| *id)
    }

    /// When the first is, or was.
    pub(super) fn first(&self) -> Option<Moment> {
        self.order.first().map(|(at, _)| *at)
    }

    /// When the first of those is that are not due yet.
    pub(super) fn first_after(&self, now: Moment) -> Option<Moment> {
        let after = (now, ConnectionId(u64::MAX));
        self.order.range(after..).map(|(at, _)| *at).find(|at| *at > now)
    }
}

/// The connections, by number; whoever changes one leaves its number behind.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    all: BTreeMap<ConnectionId, Connection>,
    touched: Vec<ConnectionId>,
}

impl Connections {
    pub(crate) fn get_mut(&mut self, id: ConnectionId) -> Option<&mut Connection> {
        self.touch(id);
        self.all.get_mut(&id)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Connection> {
        self.touched.extend(self.all.keys());
        self.all.values_mut()
    }

    pub(crate) fn insert(&mut self, id: ConnectionId, connection: Connection) {
        self.touch(id);
        self.all.insert(id, connection);
    }

    pub(crate) fn remove(&mut self, id: ConnectionId) -> Option<Connection> {
        self.touch(id);
        self.all.remove(&id)
    }

    /// Something else changed that its place depends on.
    pub(crate) fn touch(&mut self, id: ConnectionId) {
        if self.touched.last() != Some(&id) {
            self.touched.push(id);
        }
    }

    pub(crate) fn take_touched(&mut self) -> Vec<ConnectionId> {
        std::mem::take(&mut self.touched)
    }
}

impl From<BTreeMap<ConnectionId, Connection>> for Connections {
    fn from(all: BTreeMap<ConnectionId, Connection>) -> Self {
        Self { touched: all.keys().copied().collect(), all }
    }
}

impl Deref for Connections {
    type Target = BTreeMap<ConnectionId, Connection>;
    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

#[cfg(test)]
mod tests;
