//! `Retry-After`: when a server wants to be asked again (RFC 9110 10.2.3).
//!
//! Invariant: whatever a server says, no rest is longer than [`THROTTLE_REST`], and none after a throttle is shorter than
//! [`LEAST_REST`].

use std::time::Duration;

use super::THROTTLE_REST;
use crate::Moment;
use crate::request::Outcome;

/// Zoho prolongs a throttle that is asked too soon, so "at once" is not believed.
pub const LEAST_REST: Duration = Duration::from_mins(1);

/// When to ask again, where an answer that came at `now` says so, in seconds or as a date.
pub fn retry_after(outcome: &Outcome, now: Moment) -> Option<Moment> {
    let text = outcome.as_ref().ok()?.retry_after.as_deref()?.trim();
    let is_seconds = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = if is_seconds {
        // More than fits is long all the same.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        Moment::of_http_date(text)?.since(now)
    };
    Some(now.plus(rest.min(THROTTLE_REST)))
}

/// When a throttle that was told at `now` is over.
pub(super) fn throttled_until(outcome: &Outcome, now: Moment) -> Moment {
    retry_after(outcome, now).map_or(now.plus(THROTTLE_REST), |at| at.max(now.plus(LEAST_REST)))
}
