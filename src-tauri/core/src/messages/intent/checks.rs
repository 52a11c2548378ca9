//! Which harmless reads the user asks for.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;

/// Which harmless reads the user asks for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ChecksIntent {
    /// A harmless Cliq call.
    Test { id: ConnectionId },
    /// One harmless call for each permission that has one.
    ProbeScopes { id: ConnectionId },
    /// No more of them.
    StopProbing { id: ConnectionId },
}
