//! Soft warnings about pasted credentials. They point out; they never refuse.
//!
//! Shapes are those seen in Zoho's documents and tests: a client id is `1000.` and capitals or digits, a secret is
//! lower-case hex, a code or token is `1000.<hex>.<hex>`.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::problem::is_invisible;

/// What a pasted value looks like, when it does not look like what was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Hint {
    /// A one-time code or a token, `1000.x.y`.
    LooksLikeCode,
    /// A client id in the secret's field.
    LooksLikeClientId,
    /// A client secret in the id's field.
    LooksLikeSecret,
    /// Neither; probably cut short.
    Unusual,
    /// A secret that Keyfob keeps or copied. Only said of a text on the clipboard.
    Own,
}

/// Hints for both fields.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Hints {
    /// About the client id.
    pub client_id: Option<Hint>,
    /// About the client secret.
    pub client_secret: Option<Hint>,
}

/// A pasted value without what copying brings along: blanks, line breaks, quotes, invisible characters.
pub fn clean(pasted: &str) -> String {
    let noise = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»' | ',' | ';')
            || is_invisible(c)
    };
    pasted.chars().filter(|c| !noise(*c)).collect()
}

/// Looks at both values; an empty one has no hint.
pub fn look_at(client_id: &str, client_secret: Option<&SecretString>) -> Hints {
    let unless = |expected: Shape, text: &str| match shape(text) {
        found if found == expected => None,
        Shape::Empty => None,
        Shape::Code => Some(Hint::LooksLikeCode),
        Shape::Id => Some(Hint::LooksLikeClientId),
        Shape::Secret => Some(Hint::LooksLikeSecret),
        Shape::Other => Some(Hint::Unusual),
    };
    Hints {
        client_id: unless(Shape::Id, client_id),
        client_secret: client_secret.and_then(|s| unless(Shape::Secret, s.expose_secret())),
    }
}

/// Whether a text has the shape of a one-time code, or of a token.
pub fn is_code(text: &str) -> bool {
    shape(text) == Shape::Code
}

/// Whether a text has the shape of a client id.
pub fn is_client_id(text: &str) -> bool {
    shape(text) == Shape::Id
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Shape {
    Empty,
    Id,
    Secret,
    Code,
    Other,
}

fn shape(text: &str) -> Shape {
    let hex = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase());
    let kind = |t: &str| t.starts_with("100") && t.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    match parts.as_slice() {
        [""] => Shape::Empty,
        [head, a, b] if kind(head) && hex(a) && hex(b) => Shape::Code,
        ["1000", id] if id.len() >= 20 && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => Shape::Id,
        [secret] if secret.len() >= 32 && hex(secret) => Shape::Secret,
        _ => Shape::Other,
    }
}

#[cfg(test)]
mod tests;
