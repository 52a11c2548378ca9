//! Why something did not work, and when it is tried again.

use std::time::Duration;

use crate::Moment;
use crate::problem::Problem;
use crate::token::THROTTLE_REST;

/// Why the last refresh failed, and what follows.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// What happened.
    pub problem: Problem,
    /// How many times in a row.
    pub times: u32,
    /// When it was last tried.
    pub tried_at: Moment,
    /// When it is tried again; never by itself where a person is needed.
    pub again_at: Option<Moment>,
}

impl Trouble {
    /// What follows from a failed refresh: a person is needed where Zoho refused, else it is tried again, later each time,
    /// and not before the moment that Zoho `asked` for.
    pub fn after(earlier: Option<&Self>, problem: Problem, asked: Option<Moment>, now: Moment) -> Self {
        let times = earlier.map_or(0, |t| t.times).saturating_add(1);
        let again_at = match &problem {
            Problem::Throttled { until } => Some(*until),
            refused if needs_a_person(refused) => None,
            _ => Some(now.plus(back_off(times)).max(asked.unwrap_or(now))),
        };
        Self { problem, times, tried_at: now, again_at }
    }

    /// Nothing is tried again before a person acts.
    pub fn needs_you(&self) -> bool {
        self.again_at.is_none()
    }

    /// When it is tried again, seen at `now`: no rest is longer than a throttle's, so one that seems to be was
    /// begun by a clock that has been set back since.
    pub fn tried_again_at(&self, now: Moment) -> Option<Moment> {
        self.again_at.map(|at| if at > now.plus(LONGEST_REST) { now } else { at })
    }

    /// The way to Zoho may be open again: what could not reach it is tried now, though not within a minute of the last
    /// try, for a network may come and go. What Zoho itself asked to wait for is waited for.
    pub fn way_may_be_open(&mut self, now: Moment) {
        if self.problem.is_of_the_way() {
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

/// Refusals: trying again without a person changes nothing.
fn needs_a_person(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::GrantEnded
            | Problem::ClientUnknown { .. }
            | Problem::SecretWrong
            | Problem::SecretWrongThere { .. }
            | Problem::MultiDcOff { .. }
            | Problem::RedirectMismatch { .. }
            | Problem::ScopeUnknown
            | Problem::Refused { .. }
            | Problem::UnknownRegion { .. }
            | Problem::RegionMoved { .. }
            | Problem::NoRefreshToken
    )
}
