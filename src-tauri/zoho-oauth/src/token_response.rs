//! Zoho's token endpoint, read: errors come with HTTP 200, scopes with blanks, lifetimes in two units.
//!
//! Invariant: success is an `access_token` without an `error`, nothing else; the body decides, whatever the status
//! below 500, but for 429.
//! Deliberately absent: any echo of a body; an error keeps the code Zoho sent, cut short, and nothing more.

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

/// A throttle clears after ten to thirty quiet minutes; asking sooner prolongs it. So long is waited where the answer does
/// not say how long, and never longer.
pub const THROTTLE_REST: Duration = Duration::from_mins(15);

/// What was asked, so that the same words from Zoho get their right meaning.
#[derive(Clone, Debug)]
pub struct TokenQuery {
    /// Of what.
    pub asked: GrantType,
    /// Who was asked.
    pub host: String,
    /// Where.
    pub region: RegionCode,
    /// Where the client is registered.
    pub home: RegionCode,
    /// With which redirect URI.
    pub redirect_uri: String,
}

impl TokenQuery {
    /// One without a redirect URI, to this region about a client that is registered at `home`.
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

/// What may be asked at the token endpoints.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GrantType {
    /// Of a code.
    Exchange,
    /// Of a refresh token.
    Refresh,
    /// Of a device code, or for one.
    Device,
    /// For a token of the client itself.
    ClientCredentials,
}

/// Tokens, as they came.
#[derive(Clone, Debug)]
pub struct TokenResponse {
    /// Good until [`Self::expires_at`].
    pub access: SecretString,
    /// Came with an offline consent; a refresh brings none.
    pub refresh: Option<SecretString>,
    /// What was granted, where Zoho says.
    pub scopes: Option<Scopes>,
    /// By the wall clock.
    pub expires_at: Moment,
    /// Whether the lifetime was absurd and an hour is assumed.
    pub odd_lifetime: bool,
}

/// Reads the answer to a token request that was asked at `now`.
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

/// The answer's fields, where it is neither a throttle nor a refusal.
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

/// A token goes into a header (RFC 6750 2.1): visible ASCII, or it is none.
fn header_safe(token: Option<String>, host: &str) -> Result<Option<SecretString>, Error> {
    let is_safe = token.as_ref().is_none_or(|t| t.bytes().all(|b| b.is_ascii_graphic()));
    if is_safe { Ok(token.map(SecretString::from)) } else { Err(Error::Garbled { host: host.to_owned() }) }
}

const HOUR: Duration = Duration::from_hours(1);
const DAY_SECONDS: f64 = 86_400.0;

/// `expires_in_sec` if it is there; else `expires_in`, which is in milliseconds when it is over a day. A missing one
/// is an hour, as every Zoho page says; `None` when the figure makes no sense.
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
