//! Programs that wait for their answer.

use std::collections::BTreeMap;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::messages::cli::{Caller, Wish};

/// What waits, and when the dialog last took the focus for a connection.
#[derive(Debug, Default)]
pub(in crate::desk) struct Scripts {
    pub(super) waiting: BTreeMap<Caller, Waiting>,
    pub(super) raised: BTreeMap<ConnectionId, Moment>,
}

/// A program that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) wish: Wish,
    pub(super) since: Moment,
    /// The person is being asked since it came.
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
            Wish::Revoke { .. } => ProgramAct::Revoke,
            Wish::List | Wish::Token { .. } | Wish::Refresh { .. } | Wish::Test { .. } => ProgramAct::Read,
        }
    }
}

/// What a program needs the user's word for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::desk) enum ProgramAct {
    /// Its tokens, now and later.
    Read,
    /// The end of its tokens, this once.
    Revoke,
}
