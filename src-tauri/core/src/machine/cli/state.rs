//! Programs that wait for their answer.

use std::collections::BTreeMap;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::messages::cli::{Caller, CliRequest};

use crate::machine::question::ProgramAct;

/// What the machine remembers between events: what waits, and when the dialog last took the focus for a connection.
#[derive(Debug, Default)]
pub(crate) struct CliState {
    pub(super) waiting: BTreeMap<Caller, Waiting>,
    pub(super) raised: BTreeMap<ConnectionId, Moment>,
}

/// A program that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) wish: CliRequest,
    pub(super) since: Moment,
    /// The user is being asked since it came.
    pub(super) asking: bool,
    /// What it asked for was begun, by it or by another.
    pub(super) begun: bool,
    /// The connection whose revocation it waits for, once the user has confirmed that. Its name may be another's by then.
    pub(super) revokes: Option<ConnectionId>,
}

impl Waiting {
    /// What the user is to allow.
    pub(super) fn act(&self) -> ProgramAct {
        match self.wish {
            CliRequest::Revoke { .. } => ProgramAct::Revoke,
            CliRequest::List | CliRequest::Token { .. } | CliRequest::Refresh { .. } | CliRequest::Test { .. } => {
                ProgramAct::Read
            }
        }
    }
}
