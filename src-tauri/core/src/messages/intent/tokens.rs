//! Intents about refreshing tokens.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;

/// An intent about refreshing tokens.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum TokensIntent {
    /// Refresh its access token automatically, or only when a program or the user needs one.
    KeepFresh { id: ConnectionId, on: bool },
    /// Get a new access token now.
    Refresh { id: ConnectionId },
}
