//! The body of an answer, whoever gave it: a JSON object, or what came instead.
//!
//! Deliberately absent: the meaning of any field; see [`super`] and [`crate::probe`].

use secrecy::ExposeSecret;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::request::{Outcome, Response, TransportError};

/// A proxy wants a sign-in (RFC 9110 15.5.8).
const PROXY_SIGN_IN: u16 = 407;
/// A network wants a sign-in (RFC 6585 6).
const NETWORK_SIGN_IN: u16 = 511;

/// The JSON object in an answer, or what came instead.
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

/// The JSON object that these bytes are.
pub(crate) fn json_in(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(bare(bytes)) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// Without a byte order mark, and blanks around it.
fn bare(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii()
}

/// What stands under `error`; nothing there is no error.
pub(crate) fn error_in(body: &Map<String, Value>) -> Option<&Value> {
    body.get("error").filter(|error| !error.is_null())
}

/// A non-empty text under `name`.
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
