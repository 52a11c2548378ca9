//! Which connections are to be refreshed, in the order of time, found without looking at each of them.
//!
//! Invariant: a place is what a look at the connection told when it was last touched. [`crate::domain::connections::Connections`] lets
//! nobody touch one unnoticed; a clock set back touches all, for what is seen from an earlier moment may differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::Moment;
use crate::domain::connection::ConnectionId;

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

#[cfg(test)]
mod tests;
