//! What came back through the browser (RFC 6749 4.1.2), read from bytes that anyone may have sent.
//!
//! Invariant: reading never fails loudly and never trusts; the result is only words until a pending consent's `state`
//! has matched. Deliberately absent: any use of `location` or `accounts-server`; see [`crate::region`].

mod pasted;

use oauth2::AuthorizationCode;
use secrecy::SecretString;
use url::Url;

use crate::text::clean;
use crate::value::ZohoValue;

/// No link of Zoho's is near this long.
pub const LONGEST: usize = 8 * 1024;

/// The error codes that are heard without a `state`: those of RFC 6749 4.1.2.1, and those that Zoho is known to put on the
/// redirect (`no_org`: the account has no such product; `invalid_response_type`: a broken request). Anybody may send them,
/// so no other word is taken.
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

/// Whether an error says nothing but a known code, so that it may be shown whoever sent it.
pub fn is_known_error(error: &str) -> bool {
    KNOWN_ERRORS.contains(&error)
}

/// A readable answer. `state` has not been compared yet.
#[derive(Clone, Debug)]
pub enum AuthorizationResponse {
    /// The user accepted.
    Granted(Granted),
    /// Zoho sent an error instead of a code. Whether `state` comes along is not documented.
    Denied {
        /// The `state`, where it came.
        state: Option<SecretString>,
        /// The error code, as sent.
        error: String,
    },
    /// The user is back from the page that adds permissions: no code, and perhaps no `state`, for Zoho names none there.
    Back {
        /// The `state`, where it came.
        state: Option<SecretString>,
    },
}

/// A code and what came with it.
#[derive(Clone, Debug)]
pub struct Granted {
    /// One use, about a minute.
    pub code: AuthorizationCode,
    /// To compare with the consent's.
    pub state: SecretString,
    /// The region's code, as the browser says.
    pub location: Option<String>,
    /// The server to exchange at, as the browser says.
    pub accounts_server: Option<String>,
}

/// Why a link means nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unreadable {
    /// Longer than [`LONGEST`].
    TooLong,
    /// Not UTF-8.
    NotText,
    /// Not an address, or another one than the redirect URI.
    NotOurs,
    /// A parameter came twice.
    Doubled,
    /// No `state`.
    NoState,
    /// Neither a code nor an error.
    NoCode,
    /// Another value of Zoho's instead of the address.
    Other(ZohoValue),
}

/// Reads a link that should be `redirect_uri` with an answer (compared exactly, RFC 9700 2.1).
pub fn read(link: &[u8], redirect_uri: &str) -> Result<AuthorizationResponse, Unreadable> {
    answer(query_of(text_of(link)?, redirect_uri)?)
}

/// Reads what a user pasted: the address in any form that browsers and chats make of it, the part from `?` on, or the bare
/// code.
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
        // Zoho's own page, before Accept.
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

/// Reads what a user pasted on the way back from the page that adds permissions.
pub fn read_enhanced_pasted(text: &str, redirect_uri: &str) -> Result<AuthorizationResponse, Unreadable> {
    let raw = text_of(text.as_bytes())?;
    let another = || match ZohoValue::of(&clean(raw)) {
        Some(value) => Unreadable::Other(value),
        None => Unreadable::NotOurs,
    };
    enhanced(&pasted::query_in(raw, redirect_uri).ok_or_else(another)?)
}

/// What a user pasted.
#[derive(Clone, Debug)]
pub enum Pasted {
    /// What the browser came back with.
    Answer(AuthorizationResponse),
    /// The code alone. It has no `state` to compare, so it counts only from the user whose request is pending; the
    /// verifier still ties it to that consent.
    Code(AuthorizationCode),
}

/// Reads an address that should be `redirect_uri` as the page that adds permissions sends it back.
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

/// The parameters of an answer.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn of(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// A parameter that is there once and not empty; `None` when it is not there.
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
