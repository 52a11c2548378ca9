//! What a text from Zoho is, told by its shape: so that a value in the wrong field is named, and never sent as another.
//!
//! Shapes are those seen in Zoho's documents and in public code: a client ID is `1000.` and capitals or digits, a client
//! secret is lower-case hex, a code or token is `1000.<hex>.<hex>` (`1004.` for devices), a webhook token of Cliq is
//! `1001.<hex>.<hex>` (www.zoho.com/cliq/help/platform/webhook-tokens.html).

use crate::scope::{Scope, Scopes, is_known};

/// Several times as long as any code, token or secret that was seen.
const LONGEST: usize = 512;

/// A kind of value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ZohoValue {
    /// The public half of a client's credentials.
    ClientId,
    /// The secret half.
    ClientSecret,
    /// A one-time code, an access token or a refresh token: they share a shape.
    CodeOrToken,
    /// A webhook token (`zapikey`), alone or in the address that it is used in.
    WebhookToken,
    /// One or more permissions.
    Scopes,
    /// A web address, or a link of a private-use scheme (RFC 8252 7.1).
    Address,
    /// The number of an organisation.
    OrganisationId,
}

impl ZohoValue {
    /// What a text is that was freed of noise by [`crate::text::clean`]; `None` when it has no known shape.
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

/// Whether a text has the shape of a one-time code, or of a token.
pub fn is_code(text: &str) -> bool {
    ZohoValue::of(text) == Some(ZohoValue::CodeOrToken)
}

/// The one code or token in a text that has no shape itself: as `Bearer 1000.x.y`, `code=1000.x.y` or a line of JSON. `None`
/// when there is none, or more than one.
pub fn code_in(text: &str) -> Option<&str> {
    let mut found = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| is_code(word));
    found.next().filter(|_| found.next().is_none())
}

/// A scheme (RFC 3986 3.1), and after it `//` or a query.
fn is_address(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        is_scheme && (rest.starts_with("//") || rest.contains('?'))
    })
}

/// Digits alone are an identifier of something else: forty letters of hex without one of `a` to `f` do not happen.
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

/// Known permissions, or those of Cliq that are not known yet. Cleaning joined what commas had kept apart.
fn are_scopes(text: &str) -> bool {
    let is_cliq = |scope: &Scope| scope.service().eq_ignore_ascii_case("ZohoCliq");
    let scopes = Scopes::granted(text);
    !scopes.is_empty() && scopes.iter().all(|scope| is_known(scope) || is_cliq(scope))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_value_is_told_by_its_shape() {
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
    fn what_is_longer_than_any_or_digits_alone_is_none() {
        let long = format!("1000.{}.ab", "a".repeat(LONGEST));
        for text in [&*long, &"a".repeat(LONGEST + 1), &"7".repeat(40)] {
            assert_eq!(ZohoValue::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_found_in_what_stands_around_it() {
        let code = "1000.0123456789abcdef.fedcba9876543210";
        for text in ["<@>", "Code: @", "code=@", "Zoho-oauthtoken @", "{\"refresh_token\":\"@\"}", "@,"] {
            assert_eq!(code_in(&text.replace('@', code)), Some(code), "{text}");
        }
        for text in ["", "1000", "@ @", "x@", "@.1"] {
            assert_eq!(code_in(&text.replace('@', code)), None, "{text}");
        }
    }

    #[test]
    fn what_only_begins_as_a_code_is_none() {
        for odd in ["100\u{1f511}.ab.cd", "100x.ab.cd", "100&code=1000.ab.cd", "100.ab.cd ", "10.ab.cd"] {
            assert!(!is_code(odd), "{odd}");
        }
    }
}
