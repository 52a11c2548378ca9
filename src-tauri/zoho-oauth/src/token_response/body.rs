//! The body of a response from any server: a JSON object, or the error for anything else.
//!
//! Deliberately absent: the meaning of the fields; see [`super`] and [`crate::probe`].
#![expect(clippy::disallowed_methods, reason = "checks that a token is not empty")]

use secrecy::ExposeSecret;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::request::{Outcome, Response, TransportError};

/// A proxy demands a sign-in (RFC 9110, section 15.5.8).
const PROXY_SIGN_IN: u16 = 407;
/// A network demands a sign-in (RFC 6585, section 6).
const NETWORK_SIGN_IN: u16 = 511;

/// Returns the JSON object in a response.
pub(crate) fn json_object(outcome: Outcome, host: &str) -> Result<Map<String, Value>, Error> {
    let host = host.to_owned();
    let reply = outcome.map_err(|why| unanswered(why, host.clone()))?;
    if matches!(reply.status, PROXY_SIGN_IN | NETWORK_SIGN_IN) {
        return Err(Error::WebPage { host });
    }
    if reply.status >= 500 {
        return Err(Error::ServerTrouble { host, status: reply.status });
    }
    let body = bare(reply.body.expose_secret());
    match json_in(body) {
        Some(object) => Ok(object),
        None if body.is_empty() => Err(Error::EmptyAnswer { host }),
        None if is_page(&reply, body) => Err(Error::WebPage { host }),
        None => Err(Error::Garbled { host }),
    }
}

/// Parses bytes as a JSON object.
pub(crate) fn json_in(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(bare(bytes)) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// Strips a byte order mark and surrounding white space.
fn bare(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii()
}

/// Returns the value of `error`; `None` when it is absent or null.
pub(crate) fn error_in(body: &Map<String, Value>) -> Option<&Value> {
    body.get("error").filter(|error| !error.is_null())
}

/// Returns the non-empty string under `name`.
pub(crate) fn text(body: &Map<String, Value>, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).filter(|s| !s.is_empty()).map(str::to_owned)
}

fn unanswered(why: TransportError, host: String) -> Error {
    match why {
        TransportError::Unreachable | TransportError::Broken => Error::Unreachable { host },
        TransportError::NotThisUsers => Error::NotThisUsers { host },
        TransportError::TimedOut => Error::TimedOut { host },
        TransportError::Untrusted => Error::Untrusted { host },
        TransportError::Redirected => Error::Redirected { host },
        TransportError::TooLong => Error::TooLong { host },
        TransportError::CutShort => Error::Garbled { host },
    }
}

fn is_page(reply: &Response, body: &[u8]) -> bool {
    let says_html = reply.content_type.as_deref().is_some_and(|t| t.to_ascii_lowercase().contains("html"));
    says_html || body.starts_with(b"<")
}
