//! What the tokens machine asks of the world.

use crate::domain::connection::ConnectionId;

/// What an answer is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum TokensQuestion {
    /// A new access token of this connection.
    Refresh(ConnectionId),
}
