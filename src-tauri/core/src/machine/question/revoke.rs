//! What the revoke machine asks of Zoho and of the user.

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// What an answer is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) enum RevokeQuestion {
    Revoke(Whose, RevokePath),
    /// Whether tokens may be forgotten that still work at Zoho.
    ConfirmForget(Whose),
}

/// Whose token is being revoked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum Whose {
    /// On its card until Zoho has answered.
    Connection(ConnectionId),
    /// On the list of those that wait.
    Queued(RevocationId),
}

/// Which of Zoho's two revocation paths was asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::machine) enum RevokePath {
    Newer,
    Older,
}
