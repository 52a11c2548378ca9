//! Why something did not work, and when it is tried again.

use std::time::Duration;

use zoho_oauth::token_response::THROTTLE_REST;

use crate::Moment;
use crate::domain::problem::{Class, Problem};

/// Why the last refresh failed, and what follows.
#[derive(Clone, Debug)]
pub struct RetryState {
    /// What happened.
    pub problem: Problem,
    /// How many times in a row.
    pub times: u32,
    /// When it was last tried.
    pub tried_at: Moment,
    /// When it is tried again; `None` where only a user can change the answer.
    pub again_at: Option<Moment>,
    /// How many of the last tries in a row met an answer that no documentation describes.
    pub unclear: u32,
}

/// So many undocumented answers in a row call the user: about a quarter of an hour of retries.
const UNCLEAR_CALLS: u32 = 6;

impl RetryState {
    /// What follows from a failed request: a final refusal is not tried again, all else is, later each time and not before
    /// the moment that Zoho `asked` for.
    pub fn after(earlier: Option<&Self>, problem: Problem, asked: Option<Moment>, now: Moment) -> Self {
        let times = earlier.map_or(0, |t| t.times).saturating_add(1);
        let again_at = match &problem {
            Problem::Throttled { until } => Some(*until),
            failed if failed.class().passes() => Some(now.plus(back_off(times)).max(asked.unwrap_or(now))),
            _ => None,
        };
        let unclear = match problem.class() {
            Class::Unclear => earlier.map_or(0, |t| t.unclear).saturating_add(1),
            _ => 0,
        };
        Self { problem, times, tried_at: now, again_at, unclear }
    }

    /// The user is called: nothing is tried again before they act, or what is tried brings the same undocumented answer
    /// again and again.
    pub fn needs_you(&self) -> bool {
        self.is_final() || self.unclear >= UNCLEAR_CALLS
    }

    /// The answer stays the same until the user changes something.
    pub fn is_final(&self) -> bool {
        self.again_at.is_none()
    }

    /// When it is tried again, seen at `now`: no rest is longer than a throttle's, so one that seems to be was
    /// begun by a clock that has been set back since.
    pub fn tried_again_at(&self, now: Moment) -> Option<Moment> {
        self.again_at.map(|at| if at > now.plus(LONGEST_REST) { now } else { at })
    }

    /// The way to Zoho may be open again: what could not reach it is tried now, though not within a minute of the last
    /// try, for a network may come and go. What Zoho itself asked to wait for is waited for.
    pub fn retry_soon(&mut self, now: Moment) {
        if self.problem.class().is_of_the_network() {
            let soonest = self.tried_at.min(now).plus(BETWEEN_TRIES).max(now);
            self.again_at = self.again_at.map(|at| at.min(soonest));
        }
    }
}

/// A throttle's, and the most a back-off grows to.
const LONGEST_REST: Duration = THROTTLE_REST;

/// How long after one try the next may come early.
const BETWEEN_TRIES: Duration = Duration::from_mins(1);

/// Thirty seconds, doubled each time, fifteen minutes at most.
fn back_off(times: u32) -> Duration {
    let doubled = 30_u64.saturating_mul(1 << times.saturating_sub(1).min(5));
    Duration::from_secs(doubled).min(LONGEST_REST)
}
