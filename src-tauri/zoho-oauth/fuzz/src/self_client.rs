//! The file that Zoho's console saves.

use std::time::Duration;

use secrecy::ExposeSecret;
use zoho_oauth::self_client::{LONGEST_LIFE, SelfClientFile, is_self_client};

use super::NOW;

/// A file from Zoho's console, or one made to look like it.
pub fn self_client(bytes: &[u8]) {
    let Some(file) = SelfClientFile::read(bytes) else { return };
    let _ = is_self_client(bytes);
    for minutes in [0, 3, u8::MAX] {
        if let Some(code) = file.code(minutes, NOW) {
            assert!(code.ends <= NOW.plus(LONGEST_LIFE), "a code lives longer than Zoho allows");
            assert!(code.code.expose_secret().bytes().all(|b| b.is_ascii_graphic()));
            let _ = code.is_over(NOW.plus(Duration::from_mins(1)));
        }
    }
    let (printed, open) = (format!("{file:?}"), format!("{:?} {:?}", file.client_id, file.scopes));
    let code = file.code(1, NOW).map(|code| code.code);
    for secret in
        file.client_secret.iter().chain(&code).map(ExposeSecret::expose_secret).filter(|secret| secret.len() > 24)
    {
        // A file may repeat its secret in a field that is not secret.
        assert!(open.contains(secret) || !printed.contains(secret));
    }
}
