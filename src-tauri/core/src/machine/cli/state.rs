//! Programs that wait for their replies.

use std::collections::BTreeMap;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::messages::cli::{Caller, CliRequest};

use crate::machine::question::ProgramAct;

/// What the machine remembers between events: who waits, and when the dialog last took the focus for a connection.
#[derive(Debug, Default)]
pub(crate) struct CliState {
    pub(super) waiting: BTreeMap<Caller, Waiting>,
    pub(super) raised: BTreeMap<ConnectionId, Moment>,
}

/// A program that waits for its reply.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) request: CliRequest,
    pub(super) since: Moment,
    /// Whether it waits for the user's answer.
    pub(super) asking: bool,
    /// Whether its work has begun, for it or for another program.
    pub(super) begun: bool,
    /// The connection whose confirmed revocation it waits for. Another one may have its name by then.
    pub(super) revokes: Option<ConnectionId>,
}

impl Waiting {
    /// What the user has to allow.
    pub(super) fn act(&self) -> ProgramAct {
        match self.request {
            CliRequest::Revoke { .. } => ProgramAct::Revoke,
            CliRequest::List | CliRequest::Token { .. } | CliRequest::Refresh { .. } | CliRequest::Test { .. } => {
                ProgramAct::Read
            }
        }
    }
}
