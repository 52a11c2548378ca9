//! The questions of the revoke machine to Zoho and the user.

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// The question that an answer is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) enum RevokeQuestion {
    Revoke(Whose, RevokePath),
    /// Whether to forget tokens that still work at Zoho.
    ConfirmForget(Whose),
}

/// Which token is being revoked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum Whose {
    /// That of a connection, which keeps its card until Zoho has answered.
    Connection(ConnectionId),
    /// That of a queued revocation.
    Queued(RevocationId),
}

/// Which of Zoho's two revocation paths was asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum RevokePath {
    Newer,
    Older,
}
