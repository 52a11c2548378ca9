//! What the vault holds.

use std::collections::BTreeMap;

use crate::domain::connections::Connections;
use crate::domain::draft::Draft;
use crate::domain::quota::Quotas;
use crate::domain::revocation::{Revocation, RevocationId};
use crate::domain::settings::Settings;

/// What the vault holds.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// By number.
    pub(crate) connections: Connections,
    /// The last number that a connection or a revocation got.
    pub(crate) numbers: Numbers,
    /// Tokens that are to end at Zoho and wait for its answer.
    pub(crate) revocations: BTreeMap<RevocationId, Revocation>,
    /// The wizard's draft.
    pub(crate) draft: Option<Draft>,
    /// What was spent of Zoho's limits.
    pub(crate) ledger: Quotas,
    /// Drafts laid aside while another is in hand, the last one last.
    pub(crate) shelved: Vec<Draft>,
    /// What the user chose for Keyfob as a whole.
    pub(crate) settings: Settings,
}

/// The numbers of connections and revocations: each is given once.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Numbers {
    /// The last one that was given.
    pub(crate) last: u64,
}

impl Numbers {
    /// The next one.
    pub(crate) fn give(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}
