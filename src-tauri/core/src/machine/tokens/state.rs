//! Which refreshes are under way, and which are due.

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

    /// A refresh begins; false when one is under way for this connection.
    pub(super) fn begins(&mut self, id: ConnectionId) -> bool {
        self.refreshing.insert(id)
    }

    /// No refresh is under way for this connection any more.
    pub(super) fn ends(&mut self, id: ConnectionId) {
        self.refreshing.remove(&id);
    }

    /// How many are under way.
    pub(super) fn under_way(&self) -> usize {
        self.refreshing.len()
    }
}
