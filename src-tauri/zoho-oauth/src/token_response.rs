//! Responses of Zoho's token endpoint: errors with HTTP 200, scopes separated by spaces, lifetimes in two units.
//!
//! Invariant: success is an `access_token` without an `error`, and nothing else. The body decides, whatever the status
//! below 500, except 429 and 407.
//! Deliberately absent: any echo of a body; an error keeps only the code that Zoho sent, truncated.

mod body;
mod client_lookup;
mod error_code;
mod retry_after;
mod revocation;
mod scope_enhancement;

pub(crate) use body::{error_in, json_in, json_object, text};
pub use client_lookup::knows_client;
pub use retry_after::{LEAST_REST, retry_after};
pub use revocation::{Ended, leaves_older_path, read_revocation};
pub use scope_enhancement::read_enhance_token;

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::Moment;
use crate::error::Error;
use crate::region::{Region, RegionCode};
use crate::request::Outcome;
use crate::scope::Scopes;
use error_code::refusal;
use retry_after::throttled_until;

/// The back-off after a throttle without a `Retry-After`, and the longest with one. A throttle ends after ten to thirty
/// minutes without a request; requesting sooner prolongs it.
pub const THROTTLE_REST: Duration = Duration::from_mins(15);

/// The request that a response answers, since the same error code has different meanings.
#[derive(Clone, Debug)]
pub struct TokenQuery {
    /// The grant type.
    pub asked: GrantType,
    /// The host it was sent to.
    pub host: String,
    /// The region it was sent to.
    pub region: RegionCode,
    /// The region in which the client is registered.
    pub home: RegionCode,
    /// The redirect URI of the request.
    pub redirect_uri: String,
}

impl TokenQuery {
    /// Creates a query without a redirect URI, sent to `region` for a client registered at `home`.
    pub fn new(asked: GrantType, region: &Region, home: &RegionCode) -> Self {
        Self {
            asked,
            host: region.accounts.host().to_owned(),
            region: region.code.clone(),
            home: home.clone(),
            redirect_uri: String::new(),
        }
    }
}

/// The grant of a token request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GrantType {
    /// An authorization code.
    Exchange,
    /// A refresh token.
    Refresh,
    /// A device code, or the request for one.
    Device,
    /// The client's own credentials.
    ClientCredentials,
}

/// The tokens that Zoho issued.
#[derive(Clone, Debug)]
pub struct TokenResponse {
    /// The access token, valid until [`Self::expires_at`].
    pub access: SecretString,
    /// The refresh token. An exchange after an offline consent returns one, a refresh does not.
    pub refresh: Option<SecretString>,
    /// The granted scopes; `None` when Zoho names none.
    pub scopes: Option<Scopes>,
    /// When the access token expires, by the wall clock.
    pub expires_at: Moment,
    /// Whether the lifetime made no sense, so that an hour is assumed.
    pub odd_lifetime: bool,
}

/// Reads the response to a token request, received at `now`.
pub fn read(outcome: Outcome, question: &TokenQuery, now: Moment) -> Result<TokenResponse, Error> {
    let body = sound_body(outcome, question, now)?;
    let token = |name| header_safe(text(&body, name), &question.host);
    let access = token("access_token")?.ok_or(Error::NoToken)?;
    let lifetime = lifetime(&body);
    Ok(TokenResponse {
        access,
        refresh: token("refresh_token")?,
        scopes: text(&body, "scope").map(|s| Scopes::granted(&s)),
        expires_at: now.plus(lifetime.unwrap_or(HOUR)),
        odd_lifetime: lifetime.is_none(),
    })
}

/// Returns the fields of a response that is neither a throttle nor an error.
pub(crate) fn sound_body(outcome: Outcome, question: &TokenQuery, now: Moment) -> Result<Map<String, Value>, Error> {
    let until = throttled_until(&outcome, now);
    if outcome.as_ref().is_ok_and(|reply| reply.status == 429) {
        return Err(Error::Throttled { until });
    }
    let body = json_object(outcome, &question.host)?;
    match error_in(&body) {
        Some(error) => Err(refusal(error.as_str().unwrap_or_default(), &body, question, until)),
        None => Ok(body),
    }
}

/// Accepts a token that is safe in a header: visible ASCII only (RFC 6750, section 2.1).
fn header_safe(token: Option<String>, host: &str) -> Result<Option<SecretString>, Error> {
    let is_safe = token.as_ref().is_none_or(|t| t.bytes().all(|b| b.is_ascii_graphic()));
    if is_safe { Ok(token.map(SecretString::from)) } else { Err(Error::Garbled { host: host.to_owned() }) }
}

const HOUR: Duration = Duration::from_hours(1);
const DAY_SECONDS: f64 = 86_400.0;

/// Reads `expires_in_sec`, or else `expires_in`, which is in milliseconds when it is over a day. A missing lifetime is
/// an hour, as all of Zoho's pages say; `None` when the figure makes no sense.
fn lifetime(body: &Map<String, Value>) -> Option<Duration> {
    let figure = |name: &str| {
        body.get(name).filter(|v| !v.is_null()).map(|v| match v {
            Value::Number(n) => n.as_f64(),
            Value::String(s) => s.trim().parse().ok(),
            _ => None,
        })
    };
    let seconds = match (figure("expires_in_sec"), figure("expires_in")) {
        (Some(seconds), _) => seconds?,
        (None, Some(either)) => match either? {
            millis if millis > DAY_SECONDS => millis / 1000.0,
            seconds => seconds,
        },
        (None, None) => return Some(HOUR),
    };
    (60.0..=DAY_SECONDS).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests;
