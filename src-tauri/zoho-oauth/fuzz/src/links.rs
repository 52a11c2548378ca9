//! What comes through the browser, and what a user pastes.

use secrecy::ExposeSecret;
use zoho_oauth::authorization_response::{AuthorizationResponse, LONGEST, Pasted, read, read_enhanced, read_pasted};

/// Redirect URIs of both kinds.
const DEEP_LINK: &str = "cliqkeyfob://callback";
const LOOPBACK: &str = "http://localhost:28473/callback";

/// A link is ours letter by letter up to its `?`, has one `state` and one code, and prints neither.
pub fn callback(bytes: &[u8]) {
    for redirect_uri in [DEEP_LINK, LOOPBACK] {
        let begins = bytes.starts_with(format!("{redirect_uri}?").as_bytes());
        let Ok(read) = read(bytes, redirect_uri) else { continue };
        assert!(begins && bytes.len() <= LONGEST, "another address was taken for ours");
        says_nothing_of_its_secrets(&read);
    }
    if let Ok(read) = read_enhanced(bytes, DEEP_LINK) {
        assert!(!matches!(read, AuthorizationResponse::Granted(_)), "the page that adds permissions brings no code");
    }
}

/// A bare code is a word; an address is held to what a link is.
pub fn pasted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match read_pasted(&text, DEEP_LINK) {
        Ok(Pasted::Code(code)) => {
            assert!(code.secret().bytes().all(|b| b.is_ascii_graphic()), "a code goes into a form as one word");
        }
        Ok(Pasted::Answer(answer)) => says_nothing_of_its_secrets(&answer),
        Err(_) => {}
    }
}

fn says_nothing_of_its_secrets(callback: &AuthorizationResponse) {
    let printed = format!("{callback:?}");
    if let AuthorizationResponse::Granted(granted) = callback {
        let secrets = [granted.code.secret(), granted.state.expose_secret()];
        assert!(!secrets[0].is_empty() && !secrets[1].is_empty());
        // The words of the print itself and what stands beside them are short.
        let others = [granted.location.as_deref(), granted.accounts_server.as_deref()];
        let is_elsewhere = |secret: &str| others.iter().flatten().any(|other| other.contains(secret));
        for secret in secrets.into_iter().filter(|secret| secret.len() > 24 && !is_elsewhere(secret)) {
            assert!(!printed.contains(secret), "a print tells a secret");
        }
    }
}
