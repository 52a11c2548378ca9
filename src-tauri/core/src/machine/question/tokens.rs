//! The questions of the tokens machine to Zoho.

use crate::domain::connection::ConnectionId;

/// The question that an answer is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum TokensQuestion {
    /// A new access token of this connection.
    Refresh(ConnectionId),
}
