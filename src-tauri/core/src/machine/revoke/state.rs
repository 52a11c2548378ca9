//! Which revocations are in flight.

use std::collections::BTreeSet;

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// What the revoke machine remembers between events.
#[derive(Debug, Default)]
pub(crate) struct RevokeState {
    /// Connections whose tokens are being revoked.
    pub(in crate::machine) under_way: BTreeSet<ConnectionId>,
    /// Queued revocations that were sent to Zoho.
    pub(super) sent: BTreeSet<RevocationId>,
}

impl RevokeState {
    /// Whether a connection's tokens are being revoked.
    pub(crate) fn is_under_way(&self, id: ConnectionId) -> bool {
        self.under_way.contains(&id)
    }

    /// Whether a queued revocation has been sent and not answered.
    pub(crate) fn is_sent(&self, id: RevocationId) -> bool {
        self.sent.contains(&id)
    }
}
