//! `Retry-After`: how long a server requests to wait (RFC 9110, section 10.2.3).
//!
//! Invariant: whatever a server sends, no back-off is longer than [`THROTTLE_REST`], and none after a throttle is
//! shorter than [`LEAST_REST`].

use std::time::Duration;

use super::THROTTLE_REST;
use crate::Moment;
use crate::request::Outcome;

/// The shortest back-off after a throttle: Zoho prolongs a throttle after an early retry, so a `Retry-After` of zero is
/// not believed.
pub const LEAST_REST: Duration = Duration::from_mins(1);

/// Returns the time to retry at, from the `Retry-After` (in seconds or as a date) of a response received at `now`.
pub fn retry_after(outcome: &Outcome, now: Moment) -> Option<Moment> {
    let text = outcome.as_ref().ok()?.retry_after.as_deref()?.trim();
    let is_seconds = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = if is_seconds {
        // A number too large for the type is capped below.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        Moment::of_http_date(text)?.since(now)
    };
    Some(now.plus(rest.min(THROTTLE_REST)))
}

/// Returns the end of a throttle received at `now`.
pub(super) fn throttled_until(outcome: &Outcome, now: Moment) -> Moment {
    retry_after(outcome, now).map_or(now.plus(THROTTLE_REST), |at| at.max(now.plus(LEAST_REST)))
}
