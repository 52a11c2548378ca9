//! The redirect URI that a client is registered with.

use url::Url;

/// Longer than any that Zoho's console takes.
const LONGEST: usize = 1_000;

/// An `http` or `https` address as it is registered at Zoho, which compares it byte for byte
/// (zoho.com/accounts/protocol/oauth-setup.html).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// The address in a text; `None` where it is none that a browser can be sent to with an answer in its query (RFC 6749
    /// 3.1.2: absolute, without a fragment), or where it holds credentials.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let url = Url::parse(text).ok().filter(|_| text.len() <= LONGEST && text.is_ascii())?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        let is_one = !text.contains(|c: char| c.is_ascii_whitespace() || c.is_ascii_control() || c == '\\');
        (is_web && is_plain && is_one).then(|| Self(text.to_owned()))
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_web_is_taken_as_it_was_typed() {
        for text in [
            "https://www.example.com/",
            "https://www.example.com",
            "http://localhost:8080/cb",
            "https://a.example/x?y=z",
        ] {
            let taken = RedirectUri::new(&format!(" {text}\n"));
            assert_eq!(taken.as_ref().map(RedirectUri::as_str), Some(text));
        }
    }

    #[test]
    fn what_no_browser_can_be_sent_to_is_not_taken() {
        let long = format!("https://www.example.com/{}", "x".repeat(LONGEST));
        for text in [
            "",
            "www.example.com",
            "ftp://www.example.com/",
            "cliqkeyfob://callback",
            "javascript:alert(1)",
            "https://",
            "https://www.example.com/#top",
            "https://ada:word@www.example.com/",
            "https://www.example.com/ https://www.example.org/",
            "https:\\\\www.example.com\\",
            &long,
        ] {
            assert_eq!(RedirectUri::new(text), None, "{text}");
        }
    }
}
