//! How often each harmless read was made, so that Cliq need not say that it was too often.
//!
//! Invariant: no read is made more often in a minute than Cliq allows an account, and none while Cliq bars it. It is
//! counted in this run only; what was made before it is over by the time it would count.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use zoho_oauth::scope::Read;

use crate::Moment;

const MINUTE: Duration = Duration::from_mins(1);

/// By account and path: Cliq counts for the user, whatever token they use.
#[derive(Debug, Default)]
pub(in crate::machine) struct Pace(BTreeMap<(String, &'static str), Calls>);

#[derive(Debug, Default)]
struct Calls {
    made: VecDeque<Moment>,
    barred_until: Option<Moment>,
}

impl Pace {
    /// Counts one more, or says when there may be one.
    pub(super) fn take(&mut self, account: &str, read: Read, now: Moment) -> Result<(), Moment> {
        let calls = self.0.entry((account.to_owned(), read.path)).or_default();
        // A bar longer than any was begun by a clock that has been set back since.
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

    /// Cliq said that it was too often.
    pub(super) fn bar(&mut self, account: &str, read: Read, until: Moment) {
        self.0.entry((account.to_owned(), read.path)).or_default().barred_until = Some(until);
    }
}
