//! All connections. Every change to one records its number, so that whatever depends on it is checked again.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::domain::connection::{Connection, ConnectionId};

/// The connections, by number. Every change to one records its number.
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

    /// Records that something else changed on which the connection's schedule depends.
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
