//! Recognises Zoho's values by their shape, so that a value in the wrong field is reported and never sent as another.
//!
//! The shapes are those seen in Zoho's documents and in public code: a client ID is `1000.` and capitals or digits, a
//! client secret is lower-case hex, a code or token is `1000.<hex>.<hex>` (`1004.` for devices), a webhook token of
//! Cliq is `1001.<hex>.<hex>` (www.zoho.com/cliq/help/platform/webhook-tokens.html).

use crate::scope::{Scope, Scopes, is_known};

/// The maximum length, several times that of any code, token or secret seen.
const LONGEST: usize = 512;

/// A type of value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ZohoValue {
    /// A client ID.
    ClientId,
    /// A client secret.
    ClientSecret,
    /// An authorization code, an access token or a refresh token, which share a shape.
    CodeOrToken,
    /// A webhook token (`zapikey`), alone or in a URL.
    WebhookToken,
    /// One or more scopes.
    Scopes,
    /// A URL, web or with a private-use scheme (RFC 8252, section 7.1).
    Address,
    /// An organisation's ID.
    OrganisationId,
}

impl ZohoValue {
    /// Returns the type of a text cleaned by [`crate::text::clean`]; `None` when its shape is unknown.
    pub fn of(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        if lower.contains("zapikey=") {
            return Some(Self::WebhookToken);
        }
        if is_address(&lower) {
            return Some(Self::Address);
        }
        match text.split('.').collect::<Vec<_>>().as_slice() {
            ["1001", a, b] if is_hex(a) && is_hex(b) => Some(Self::WebhookToken),
            [head, a, b] if text.len() <= LONGEST && is_code_head(head) && is_hex(a) && is_hex(b) => {
                Some(Self::CodeOrToken)
            }
            ["1000", id] if is_client_id(id) => Some(Self::ClientId),
            [secret] if is_client_secret(secret) => Some(Self::ClientSecret),
            [number] if (8..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) => {
                Some(Self::OrganisationId)
            }
            _ => are_scopes(text).then_some(Self::Scopes),
        }
    }
}

/// Whether a text has the shape of an authorization code or a token.
pub fn is_code(text: &str) -> bool {
    ZohoValue::of(text) == Some(ZohoValue::CodeOrToken)
}

/// Returns the only code or token in a longer text, such as `Bearer 1000.x.y`, `code=1000.x.y` or a line of JSON.
/// `None` when there is none, or more than one.
pub fn code_in(text: &str) -> Option<&str> {
    let mut found = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| is_code(word));
    found.next().filter(|_| found.next().is_none())
}

/// Whether a text is a scheme (RFC 3986, section 3.1) followed by `//` or a query.
fn is_address(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        is_scheme && (rest.starts_with("//") || rest.contains('?'))
    })
}

/// Digits alone are another identifier: random hex of this length practically always contains a letter.
fn is_client_secret(text: &str) -> bool {
    (32..=LONGEST).contains(&text.len()) && is_hex(text) && !text.bytes().all(|b| b.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_code_head(text: &str) -> bool {
    text.starts_with("100") && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_client_id(text: &str) -> bool {
    text.len() >= 20 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Known scopes, or unknown ones of Cliq. Cleaning has removed the commas between several.
fn are_scopes(text: &str) -> bool {
    let is_cliq = |scope: &Scope| scope.service().eq_ignore_ascii_case("ZohoCliq");
    let scopes = Scopes::granted(text);
    !scopes.is_empty() && scopes.iter().all(|scope| is_known(scope) || is_cliq(scope))
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn each_value_is_recognised_by_its_shape() {
        let hex = "0123456789abcdef0123456789abcdef";
        for (text, value) in [
            ("1000.ABCDEFGHIJ0123456789KLMNOPQRST".to_owned(), ZohoValue::ClientId),
            (format!("{hex}0123456789"), ZohoValue::ClientSecret),
            (format!("1000.{hex}.{hex}"), ZohoValue::CodeOrToken),
            (format!("1004.{hex}.{hex}"), ZohoValue::CodeOrToken),
            (format!("1001.{hex}.{hex}"), ZohoValue::WebhookToken),
            (format!("https://cliq.zoho.eu/api/v2/bots/x/message?zapikey=1001.{hex}.{hex}"), ZohoValue::WebhookToken),
            ("ZohoCliq.Channels.READ".to_owned(), ZohoValue::Scopes),
            ("ZohoCliq.Channels.READ,AaaServer.profile.READ".to_owned(), ZohoValue::Scopes),
            ("ZohoCliq.Future.READ".to_owned(), ZohoValue::Scopes),
            ("https://api-console.zoho.eu/".to_owned(), ZohoValue::Address),
            ("cliqkeyfob://callback?code=x".to_owned(), ZohoValue::Address),
            ("cliqkeyfob:callback?code=x".to_owned(), ZohoValue::Address),
            ("60012345678".to_owned(), ZohoValue::OrganisationId),
        ] {
            assert_eq!(ZohoValue::of(&text), Some(value), "{text}");
        }
        for other in [
            "",
            "hello",
            "1000.",
            "1000.ABC",
            "1001.ab",
            "100x.ab.cd",
            "www.zoho.eu",
            "1234567",
            "ClientID:1000.ABC",
            "://x",
        ] {
            assert_eq!(ZohoValue::of(other), None, "{other}");
        }
    }

    #[test]
    fn overlong_or_all_digit_text_is_no_value() {
        let long = format!("1000.{}.ab", "a".repeat(LONGEST));
        for text in [&*long, &"a".repeat(LONGEST + 1), &"7".repeat(40)] {
            assert_eq!(ZohoValue::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_found_within_other_text() {
        let code = "1000.0123456789abcdef.fedcba9876543210";
        for text in ["<@>", "Code: @", "code=@", "Zoho-oauthtoken @", "{\"refresh_token\":\"@\"}", "@,"] {
            assert_eq!(code_in(&text.replace('@', code)), Some(code), "{text}");
        }
        for text in ["", "1000", "@ @", "x@", "@.1"] {
            assert_eq!(code_in(&text.replace('@', code)), None, "{text}");
        }
    }

    #[test]
    fn text_that_only_begins_like_a_code_is_no_code() {
        for odd in ["100\u{1f511}.ab.cd", "100x.ab.cd", "100&code=1000.ab.cd", "100.ab.cd ", "10.ab.cd"] {
            assert!(!is_code(odd), "{odd}");
        }
    }
}
