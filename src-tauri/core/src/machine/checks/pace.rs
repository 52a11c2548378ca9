//! Counts each harmless read, so that Keyfob stays within Cliq's rate limits.
//!
//! Invariant: no read is made more often in a minute than Cliq allows an account, and none while Cliq bars it. Only
//! this run's reads are counted; those of an earlier run have expired by the time they would count.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use zoho_oauth::scope::Read;

use crate::Moment;

const MINUTE: Duration = Duration::from_mins(1);

/// Counts by account and path: Cliq counts per user, whatever token they use.
#[derive(Debug, Default)]
pub(in crate::machine) struct Pace(BTreeMap<(String, &'static str), Calls>);

#[derive(Debug, Default)]
struct Calls {
    made: VecDeque<Moment>,
    barred_until: Option<Moment>,
}

impl Pace {
    /// Counts one more read, or returns when the next is allowed.
    pub(super) fn take(&mut self, account: &str, read: Read, now: Moment) -> Result<(), Moment> {
        let calls = self.0.entry((account.to_owned(), read.path)).or_default();
        // A bar beyond the longest possible one began before the clock was set back.
        if let Some(until) = calls.barred_until.filter(|until| *until > now && *until <= now.plus(read.lock)) {
            return Err(until);
        }
        calls.barred_until = None;
        calls.made.retain(|at| *at <= now && now.since(*at) < MINUTE);
        match calls.made.front() {
            Some(first) if calls.made.len() >= read.a_minute => Err(first.plus(MINUTE)),
            _ => {
                calls.made.push_back(now);
                Ok(())
            }
        }
    }

    /// Records that Cliq bars this read until a moment.
    pub(super) fn bar(&mut self, account: &str, read: Read, until: Moment) {
        self.0.entry((account.to_owned(), read.path)).or_default().barred_until = Some(until);
    }
}
