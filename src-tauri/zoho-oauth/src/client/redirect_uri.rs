//! The redirect URI that a client is registered with.

use url::{Url, form_urlencoded};

use crate::value::ZohoValue;

/// The maximum length in bytes, more than Zoho's console accepts.
const LONGEST: usize = 1_000;

/// The parameters that Zoho adds to the redirect, and that of a webhook token. A URL that already has one was copied
/// after a sign-in and holds a code or a token.
const OF_AN_ANSWER: [&str; 6] = ["code", "state", "error", "location", "accounts-server", "zapikey"];

/// An `http` or `https` redirect URI as registered at Zoho, which compares it byte for byte
/// (zoho.com/accounts/protocol/oauth-setup.html).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RedirectUri(String);

/// Why a text was refused as a redirect URI.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RedirectRefused {
    /// It does not begin with `http://` or `https://` and a host.
    #[error("not an address that begins with http:// or https://")]
    NotAnAddress,
    /// It has a space, a quotation mark, or another character that is not allowed in a URL.
    #[error("a character that an address has not")]
    Characters,
    /// It has a fragment (RFC 6749, section 3.1.2).
    #[error("an address with a #")]
    Fragment,
    /// It has a user name, with or without a password.
    #[error("an address with a user name")]
    UserInfo,
    /// It holds a code or a token, or a parameter that Zoho adds.
    #[error("an address that holds an answer of Zoho's")]
    Answer,
    /// Over a thousand characters.
    #[error("an address that is too long")]
    TooLong,
}

impl RedirectUri {
    /// Reads a redirect URI, ignoring the quotes, brackets and white space that chats and documents put around it.
    pub fn new(text: &str) -> Result<Self, RedirectRefused> {
        let around =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '“' | '”' | '‹' | '›' | '«' | '»');
        let text = text.trim_matches(around);
        let lower = text.to_ascii_lowercase();
        let scheme = ["http://", "https://"].into_iter().find(|scheme| lower.starts_with(scheme));
        let rest = scheme.map(|scheme| &text[scheme.len()..]).filter(|rest| !rest.starts_with('/'));
        let rest = rest.ok_or(RedirectRefused::NotAnAddress)?;
        if text.len() > LONGEST {
            return Err(RedirectRefused::TooLong);
        }
        let is_odd =
            |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
        if text.contains(is_odd) {
            return Err(RedirectRefused::Characters);
        }
        if text.contains('#') {
            return Err(RedirectRefused::Fragment);
        }
        if rest.split(['/', '?']).next().is_some_and(|authority| authority.contains('@')) {
            return Err(RedirectRefused::UserInfo);
        }
        let url = Url::parse(text).map_err(|_| RedirectRefused::NotAnAddress)?;
        if holds_an_answer(&url) { Err(RedirectRefused::Answer) } else { Ok(Self(text.to_owned())) }
    }

    /// The URI as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn holds_an_answer(url: &Url) -> bool {
    let is_secret = |text: &str| matches!(ZohoValue::of(text), Some(ZohoValue::CodeOrToken | ZohoValue::WebhookToken));
    let mut pairs = form_urlencoded::parse(url.query().unwrap_or_default().as_bytes());
    let is_of_an_answer = |name: &str| OF_AN_ANSWER.contains(&name);
    pairs.any(|(name, value)| is_of_an_answer(&name) || is_secret(&value)) || url.path().split('/').any(is_secret)
}

#[cfg(test)]
mod tests {
    use super::RedirectRefused::{Answer, Characters, Fragment, NotAnAddress, TooLong, UserInfo};
    use super::*;

    #[test]
    fn a_web_address_is_accepted_as_typed() {
        for text in [
            "https://www.example.com/",
            "https://www.example.com",
            "http://localhost:8080/cb",
            "https://a.example/x?y=z",
            "https://script.example/macros/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0/usercallback",
            "https://hooks.example/0123456789abcdef0123456789abcdef",
            "HTTPS://WWW.EXAMPLE.COM/",
        ] {
            for around in [format!(" {text}\n"), format!("<{text}>"), format!("“{text}”")] {
                assert_eq!(RedirectUri::new(&around).as_ref().map(RedirectUri::as_str), Ok(text));
            }
        }
    }

    #[test]
    fn an_invalid_redirect_uri_is_refused_with_its_reason() {
        let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef";
        for (text, why) in [
            ("", NotAnAddress),
            ("www.example.com", NotAnAddress),
            ("ftp://www.example.com/", NotAnAddress),
            ("cliqkeyfob://callback", NotAnAddress),
            ("javascript:alert(1)", NotAnAddress),
            ("https://", NotAnAddress),
            ("https:www.example.com", NotAnAddress),
            ("https:/www.example.com", NotAnAddress),
            ("http:///www.example.com", NotAnAddress),
            ("https://:8080/", NotAnAddress),
            ("https:\\\\www.example.com\\", NotAnAddress),
            ("https://www.example.com/#top", Fragment),
            ("https://ada:word@www.example.com/", UserInfo),
            ("https://@www.example.com/", UserInfo),
            ("https://:@www.example.com", UserInfo),
            ("https://www.example.com/ https://www.example.org/", Characters),
            ("https://www.example.com\\x", Characters),
            ("https://www.ex\u{430}mple.com/", Characters),
            ("https://www.example.com/?code=1&state=2", Answer),
            ("https://www.example.com/?x=1&state=z", Answer),
            ("https://cliq.zoho.eu/api?zapikey=1001.ab.cd", Answer),
            (&format!("https://www.example.com/{token}"), Answer),
            (&format!("https://www.example.com/?t={token}"), Answer),
            (&format!("https://www.example.com/{}", "x".repeat(LONGEST)), TooLong),
        ] {
            assert_eq!(RedirectUri::new(text), Err(why), "{text}");
        }
    }
}
