//! Why a request failed, and when it is retried.

use std::time::Duration;

use zoho_oauth::token_response::THROTTLE_REST;

use crate::Moment;
use crate::domain::problem::{Class, Problem};

/// Why the last attempt failed, and what follows.
#[derive(Clone, Debug)]
pub struct RetryState {
    /// What happened.
    pub problem: Problem,
    /// How many consecutive attempts failed.
    pub times: u32,
    /// When it was last tried.
    pub tried_at: Moment,
    /// When it is retried; `None` when only the user can change the outcome.
    pub again_at: Option<Moment>,
    /// How many of the latest consecutive attempts got an undocumented response.
    pub unclear: u32,
}

/// This many consecutive undocumented responses call the user: about a quarter of an hour of retries.
const UNCLEAR_CALLS: u32 = 6;

impl RetryState {
    /// What follows from a failed request. A final refusal is not retried; anything else is, with a growing back-off
    /// and not before the moment that Zoho `asked` for.
    pub fn after(earlier: Option<&Self>, problem: Problem, asked: Option<Moment>, now: Moment) -> Self {
        let times = earlier.map_or(0, |t| t.times).saturating_add(1);
        let back_off = || now.plus(back_off(times)).max(asked.unwrap_or(now));
        let again_at = if let Problem::Throttled { until } = problem {
            Some(until)
        } else {
            problem.class().passes().then(back_off)
        };
        let unclear = match problem.class() {
            Class::Unclear => earlier.map_or(0, |t| t.unclear).saturating_add(1),
            Class::Transport
            | Class::Intercepted
            | Class::Server
            | Class::RateLimited
            | Class::Refused
            | Class::Local => 0,
        };
        Self { problem, times, tried_at: now, again_at, unclear }
    }

    /// Whether the user is needed: nothing is retried before they act, or the retries keep getting undocumented
    /// responses.
    pub fn needs_you(&self) -> bool {
        self.is_final() || self.unclear >= UNCLEAR_CALLS
    }

    /// Whether the outcome stays the same until the user changes something.
    pub fn is_final(&self) -> bool {
        self.again_at.is_none()
    }

    /// When it is retried, seen at `now`. No back-off is longer than a throttle's; one that seems to be began before
    /// the clock was set back.
    pub fn tried_again_at(&self, now: Moment) -> Option<Moment> {
        self.again_at.map(|at| if at > now.plus(LONGEST_REST) { now } else { at })
    }

    /// Retries early, since Zoho may be reachable again: a network failure is retried now, but not within a minute of
    /// the last attempt, as a network may come and go. A wait that Zoho asked for stays as it is.
    pub fn retry_soon(&mut self, now: Moment) {
        if self.problem.class().is_of_the_network() {
            let soonest = self.tried_at.min(now).plus(BETWEEN_TRIES).max(now);
            self.again_at = self.again_at.map(|at| at.min(soonest));
        }
    }
}

/// The length of a throttle, and the maximum back-off.
const LONGEST_REST: Duration = THROTTLE_REST;

/// The minimum time between two attempts when one is retried early.
const BETWEEN_TRIES: Duration = Duration::from_mins(1);

/// Thirty seconds, doubled each time, fifteen minutes at most.
fn back_off(times: u32) -> Duration {
    let doubled = 30_u64.saturating_mul(1 << times.saturating_sub(1).min(5));
    Duration::from_secs(doubled).min(LONGEST_REST)
}
