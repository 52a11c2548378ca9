//! The device flow: the user types a short code in any browser while the program polls Zoho for the approval
//! (RFC 8628, in Zoho's dialect).
//!
//! Invariant: no request goes to an address from a response, and a page from a response is returned only when it is on
//! the region's own accounts server. Tokens are read in one place, [`crate::token_response`].
//! Deliberately absent: when to poll.
//!
//! Sources: zoho.com/accounts/protocol/oauth/devices/initiation-request.html and polling-request.html; for `other_dc`
//! zoho.com/accounts/protocol/oauth/multi-dc/client-authorization/limited-input-devices.html.

use std::time::Duration;

use oauth2::ClientId;
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::Url;

use crate::Moment;
use crate::authorization_request::AccessRequest;
use crate::client::Client;
use crate::error::Error;
use crate::region::Region;
use crate::request::{Outcome, Request, credentials};
use crate::token_response::{self as token, TokenQuery, TokenResponse, error_in, json_object, text};

/// The shortest polling interval: Zoho answers at most one poll in thirty seconds.
pub const SHORTEST_INTERVAL: Duration = Duration::from_secs(30);
/// The increase of the interval after each `slow_down`; RFC 8628, section 3.5, requires at least five seconds.
pub const SLOWER_BY: Duration = Duration::from_secs(15);
/// The longest polling interval.
pub const LONGEST_INTERVAL: Duration = Duration::from_mins(5);
const USUAL_LIFETIME: Duration = Duration::from_mins(5);

/// Zoho's response to a device authorization request.
#[derive(Clone, Debug)]
pub struct DeviceCode {
    /// The code that the user types. It is short-lived and meant to be shown.
    pub user_code: String,
    /// The code that the program polls with; a secret.
    pub device_code: SecretString,
    /// The page to type the user code in.
    pub page: Url,
    /// The same page with the code filled in if Zoho offers one, else [`Self::page`].
    pub direct: Url,
    /// The time to wait between two polls.
    pub interval: Duration,
    /// How long the codes are valid.
    pub lifetime: Duration,
}

/// The result of a poll.
#[derive(Debug)]
pub enum Polled {
    /// The user approved.
    Granted(TokenResponse),
    /// The user has not decided yet.
    Pending,
    /// The user has not decided yet, and the program polls too often.
    SlowDown,
    /// The user's account is in another region; Zoho's name for it.
    OtherRegion(String),
    /// No complete response arrived; the next poll may succeed.
    Unheard(Error),
    /// Zoho refused; no later poll will succeed.
    Refused(Error),
}

impl Request {
    /// Requests a device code (RFC 8628, section 3.1). It carries no secret.
    pub fn device_code(region: &Region, client_id: &ClientId, ask: &AccessRequest) -> Self {
        let form = vec![
            ("client_id", client_id.as_str().into()),
            ("grant_type", "device_request".into()),
            ("scope", ask.with_identity().asked().into()),
            ("access_type", if ask.keep_access { "offline" } else { "online" }.into()),
            ("prompt", "consent".into()),
        ];
        Self::post(region.accounts.at("/oauth/v3/device/code"), form)
    }

    /// Polls for tokens (RFC 8628, section 3.4).
    pub fn device_token(region: &Region, of: &Client, device_code: &SecretString) -> Self {
        let mut form = credentials(region, of);
        form.push(("grant_type", "device_token".into()));
        form.push(("code", device_code.clone()));
        Self::post(region.accounts.at("/oauth/v3/device/token"), form)
    }
}

/// Reads the response to [`Request::device_code`].
pub fn read_code(outcome: Outcome, region: &Region, question: &TokenQuery, now: Moment) -> Result<DeviceCode, Error> {
    let body = token::sound_body(outcome, question, now)?;
    let garbled = || Error::Garbled { host: question.host.clone() };
    let page = page_in(&body, ["verification_url", "verification_uri"], region);
    let page = page.unwrap_or_else(|| region.accounts.at("/oauth/v3/device"));
    let direct = page_in(&body, ["verification_uri_complete", "verification_url_complete"], region);
    let lifetime = seconds(body.get("expires_in"), LONGEST_LIFETIME_FIGURE).filter(|s| (60.0..=1_800.0).contains(s));
    let interval = seconds(body.get("interval"), LONGEST_INTERVAL_FIGURE).unwrap_or_default();
    Ok(DeviceCode {
        user_code: text(&body, "user_code").filter(|code| is_typeable(code)).ok_or_else(garbled)?,
        device_code: text(&body, "device_code").ok_or_else(garbled)?.into(),
        direct: direct.unwrap_or_else(|| page.clone()),
        page,
        interval: Duration::from_secs_f64(interval.min(1e6)).clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL),
        lifetime: lifetime.map_or(USUAL_LIFETIME, Duration::from_secs_f64),
    })
}

/// Reads the response to [`Request::device_token`].
pub fn read_poll(outcome: Outcome, question: &TokenQuery, now: Moment) -> Polled {
    if let Ok(body) = json_object(outcome.clone(), &question.host) {
        match error_in(&body).and_then(Value::as_str) {
            Some("authorization_pending") => return Polled::Pending,
            Some("slow_down") => return Polled::SlowDown,
            Some("other_dc") => return Polled::OtherRegion(text(&body, "user_location").unwrap_or_default()),
            _ => {}
        }
    }
    match token::read(outcome, question, now) {
        Ok(tokens) => Polled::Granted(tokens),
        Err(error) if error.class().passes() => Polled::Unheard(error),
        Err(error) => Polled::Refused(error),
    }
}

/// Returns the page under one of `names` when it is on the region's own accounts server.
fn page_in(body: &Map<String, Value>, names: [&str; 2], region: &Region) -> Option<Url> {
    let address = names.iter().find_map(|name| text(body, name))?;
    let url = Url::parse(&address).ok().filter(|url| url.as_str().len() <= LONGEST_PAGE)?;
    let is_bare = url.username().is_empty() && url.password().is_none();
    (is_bare && url.origin().ascii_serialization() == region.accounts.as_str()).then_some(url)
}

/// The maximum length of a page's URL: phones cannot read the QR code of a longer one.
const LONGEST_PAGE: usize = 200;

/// From here on a lifetime is in milliseconds: no code lives for almost three hours, and none for ten seconds only.
const LONGEST_LIFETIME_FIGURE: f64 = 10_000.0;
/// From here on an interval is in milliseconds: none is a quarter of an hour, and none is below a second.
const LONGEST_INTERVAL_FIGURE: f64 = 1_000.0;

/// Reads a figure as seconds or milliseconds, by its size: Zoho's older page gives both figures in milliseconds,
/// clients in use receive seconds. `None` when the figure makes no sense.
fn seconds(figure: Option<&Value>, millis_from: f64) -> Option<f64> {
    let figure = match figure? {
        Value::Number(n) => n.as_f64()?,
        Value::String(s) => s.trim().parse().ok()?,
        _ => return None,
    };
    let seconds = if figure >= millis_from { figure / 1_000.0 } else { figure };
    (seconds > 0.0 && seconds.is_finite()).then_some(seconds)
}

/// Whether a user can read the code and type it.
fn is_typeable(code: &str) -> bool {
    (4..=20).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests;
