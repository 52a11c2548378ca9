//! Zoho's token endpoint, read: errors come with HTTP 200, scopes with blanks, lifetimes in two units.
//!
//! Invariant: success is an `access_token` without an `error`, nothing else; the body decides, whatever the status
//! below 500, but for 429.
//! Deliberately absent: any echo of a body; an error keeps the code Zoho sent, cut short, and nothing more.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::Moment;
use crate::call::{Outcome, Reply, Unanswered};
use crate::problem::{Problem, shown};
use crate::region::RegionCode;
use crate::scope::Scopes;

/// A throttle clears after ten to thirty quiet minutes; asking sooner prolongs it.
pub const THROTTLE_REST: Duration = Duration::from_mins(15);

/// What was asked, so that the same words from Zoho get their right meaning.
#[derive(Clone, Debug)]
pub struct Question {
    /// An exchange, or a refresh.
    pub asked: Asked,
    /// Who was asked.
    pub host: String,
    /// Where.
    pub region: RegionCode,
    /// With which redirect URI.
    pub redirect_uri: String,
}

/// The two token requests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Asked {
    /// Of a code.
    Exchange,
    /// Of a refresh token.
    Refresh,
}

/// Tokens, as they came.
#[derive(Clone, Debug)]
pub struct Tokens {
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
pub fn read(outcome: Outcome, question: &Question, now: Moment) -> Result<Tokens, Problem> {
    if outcome.as_ref().is_ok_and(|reply| reply.status == 429) {
        return Err(Problem::Throttled {
            until: now.plus(THROTTLE_REST),
        });
    }
    let body = json_object(outcome, &question.host)?;
    if let Some(error) = error_in(&body) {
        return Err(refusal(error.as_str().unwrap_or_default(), &body, question, now));
    }
    let token = |name| header_safe(text(&body, name), &question.host);
    let access = token("access_token")?.ok_or(Problem::NoToken)?;
    let lifetime = lifetime(&body);
    Ok(Tokens {
        access,
        refresh: token("refresh_token")?,
        scopes: text(&body, "scope").map(|s| Scopes::granted(&s)),
        expires_at: now.plus(lifetime.unwrap_or(HOUR)),
        odd_lifetime: lifetime.is_none(),
    })
}

/// Reads the answer to a revocation: whether Zoho confirms it. A throttle is no answer: the token lives on.
pub fn read_revocation(outcome: Outcome, host: &str) -> Result<bool, Problem> {
    let too_many = outcome.as_ref().is_ok_and(|reply| reply.status == 429);
    let body = json_object(outcome, host)?;
    let error = text(&body, "error").unwrap_or_default();
    if too_many || is_throttle(&error, &body) {
        return Err(Problem::Refused { error: shown(&error) });
    }
    Ok(text(&body, "status").as_deref() == Some("success"))
}

/// The JSON object in an answer, or what came instead.
pub(crate) fn json_object(outcome: Outcome, host: &str) -> Result<Map<String, Value>, Problem> {
    let host = host.to_owned();
    let reply = outcome.map_err(|why| unanswered(why, host.clone()))?;
    if reply.status >= 500 {
        return Err(Problem::ServerTrouble {
            host,
            status: reply.status,
        });
    }
    let body = reply.body.expose_secret();
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii();
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) => Ok(object),
        _ if body.is_empty() => Err(Problem::EmptyAnswer { host }),
        _ if is_page(&reply, body) => Err(Problem::WebPage { host }),
        _ => Err(Problem::Garbled { host }),
    }
}

/// A token goes into a header (RFC 6750 2.1): visible ASCII, or it is none.
fn header_safe(token: Option<String>, host: &str) -> Result<Option<SecretString>, Problem> {
    let is_safe = token.as_ref().is_none_or(|t| t.bytes().all(|b| b.is_ascii_graphic()));
    if is_safe {
        Ok(token.map(SecretString::from))
    } else {
        Err(Problem::Garbled { host: host.to_owned() })
    }
}

const HOUR: Duration = Duration::from_hours(1);
const DAY_SECONDS: f64 = 86_400.0;

/// `expires_in_sec` if it is there; else `expires_in`, which is in milliseconds when it is over a day. A missing one
/// is an hour, as every Zoho page says; nothing when the figure makes no sense.
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
    (60.0..=DAY_SECONDS)
        .contains(&seconds)
        .then(|| Duration::from_secs_f64(seconds))
}

fn refusal(error: &str, body: &Map<String, Value>, question: &Question, now: Moment) -> Problem {
    match (error, question.asked) {
        ("invalid_code", Asked::Exchange) => Problem::CodeSpent,
        ("invalid_code", Asked::Refresh) => Problem::GrantEnded,
        ("invalid_client", _) => Problem::ClientUnknown {
            region: question.region.clone(),
        },
        ("invalid_client_secret", _) => Problem::SecretWrong,
        ("invalid_redirect_uri", _) => Problem::RedirectMismatch {
            redirect_uri: question.redirect_uri.clone(),
        },
        ("invalid_scope", _) => Problem::ScopeUnknown,
        _ if is_throttle(error, body) => Problem::Throttled {
            until: now.plus(THROTTLE_REST),
        },
        _ => Problem::Refused { error: shown(error) },
    }
}

/// By shape, for the text comes in the person's language: Zoho's codes are snake case, the throttle's `error` is a
/// phrase, told twice and with a `status`. A word that mixes cases is a phrase too.
fn is_throttle(error: &str, body: &Map<String, Value>) -> bool {
    let has = |of: fn(&u8) -> bool| error.as_bytes().iter().any(of);
    let mixes = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_code = !mixes && error.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let told = text(body, "error_description").is_some();
    !is_code && told && text(body, "status").as_deref() == Some("failure")
}

fn unanswered(why: Unanswered, host: String) -> Problem {
    match why {
        Unanswered::Unreachable => Problem::Unreachable { host },
        Unanswered::TimedOut => Problem::TimedOut { host },
        Unanswered::Untrusted => Problem::Untrusted { host },
        Unanswered::Redirected => Problem::Redirected { host },
        Unanswered::TooLong => Problem::TooLong { host },
        Unanswered::CutShort => Problem::Garbled { host },
    }
}

fn is_page(reply: &Reply, body: &[u8]) -> bool {
    let says_html = reply
        .content_type
        .as_deref()
        .is_some_and(|t| t.to_ascii_lowercase().contains("html"));
    says_html || body.starts_with(b"<")
}

/// What stands under `error`; nothing there is no error.
pub(crate) fn error_in(body: &Map<String, Value>) -> Option<&Value> {
    body.get("error").filter(|error| !error.is_null())
}

/// A non-empty text under `name`.
pub(crate) fn text(body: &Map<String, Value>, name: &str) -> Option<String> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
