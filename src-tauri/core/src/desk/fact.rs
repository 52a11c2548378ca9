//! What a machine reports of its work, for others to act on. It does not know who they are.

use crate::domain::connection::ConnectionId;

use super::refresh::Waiter;

/// What happened.
#[derive(Debug)]
pub(super) enum Fact {
    /// A connection has a new access token, which these waited for.
    Renewed(ConnectionId, Vec<Waiter>),
    /// A connection got none, though these waited for one.
    NotRenewed(ConnectionId, Vec<Waiter>),
}
