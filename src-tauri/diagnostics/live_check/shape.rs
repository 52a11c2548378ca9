//! The shape of a response, without its values.
//!
//! **Invariant:** a value from a response gets in here only as a [`word`], as a number that is a time, or as its class.
#![expect(clippy::disallowed_methods, reason = "describes the shape of a response without its values")]

mod class;
mod word;

pub use class::class;
pub use word::{key, word};

use std::fmt;

use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use zoho_oauth::request::{Outcome, TransportError};

/// The most keys listed; further ones are only counted.
const MOST_KEYS: usize = 16;

/// The keys whose values are words of Zoho's.
const WORDS: [&str; 6] = ["error", "code", "cause", "response", "status", "token_type"];

/// The keys whose values are times.
const TIMES: [&str; 3] = ["expires_in", "expires_in_sec", "interval"];

/// Numbers from here on are not times.
const LONGEST_TIME: u64 = 100_000_000;

/// The shape of one response.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shape {
    /// The HTTP status; `None` without a complete response.
    pub status: Option<u16>,
    /// Whether it has an `access_token` and no `error`.
    pub has_token: bool,
    /// The error code, if it is a word.
    pub error: Option<String>,
    kind: Kind,
    fields: Vec<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Json,
    Page,
    Empty,
    Other,
    Nothing(TransportError),
}

impl Shape {
    /// Reads the shape of a response.
    pub fn of(outcome: &Outcome) -> Self {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(why) => return Self::bare(None, Kind::Nothing(*why)),
        };
        let body = reply.body.expose_secret().trim_ascii();
        let is_page = reply.content_type.as_deref().is_some_and(|kind| kind.contains("html")) || body.starts_with(b"<");
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::of_object(reply.status, &object),
            _ if body.is_empty() => Self::bare(Some(reply.status), Kind::Empty),
            _ if is_page => Self::bare(Some(reply.status), Kind::Page),
            _ => Self::bare(Some(reply.status), Kind::Other),
        }
    }

    fn bare(status: Option<u16>, kind: Kind) -> Self {
        Self { status, has_token: false, error: None, kind, fields: Vec::new() }
    }

    fn of_object(status: u16, object: &Map<String, Value>) -> Self {
        let said = |name: &str| object.get(name).and_then(Value::as_str);
        let is_error = object.get("error").is_some_and(|error| !error.is_null());
        let codes: &[&str] = if (200..300).contains(&status) { &WORDS[..1] } else { &WORDS[..4] };
        let mut fields: Vec<String> = object.iter().take(MOST_KEYS).map(|(name, value)| field(name, value)).collect();
        if object.len() > MOST_KEYS {
            fields.push(format!("and {} more", object.len() - MOST_KEYS));
        }
        Self {
            status: Some(status),
            has_token: !is_error && said("access_token").is_some_and(|token| !token.is_empty()),
            error: codes.iter().find_map(|name| said(name)).and_then(word),
            kind: Kind::Json,
            fields,
        }
    }

    /// Whether Zoho refused: JSON without a token, with a status below 500 other than 429.
    pub fn is_refusal(&self) -> bool {
        !self.has_token && self.kind == Kind::Json && self.status.is_some_and(|status| status < 500 && status != 429)
    }

    /// Whether it has this status and this error code.
    pub fn is(&self, status: u16, error: &str) -> bool {
        self.status == Some(status) && self.has_error(error)
    }

    /// Whether it has this error code, whatever the status.
    pub fn has_error(&self, error: &str) -> bool {
        self.error.as_deref() == Some(error)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status {
            write!(out, "HTTP {status}")?;
        }
        match self.kind {
            Kind::Json if self.fields.is_empty() => out.write_str(" {}"),
            Kind::Json => write!(out, " {{{}}}", self.fields.join(", ")),
            Kind::Page => out.write_str(", a web page"),
            Kind::Empty => out.write_str(", no body"),
            Kind::Other => out.write_str(", neither JSON nor a web page"),
            Kind::Nothing(why) => out.write_str(nothing(why)),
        }
    }
}

fn nothing(why: TransportError) -> &'static str {
    match why {
        TransportError::Unreachable => "no answer: the server cannot be reached",
        TransportError::Broken => "no answer: the connection ended after the request was sent",
        TransportError::NotThisUsers => "no answer: another user's program listens there",
        TransportError::TimedOut => "no answer in time",
        TransportError::Untrusted => "no answer: the certificate is not trusted",
        TransportError::Redirected => "a redirect, which is not followed",
        TransportError::TooLong => "a body over the limit",
        TransportError::CutShort => "a body that ended early",
    }
}

fn field(name: &str, value: &Value) -> String {
    let named = key(name).unwrap_or("(no usual key)");
    let shown = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "<true or false>".to_owned(),
        Value::Number(number) => match number.as_u64().filter(|time| TIMES.contains(&name) && *time < LONGEST_TIME) {
            Some(time) => time.to_string(),
            None => "<number>".to_owned(),
        },
        Value::String(text) if name == "scope" => scopes(text),
        Value::String(text) => match word(text).filter(|_| WORDS.contains(&name)) {
            Some(word) => word,
            None => class(text),
        },
        Value::Array(items) => format!("<list of {}>", items.len()),
        Value::Object(inner) => {
            let keys: Vec<&str> =
                inner.keys().take(MOST_KEYS).map(|name| key(name).unwrap_or("(no usual key)")).collect();
            format!("{{{}}}", keys.join(", "))
        }
    };
    format!("{named}: {shown}")
}

/// The number of permissions and their separators.
fn scopes(text: &str) -> String {
    let count = text.split([' ', ',']).filter(|scope| !scope.is_empty()).count();
    if count == 1 {
        return "<1 permission>".to_owned();
    }
    let between = match (text.contains(' '), text.contains(',')) {
        (true, false) => "blanks between them",
        (false, true) => "commas between them",
        (true, true) => "blanks and commas between them",
        (false, false) => "nothing between them",
    };
    format!("<{count} permissions, {between}>")
}

#[cfg(test)]
mod tests;
