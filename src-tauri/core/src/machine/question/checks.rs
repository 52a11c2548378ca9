//! The questions of the checks to Cliq.

use zoho_oauth::scope::Read;

use crate::domain::connection::ConnectionId;

/// The question that an answer is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) enum ChecksQuestion {
    /// The test call.
    Test(ConnectionId, Attempt),
    /// The read that a permission allows.
    Probe(ConnectionId, Read),
}

/// Which try of a read this is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::machine) enum Attempt {
    /// With the current token.
    #[default]
    First,
    /// With one that was fetched because Cliq refused the previous one.
    WithNewToken,
}
