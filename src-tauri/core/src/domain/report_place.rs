//! Where a problem is shown that a report is wanted of.

use serde::{Deserialize, Serialize};

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// Where the problem is shown that a report is wanted of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "place", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ReportAbout {
    /// In place of the window's other screens: the vault is not open.
    Vault,
    /// In a notice.
    Notice { notice: u32 },
    /// In the form for a region of one's own.
    RegionForm,
    /// Where the draft is approved, before, while and after the browser is open.
    Approval,
    /// Where it is asked whose the candidate's token is.
    Identity,
    /// Where the candidate's test call is shown.
    Proof,
    /// Among what is to be known before the candidate is kept; counted from nothing.
    Note { nth: u32 },
    /// Where the candidate could not be saved.
    Saving,
    /// On a connection's page: what keeps it from working.
    Connection { id: ConnectionId },
    /// On a connection's page: its last test call.
    Test { id: ConnectionId },
    /// On a connection's page: why its live file was not written.
    LiveFile { id: ConnectionId },
    /// In the list of tokens that are to end at Zoho.
    Revocation { revocation: RevocationId },
    /// In the dialog of a connection that is being handed over.
    Handover,
    /// In the dialog of what a file offers.
    Offer,
}
