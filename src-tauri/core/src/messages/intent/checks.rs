//! Intents about the harmless reads.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;

/// An intent about the harmless reads.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ChecksIntent {
    /// Make the harmless test call.
    Test { id: ConnectionId },
    /// Make one harmless read for each permission that has one.
    ProbeScopes { id: ConnectionId },
    /// Stop these reads.
    StopProbing { id: ConnectionId },
}
