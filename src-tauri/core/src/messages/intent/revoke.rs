//! Which tokens the user asks to be ended.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// Which tokens the user asks to be ended.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum RevokeIntent {
    /// At Zoho first, then here.
    RevokeAndDelete { id: ConnectionId },
    /// Here only, after Zoho did not answer; the user confirms it.
    DeleteHere { id: ConnectionId },
    /// Off the cards now, at Zoho as soon as it answers.
    RevokeLater { id: ConnectionId },
    /// Ask Zoho now about one that waits.
    RevokeNow { revocation: RevocationId },
    /// Forget one that waits, without Zoho's answer; the user confirms it.
    ForgetRevocation { revocation: RevocationId },
}
