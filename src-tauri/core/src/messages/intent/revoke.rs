//! Intents about revoking tokens.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// An intent about revoking tokens.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum RevokeIntent {
    /// Revoke the tokens at Zoho first, then delete the connection here.
    RevokeAndDelete { id: ConnectionId },
    /// Delete the connection here only, after a failed revocation; the user confirms it.
    DeleteHere { id: ConnectionId },
    /// Delete the connection now, and revoke its tokens as soon as Zoho answers.
    RevokeLater { id: ConnectionId },
    /// Send a queued revocation now.
    RevokeNow { revocation: RevocationId },
    /// Forget a queued revocation without Zoho's answer; the user confirms it.
    ForgetRevocation { revocation: RevocationId },
}
