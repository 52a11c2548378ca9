//! Rate limits, and the lock after exceeding one.

use std::collections::VecDeque;

pub(crate) const MINUTE: u64 = 60_000;

/// At most `most` within a time; one more starts a lock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) most: usize,
    pub(crate) within: u64,
    pub(crate) lock: u64,
}

/// Ten in ten minutes, for codes per client and for access tokens per refresh token.
pub(crate) const TEN_IN_TEN_MINUTES: Limit = Limit { most: 10, within: 10 * MINUTE, lock: 0 };

/// Counts towards one limit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    times: VecDeque<u64>,
    locked_until: u64,
}

impl Meter {
    /// Counts one more; `false` when the limit is exceeded.
    pub(crate) fn allows(&mut self, limit: Limit, now: u64) -> bool {
        if now < self.locked_until {
            return false;
        }
        while self.times.front().is_some_and(|time| time.saturating_add(limit.within) <= now) {
            self.times.pop_front();
        }
        if self.times.len() >= limit.most {
            self.locked_until = now.saturating_add(limit.lock);
            return false;
        }
        self.times.push_back(now);
        true
    }
}
