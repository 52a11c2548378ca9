//! When units of a limited quantity were spent.

use serde::{Deserialize, Serialize};

use super::Limit;
use crate::Moment;

/// The moments of the latest uses, in the order they were counted.
///
/// Invariant: a clock that is set back delays no one beyond the limit's window; see [`Spent::none_later_than`].
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Spent(Vec<Moment>);

impl Spent {
    /// Counts one use, and drops those that no longer count.
    pub fn spend(&mut self, limit: Limit, now: Moment) {
        self.none_later_than(now);
        self.0.retain(|at| counts(*at, limit, now));
        self.0.push(now);
    }

    /// Takes back the last use, which was refused.
    pub fn give_back(&mut self) {
        self.0.pop();
    }

    /// How many uses count now.
    pub fn used(&self, limit: Limit, now: Moment) -> u32 {
        u32::try_from(self.counting(limit, now).count()).unwrap_or(u32::MAX)
    }

    /// When the next use is free; `None` when it is now.
    pub fn free_at(&self, limit: Limit, now: Moment) -> Option<Moment> {
        let most = limit.most as usize;
        if self.0.len() < most {
            return None;
        }
        let mut counting: Vec<_> = self.counting(limit, now).collect();
        counting.sort_unstable();
        let last_but_most = counting.len().checked_sub(most)?;
        Some(counting[last_but_most].min(now).plus(limit.within))
    }

    /// Moves uses in the future to now: they were counted before the clock was set back.
    pub fn none_later_than(&mut self, now: Moment) {
        for at in &mut self.0 {
            *at = now.min(*at);
        }
    }

    fn counting(&self, limit: Limit, now: Moment) -> impl Iterator<Item = Moment> {
        self.0.iter().copied().filter(move |at| counts(*at, limit, now))
    }
}

fn counts(at: Moment, limit: Limit, now: Moment) -> bool {
    now < at.plus(limit.within)
}
