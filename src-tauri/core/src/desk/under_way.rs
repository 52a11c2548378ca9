//! What is under way for a connection.

use crate::domain::connection::ConnectionId;

use super::outbox::{Question, Whose};
use super::turn::Turn;

impl Turn<'_> {
    /// Gives up what is under way for a connection: its tokens are about to be others, or none.
    pub(super) fn drop_work(&mut self, id: ConnectionId) {
        self.desk.outbox.forget(|question| match question {
            Question::Refresh(of) | Question::Test(of, _) | Question::Revoke(Whose::Connection(of), _) => *of == id,
            _ => false,
        });
        self.stop_probing(id);
        self.desk.probes.remove(&id);
        self.desk.busy.remove(&id);
    }
}
