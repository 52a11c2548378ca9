//! The place of the problem that a report is about.

use serde::{Deserialize, Serialize};

use crate::domain::connection::ConnectionId;
use crate::domain::revocation::RevocationId;

/// The place of the problem that a report is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "place", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ReportAbout {
    /// The screen that is shown while the vault is not open.
    Vault,
    /// In a notice.
    Notice { notice: u32 },
    /// In the form that adds a region.
    RegionForm,
    /// In the draft's approval step, before, while and after the browser is open.
    Approval,
    /// In the lookup of the candidate's account.
    Identity,
    /// In the candidate's test call.
    Proof,
    /// In the notes on the candidate; counted from zero.
    Note { nth: u32 },
    /// In the saving of the candidate.
    Saving,
    /// On a connection's page: why it does not work.
    Connection { id: ConnectionId },
    /// On a connection's page: its last test call.
    Test { id: ConnectionId },
    /// On a connection's page: why its live file was not written.
    LiveFile { id: ConnectionId },
    /// In the list of pending revocations.
    Revocation { revocation: RevocationId },
    /// In the dialog that hands over a connection.
    Handover,
    /// In the dialog of an offer.
    Offer,
}
