//! Which refreshes are in flight, and which are due.

use std::collections::BTreeSet;

use crate::domain::connection::ConnectionId;

use super::due::Due;

/// What the tokens machine remembers between events.
#[derive(Debug, Default)]
pub(crate) struct TokensState {
    refreshing: BTreeSet<ConnectionId>,
    pub(super) due: Due,
}

impl TokensState {
    /// Whether a connection's token is being renewed.
    pub(crate) fn is_refreshing(&self, id: ConnectionId) -> bool {
        self.refreshing.contains(&id)
    }

    /// Begins a refresh; false when one is in flight for this connection.
    pub(super) fn begins(&mut self, id: ConnectionId) -> bool {
        self.refreshing.insert(id)
    }

    /// Ends the refresh of this connection.
    pub(super) fn ends(&mut self, id: ConnectionId) {
        self.refreshing.remove(&id);
    }

    /// How many are in flight.
    pub(super) fn under_way(&self) -> usize {
        self.refreshing.len()
    }
}
