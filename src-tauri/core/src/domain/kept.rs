//! What the vault holds.

use std::collections::BTreeMap;

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::connections::Connections;
use crate::domain::draft::Draft;
use crate::domain::quota::Ledger;
use crate::domain::revocation::{Revocation, RevocationId};
use crate::domain::settings::Settings;
use zoho_oauth::scope::Scopes;

/// What the vault holds.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// By number.
    pub(crate) connections: Connections,
    /// The next connection's number.
    pub(crate) next_id: u64,
    /// Tokens that are to end at Zoho and wait for its answer.
    pub(crate) revocations: BTreeMap<RevocationId, Revocation>,
    /// The wizard's draft.
    pub(crate) draft: Option<Draft>,
    /// What was spent of Zoho's limits.
    pub(crate) ledger: Ledger,
    /// Drafts laid aside while another is in hand, the last one last.
    pub(crate) shelved: Vec<Draft>,
    /// What a person chose for Keyfob as a whole.
    pub(crate) settings: Settings,
}

impl Kept {
    /// The number of a new connection, or of a new revocation: each is given once.
    pub(crate) fn new_id(&mut self) -> ConnectionId {
        self.next_id += 1;
        ConnectionId(self.next_id)
    }

    /// What the draft asks for and its connection was not granted.
    pub(crate) fn scopes_to_add(&self) -> Option<Scopes> {
        let draft = self.draft.as_ref()?;
        let connection = self.replaced_by(draft)?;
        Some(connection.grant.scopes.missing(&draft.ask().with_identity()))
    }

    /// The connection a draft signs in again, while it is there.
    pub(crate) fn replaced_by(&self, draft: &Draft) -> Option<&Connection> {
        self.connections.get(&draft.replaces?)
    }
}
