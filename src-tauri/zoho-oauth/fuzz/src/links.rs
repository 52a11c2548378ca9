//! Redirects through the browser, and pasted text.

use secrecy::ExposeSecret;
use zoho_oauth::authorization_response::{AuthorizationResponse, LONGEST, Pasted, read, read_enhanced, read_pasted};

/// Redirect URIs of both types.
const DEEP_LINK: &str = "cliqkeyfob://callback";
const LOOPBACK: &str = "http://localhost:28473/callback";

/// An accepted link starts with exactly the redirect URI and `?`, has one `state` and one code, and its `Debug` prints
/// neither.
pub fn callback(bytes: &[u8]) {
    for redirect_uri in [DEEP_LINK, LOOPBACK] {
        let begins = bytes.starts_with(format!("{redirect_uri}?").as_bytes());
        let Ok(read) = read(bytes, redirect_uri) else { continue };
        assert!(begins && bytes.len() <= LONGEST, "another URL was taken for the redirect URI");
        prints_no_secret(&read);
    }
    if let Ok(read) = read_enhanced(bytes, DEEP_LINK) {
        assert!(!matches!(read, AuthorizationResponse::Granted(_)), "the page that adds permissions sends no code");
    }
}

/// A bare code is one word; a URL is checked like a link.
pub fn pasted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match read_pasted(&text, DEEP_LINK) {
        Ok(Pasted::Code(code)) => {
            assert!(code.secret().bytes().all(|b| b.is_ascii_graphic()), "a code is one word");
        }
        Ok(Pasted::Answer(answer)) => prints_no_secret(&answer),
        Err(_) => {}
    }
}

fn prints_no_secret(callback: &AuthorizationResponse) {
    let printed = format!("{callback:?}");
    if let AuthorizationResponse::Granted(granted) = callback {
        let secrets = [granted.code.secret(), granted.state.expose_secret()];
        assert!(!secrets[0].is_empty() && !secrets[1].is_empty());
        // The output's own words and the other fields may contain a short secret by chance.
        let others = [granted.location.as_deref(), granted.accounts_server.as_deref()];
        let is_elsewhere = |secret: &str| others.iter().flatten().any(|other| other.contains(secret));
        for secret in secrets.into_iter().filter(|secret| secret.len() > 24 && !is_elsewhere(secret)) {
            assert!(!printed.contains(secret), "Debug prints a secret");
        }
    }
}
