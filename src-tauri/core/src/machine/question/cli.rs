//! Questions to the user on behalf of programs.

use crate::domain::connection::ConnectionId;

/// The question that an answer is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) enum CliQuestion {
    /// The switch on the connection's page.
    AllowScripts(ConnectionId),
    /// A program waits for the answer.
    ProgramAsks(ConnectionId, ProgramAct),
}

/// What the user has to allow a program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum ProgramAct {
    /// Reading a connection's access tokens, now and later.
    Read,
    /// Revoking a connection's tokens, this once.
    Revoke,
}
