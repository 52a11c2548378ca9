//! The content of the vault.

use std::collections::BTreeMap;

use crate::domain::connections::Connections;
use crate::domain::draft::Draft;
use crate::domain::quota::Quotas;
use crate::domain::revocation::{Revocation, RevocationId};
use crate::domain::settings::Settings;

/// The content of the vault.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// The connections, by number.
    pub(crate) connections: Connections,
    /// The last number given to a connection or a revocation.
    pub(crate) numbers: Numbers,
    /// The pending revocations of tokens.
    pub(crate) revocations: BTreeMap<RevocationId, Revocation>,
    /// The wizard's draft.
    pub(crate) draft: Option<Draft>,
    /// The counts against Zoho's limits.
    pub(crate) ledger: Quotas,
    /// Drafts set aside while another is open, the most recent last.
    pub(crate) shelved: Vec<Draft>,
    /// The user's settings for Keyfob as a whole.
    pub(crate) settings: Settings,
}

/// The numbers of connections and revocations: each is given only once.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Numbers {
    /// The last number given.
    pub(crate) last: u64,
}

impl Numbers {
    /// Gives the next number.
    pub(crate) fn give(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}
