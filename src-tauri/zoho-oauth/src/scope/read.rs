//! A harmless read that tests a scope.
//!
//! Invariant: it changes nothing, and only the kind of response counts; its content is dropped. The only query it may
//! have is [`FIRST_ONLY`].

use std::time::Duration;

use super::{CATALOGUE, Scope};

/// The only query that a call may have. It is the same for every user, so it reveals nothing.
pub const FIRST_ONLY: &str = "limit=1";

/// A read call and its rate limit.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Read {
    /// The path at the region's Cliq, or at its Accounts when [`Self::of_account`] is set.
    pub path: &'static str,
    /// Whether Accounts serves it.
    pub of_account: bool,
    /// Whether to request the first entry of the list only.
    pub first_only: bool,
    /// The number of calls allowed a minute.
    pub a_minute: usize,
    /// How long the call is locked after too many calls.
    pub lock: Duration,
}

impl Read {
    /// A whole resource, or a list that cannot be limited.
    pub(super) const fn whole(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { path, of_account: false, first_only: false, a_minute, lock: Duration::from_mins(minutes) }
    }

    /// The first entry of a list.
    pub(super) const fn first_of(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { first_only: true, ..Self::whole(path, a_minute, minutes) }
    }

    /// A call to Accounts.
    pub(super) const fn account(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { of_account: true, ..Self::whole(path, a_minute, minutes) }
    }
}

impl Scope {
    /// Returns the read that tests this scope; `None` for a scope that only writes or that no harmless call requires.
    pub fn read(&self) -> Option<Read> {
        let (name, verb) = self.as_str().rsplit_once('.')?;
        let resource = CATALOGUE.iter().find(|r| r.name == name)?;
        resource.read.filter(|_| matches!(verb, "READ" | "ALL"))
    }
}
