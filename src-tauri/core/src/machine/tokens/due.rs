//! The connections to refresh, ordered by due time, found without a scan of all of them.
//!
//! Invariant: a place is the due time as of the connection's last change. [`crate::domain::connections::Connections`]
//! records every change; a clock that was set back marks all as changed, since due times depend on the current moment.

use std::collections::{BTreeMap, BTreeSet};

use crate::Moment;
use crate::domain::connection::ConnectionId;

/// The due time of each connection.
#[derive(Debug, Default)]
pub(super) struct Due {
    order: BTreeSet<(Moment, ConnectionId)>,
    places: BTreeMap<ConnectionId, Moment>,
}

impl Due {
    /// Gives a connection its place in the order, or none.
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

    /// The connections that are due.
    pub(super) fn until(&self, now: Moment) -> impl Iterator<Item = ConnectionId> {
        self.order.range(..=(now, ConnectionId(u64::MAX))).map(|(_, id)| *id)
    }

    /// The earliest due time, which may be past.
    pub(super) fn first(&self) -> Option<Moment> {
        self.order.first().map(|(at, _)| *at)
    }

    /// The earliest due time after now.
    pub(super) fn first_after(&self, now: Moment) -> Option<Moment> {
        let after = (now, ConnectionId(u64::MAX));
        self.order.range(after..).map(|(at, _)| *at).find(|at| *at > now)
    }
}

#[cfg(test)]
mod tests;
