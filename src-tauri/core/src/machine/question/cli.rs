//! Questions to the user on behalf of programs.

use crate::domain::connection::ConnectionId;

/// What an answer is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) enum CliQuestion {
    /// The switch on the connection's page.
    AllowScripts(ConnectionId),
    /// A program waits for it.
    ProgramAsks(ConnectionId, ProgramAct),
}

/// What a program needs the user's word for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum ProgramAct {
    /// Its tokens, now and later.
    Read,
    /// The end of its tokens, this once.
    Revoke,
}
