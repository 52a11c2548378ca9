//! A harmless read that proves a scope.
//!
//! Invariant: it reads, and what it reads is dropped: only the kind of answer counts. The only query it may carry is
//! [`FIRST_ONLY`].

use std::time::Duration;

use super::{CATALOGUE, Scope};

/// The one query a call may have. It is the same for everybody, so it tells nothing.
pub const FIRST_ONLY: &str = "limit=1";

/// One call that reads, and how often it may be made.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Read {
    /// Where, below the region's Cliq; below its Accounts for the account's own.
    pub path: &'static str,
    /// Whether it is Accounts that answers.
    pub of_account: bool,
    /// Whether the first entry of the list is enough.
    pub first_only: bool,
    /// How many times in a minute.
    pub a_minute: usize,
    /// For how long it is locked once that was too often.
    pub lock: Duration,
}

impl Read {
    /// A whole resource, or a list that cannot be cut.
    pub(super) const fn whole(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { path, of_account: false, first_only: false, a_minute, lock: Duration::from_mins(minutes) }
    }

    /// The first entry of a list.
    pub(super) const fn first_of(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { first_only: true, ..Self::whole(path, a_minute, minutes) }
    }

    /// At Accounts.
    pub(super) const fn account(path: &'static str, a_minute: usize, minutes: u64) -> Self {
        Self { of_account: true, ..Self::whole(path, a_minute, minutes) }
    }
}

impl Scope {
    /// The read that proves this scope; nothing for one that only writes, or that nothing harmless needs.
    pub fn read(&self) -> Option<Read> {
        let (name, verb) = self.as_str().rsplit_once('.')?;
        let resource = CATALOGUE.iter().find(|r| r.name == name)?;
        resource.read.filter(|_| matches!(verb, "READ" | "ALL"))
    }
}
