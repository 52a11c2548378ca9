//! Zoho's response to a revocation.
//!
//! Invariant: a token counts as alive after a throttle, a web page or no response.

use super::error_code::is_throttle;
use super::retry_after::throttled_until;
use super::{error_in, json_object, text};
use crate::Moment;
use crate::error::{Class, Error};
use crate::request::Outcome;
use crate::text::said;

/// When a token ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ended {
    /// By this revocation.
    Now,
    /// Before: Zoho does not know the token, or no longer.
    Before,
}

/// Reads the response to a revocation, received at `now`. Zoho's older path answers HTTP 400 for a token it does not
/// know (zoho.com/accounts/protocol/oauth/revoke-refresh-token.html).
pub fn read_revocation(outcome: Outcome, host: &str, now: Moment) -> Result<Ended, Error> {
    let status = outcome.as_ref().map_or(0, |reply| reply.status);
    let throttled = Error::Throttled { until: throttled_until(&outcome, now) };
    if status == 429 {
        return Err(throttled);
    }
    let body = json_object(outcome, host)?;
    match error_in(&body).map(|error| error.as_str().unwrap_or_default()) {
        Some(error) if is_throttle(error, &body) => Err(throttled),
        Some("invalid_token" | "invalid_code") => Ok(Ended::Before),
        Some(error) => Err(Error::Refused { error: said(error) }),
        None if status == 400 => Ok(Ended::Before),
        None if text(&body, "status").as_deref() == Some("success") => Ok(Ended::Now),
        None => Err(Error::Garbled { host: host.to_owned() }),
    }
}

/// Whether to try the older path after this response of the newer one: whenever Zoho responded without confirming,
/// except with a throttle. Zoho's pages disagree on which path exists.
pub fn leaves_older_path(answer: &Result<Ended, Error>) -> bool {
    match answer {
        Ok(how) => *how != Ended::Now,
        Err(error) => !matches!(error.class(), Class::Transport | Class::RateLimited),
    }
}
