//! What a machine reports of its work, for others to act on. It does not know who they are.

use zoho_oauth::token_response::Ended;

use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;
use crate::domain::revocation::Doomed;

use super::refresh::Waiter;

/// What happened.
#[derive(Debug)]
pub(super) enum Fact {
    /// A connection has a new access token, which these waited for.
    Renewed(ConnectionId, Vec<Waiter>),
    /// A connection got none, though these waited for one.
    NotRenewed(ConnectionId, Vec<Waiter>),
    /// Tokens came that nobody keeps; the name is for the list of those that are to end.
    Unkept { name: String, what: Doomed },
    /// Zoho ended the tokens of a connection, which is gone.
    Revoked(ConnectionId, Ended),
    /// It did not.
    NotRevoked { id: ConnectionId, problem: Problem, needs_you: bool },
}
