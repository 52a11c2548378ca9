//! Responses, from Zoho or anything in front of it.

use std::sync::LazyLock;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::Value;
use zoho_oauth::Moment;
use zoho_oauth::device_authorization::{LONGEST_INTERVAL, Polled, SHORTEST_INTERVAL, read_code, read_poll};
use zoho_oauth::error::Error;
use zoho_oauth::probe::{read_identity, read_proof};
use zoho_oauth::region::{Region, RegionCode, Regions};
use zoho_oauth::request::{Outcome, Response};
use zoho_oauth::token_response::{
    GrantType, LEAST_REST, THROTTLE_REST, TokenQuery, TokenResponse, knows_client, read, read_revocation,
};

use super::NOW;

const HOST: &str = "accounts.zoho.eu";
static EUROPE: LazyLock<Region> = LazyLock::new(|| Regions::built_in().find(&code("eu")).expect("a region").clone());
const HOUR: Duration = Duration::from_hours(1);

/// Tokens need an `access_token` without an `error`, last a minute to a day, and are safe in a header.
pub fn answer(bytes: &[u8]) {
    let Some((outcome, body)) = outcome(bytes) else { return };
    for asked in [GrantType::Exchange, GrantType::Refresh, GrantType::Device] {
        match read(outcome.clone(), &question(asked), NOW) {
            Ok(tokens) => are_what_came(&tokens, status(&outcome), body),
            Err(Error::Throttled { until }) => {
                assert!((LEAST_REST..=THROTTLE_REST).contains(&until.since(NOW)), "a throttle rests until {until:?}");
            }
            Err(error) => is_short(&error),
        }
    }
    let _ = knows_client(outcome.clone());
    if let Err(error) = read_revocation(outcome.clone(), HOST, NOW) {
        is_short(&error);
    }
    if let Ok(who) = read_identity(outcome.clone(), HOST, NOW) {
        let fits = |text: &str| text.chars().count() <= 81 && !text.contains(char::is_control);
        assert!(fits(&who.email) && fits(&who.name), "what is shown is short and prints");
    }
    let _ = read_proof(outcome, HOST, NOW, Duration::from_mins(10));
}

/// A device code has a page on the region's own server, and its interval and lifetime are bounded.
pub fn device(bytes: &[u8]) {
    let Some((outcome, body)) = outcome(bytes) else { return };
    if let Ok(code) = read_code(outcome.clone(), &EUROPE, &question(GrantType::Device), NOW) {
        for page in [&code.page, &code.direct] {
            let bare = page.username().is_empty() && page.password().is_none() && page.port().is_none();
            assert!(bare && page.scheme() == "https" && page.host_str() == Some(HOST), "{page}");
        }
        assert!((SHORTEST_INTERVAL..=LONGEST_INTERVAL).contains(&code.interval));
        assert!((Duration::from_mins(1)..=Duration::from_mins(30)).contains(&code.lifetime));
        assert!(code.user_code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    }
    if let Polled::Granted(tokens) = read_poll(outcome.clone(), &question(GrantType::Device), NOW) {
        are_what_came(&tokens, status(&outcome), body);
    }
}

/// A `Date` header.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(at) = Moment::of_http_date(&text) {
        let _ = (at.plus(HOUR), at.minus(HOUR), at.since(NOW), at.rfc3339());
    }
}

fn are_what_came(tokens: &TokenResponse, status: u16, body: &[u8]) {
    let text = String::from_utf8(body.to_vec()).expect("tokens come as text");
    let is_around = |c: char| c.is_whitespace() || c == '\u{feff}';
    let said: Value = serde_json::from_str(text.trim_matches(is_around)).expect("tokens come as JSON");
    assert!(status < 500 && status != 429 && said["error"].is_null(), "an error was taken for tokens");
    assert_eq!(said["access_token"].as_str(), Some(tokens.access.expose_secret()));
    let secrets = std::iter::once(&tokens.access).chain(&tokens.refresh);
    for secret in secrets.map(ExposeSecret::expose_secret) {
        assert!(!secret.is_empty() && secret.bytes().all(|b| b.is_ascii_graphic()), "a token is safe in a header");
    }
    let lifetime = tokens.expires_at.since(NOW);
    assert!((Duration::from_mins(1)..=24 * HOUR).contains(&lifetime), "a lifetime of {lifetime:?}");
}

/// An error is short, whatever Zoho sent.
fn is_short(error: &Error) {
    let told = format!("{error:?}");
    assert!(told.len() < 1_000, "{told}");
}

/// Builds a response: the first byte selects the status, then comes an optional header line; the rest is the body.
fn outcome(bytes: &[u8]) -> Option<(Outcome, &[u8])> {
    let (first, mut body) = bytes.split_first()?;
    let status = [200, 200, 200, 200, 400, 401, 429, 500, 503, 204, 302, 0][usize::from(*first) % 12];
    let content_type = Some(if first % 5 == 0 { "text/html" } else { "application/json;charset=UTF-8" }.to_owned());
    let mut retry_after = None;
    if let Some(header) = body.strip_prefix(b"Retry-After: ") {
        let end = header.iter().position(|byte| *byte == b'\n').unwrap_or(header.len());
        retry_after = Some(String::from_utf8_lossy(&header[..end]).into_owned());
        body = header.get(end + 1..).unwrap_or_default();
    }
    Some((Ok(Response { status, content_type, retry_after, body: body.to_vec().into() }), body))
}

fn status(outcome: &Outcome) -> u16 {
    outcome.as_ref().map_or(0, |reply| reply.status)
}

fn question(asked: GrantType) -> TokenQuery {
    let redirect_uri = "cliqkeyfob://callback".to_owned();
    TokenQuery { asked, host: HOST.to_owned(), region: code("eu"), home: code("us"), redirect_uri }
}

fn code(text: &str) -> RegionCode {
    RegionCode::new(text).expect("a code")
}
