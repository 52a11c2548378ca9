//! The authorization response, as it comes back through the browser (RFC 6749, section 4.1.2): bytes that anyone may
//! have sent.
//!
//! Invariant: reading never panics and never trusts its input; the result proves nothing until its `state` matches a
//! pending request. Deliberately absent: any use of `location` or `accounts-server`; see [`crate::region`].

mod pasted;

use oauth2::AuthorizationCode;
use secrecy::SecretString;
use url::Url;

use crate::text::clean;
use crate::value::ZohoValue;

/// The maximum length of a link, in bytes. Zoho's links are far shorter.
pub const LONGEST: usize = 8 * 1024;

/// The error codes that are accepted without a `state`: those of RFC 6749, section 4.1.2.1, and those that Zoho is
/// known to put on the redirect (`no_org`: the account has no such product; `invalid_response_type`: a malformed
/// request). Anyone may send a link without `state`, so no other text is accepted.
const KNOWN_ERRORS: [&str; 9] = [
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "no_org",
    "invalid_response_type",
];

/// Whether `error` is a known error code, which is safe to show whoever sent it.
pub fn is_known_error(error: &str) -> bool {
    KNOWN_ERRORS.contains(&error)
}

/// A parsed response. Its `state` has not been compared yet.
#[derive(Clone, Debug)]
pub enum AuthorizationResponse {
    /// The user approved.
    Granted(Granted),
    /// Zoho sent an error instead of a code. Whether it returns `state` too is not documented.
    Denied {
        /// The `state`, if present.
        state: Option<SecretString>,
        /// The error code, as sent.
        error: String,
    },
    /// The user returned from the page that adds permissions. There is no code, and possibly no `state`: Zoho documents
    /// none.
    Back {
        /// The `state`, if present.
        state: Option<SecretString>,
    },
}

/// An authorization code and the parameters that came with it.
#[derive(Clone, Debug)]
pub struct Granted {
    /// Single use; expires after about a minute.
    pub code: AuthorizationCode,
    /// To be compared with the `state` of the pending request.
    pub state: SecretString,
    /// The region's code, according to the browser.
    pub location: Option<String>,
    /// The server to exchange the code at, according to the browser.
    pub accounts_server: Option<String>,
}

/// Why a link cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unreadable {
    /// Longer than [`LONGEST`].
    TooLong,
    /// Not UTF-8.
    NotText,
    /// Not a URL, or not the redirect URI.
    NotOurs,
    /// A parameter occurs twice.
    Doubled,
    /// A code without a `state`.
    NoState,
    /// Neither a code nor an error.
    NoCode,
    /// Another of Zoho's values instead of the URL.
    Other(ZohoValue),
}

/// Reads a link, which must be `redirect_uri` with a response in its query (compared exactly, RFC 9700, section 2.1).
pub fn read(link: &[u8], redirect_uri: &str) -> Result<AuthorizationResponse, Unreadable> {
    answer(query_of(text_of(link)?, redirect_uri)?)
}

/// Reads text that a user pasted: the URL in any form that browsers and chat programs give it, the part from `?` on, or
/// the bare code.
pub fn read_pasted(text: &str, redirect_uri: &str) -> Result<Pasted, Unreadable> {
    let raw = text_of(text.as_bytes())?;
    if let Some(query) = pasted::query_in(raw, redirect_uri) {
        return answer(&query).map(Pasted::Answer);
    }
    if pasted::is_bare(raw, redirect_uri) {
        return Err(Unreadable::NoCode);
    }
    let text = clean(raw);
    match ZohoValue::of(&text) {
        Some(ZohoValue::CodeOrToken) => return Ok(Pasted::Code(AuthorizationCode::new(text))),
        // Zoho's consent page, before the user accepted.
        Some(ZohoValue::Address) if text.contains("/oauth/") => return Err(Unreadable::NoCode),
        Some(value) => return Err(Unreadable::Other(value)),
        None => {}
    }
    let query = text.strip_prefix('?').unwrap_or(&text);
    if Url::parse(&text).is_ok() || !query.contains('=') {
        return Err(Unreadable::NotOurs);
    }
    answer(query).map(Pasted::Answer)
}

/// Reads text that a user pasted after the page that adds permissions.
pub fn read_enhanced_pasted(text: &str, redirect_uri: &str) -> Result<AuthorizationResponse, Unreadable> {
    let raw = text_of(text.as_bytes())?;
    let another = || match ZohoValue::of(&clean(raw)) {
        Some(value) => Unreadable::Other(value),
        None => Unreadable::NotOurs,
    };
    enhanced(&pasted::query_in(raw, redirect_uri).ok_or_else(another)?)
}

/// The content of pasted text.
#[derive(Clone, Debug)]
pub enum Pasted {
    /// The response in the redirect.
    Answer(AuthorizationResponse),
    /// The code alone. It has no `state` to compare, so accept it only from the user whose request is pending; the PKCE
    /// verifier still ties it to that request.
    Code(AuthorizationCode),
}

/// Reads the redirect from the page that adds permissions, which must be `redirect_uri` with a query.
pub fn read_enhanced(link: &[u8], redirect_uri: &str) -> Result<AuthorizationResponse, Unreadable> {
    enhanced(query_of(text_of(link)?, redirect_uri)?)
}

fn enhanced(query: &str) -> Result<AuthorizationResponse, Unreadable> {
    let pairs = Pairs::of(query);
    let state = pairs.one("state")?.map(SecretString::from);
    Ok(match pairs.one("error")? {
        Some(error) => AuthorizationResponse::Denied { state, error },
        None => AuthorizationResponse::Back { state },
    })
}

fn query_of<'a>(text: &'a str, redirect_uri: &str) -> Result<&'a str, Unreadable> {
    let query = text.strip_prefix(redirect_uri).and_then(|rest| rest.strip_prefix('?')).ok_or(Unreadable::NotOurs)?;
    Ok(query.split('#').next().unwrap_or_default())
}

fn text_of(bytes: &[u8]) -> Result<&str, Unreadable> {
    if bytes.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    std::str::from_utf8(bytes).map_err(|_| Unreadable::NotText)
}

fn answer(query: &str) -> Result<AuthorizationResponse, Unreadable> {
    let pairs = Pairs::of(query);
    let (state, code, error) = (pairs.one("state")?.map(SecretString::from), pairs.one("code")?, pairs.one("error")?);
    let (location, accounts_server) = (pairs.one("location")?, pairs.one("accounts-server")?);
    match (error, code) {
        (Some(error), _) => Ok(AuthorizationResponse::Denied { state, error }),
        (None, Some(code)) => {
            let state = state.ok_or(Unreadable::NoState)?;
            Ok(AuthorizationResponse::Granted(Granted {
                code: AuthorizationCode::new(code),
                state,
                location,
                accounts_server,
            }))
        }
        (None, None) => Err(Unreadable::NoCode),
    }
}

/// The query parameters of a response.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn of(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Returns the value of a parameter; `None` when it is absent or empty. Fails when it occurs twice.
    fn one(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let mut values = self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Unreadable::Doubled),
            (value, None) => Ok(value.filter(|v| !v.is_empty())),
        }
    }
}

#[cfg(test)]
mod tests;
