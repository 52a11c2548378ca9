//! Files that a user opens: a setup, and an unsealed handover.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Problem;
use keyfob_core::handover_file::{Handover, is_sealed};
use keyfob_core::setup_file::Setup;
use secrecy::ExposeSecret;

use super::scene::NINE;

/// An accepted setup holds only text that the user could have typed, and is written as it was read.
pub fn setup_file(bytes: &[u8]) {
    let _ = is_sealed(bytes);
    match Setup::read(bytes) {
        None => {}
        Some(Ok(setup)) => is_tidy(&setup),
        Some(Err(problem)) => {
            assert!(matches!(problem, Problem::FileDamaged | Problem::FileNewer { .. }), "{problem:?}");
        }
    }
}

/// An accepted handover has not expired, its secrets are single words, and it is written as it was read.
pub fn handover(bytes: &[u8]) {
    let Ok(read) = Handover::read(&bytes.to_vec().into(), NINE) else { return };
    is_tidy(&read.setup);
    assert!(read.until > NINE, "an expired handover was accepted");
    for secret in read.client_secret.iter().chain([&read.refresh]) {
        let secret = secret.expose_secret();
        assert!(!secret.is_empty() && secret.bytes().all(|b| b.is_ascii_graphic()));
    }
    assert!(read.to.chars().count() <= 61 && !read.to.contains(char::is_control), "{:?}", read.to);
    let again = Handover::read(&read.write(), NINE).expect("what was written can be read");
    assert_eq!((again.setup, again.to, again.until), (read.setup, read.to, read.until));
    assert_eq!(again.refresh.expose_secret(), read.refresh.expose_secret());
}

fn is_tidy(setup: &Setup) {
    let id = &setup.client_id;
    assert!(!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)), "{id:?}");
    assert!(!setup.name.contains(char::is_control) && !setup.scopes.is_empty());
    assert_eq!(
        Setup::read(setup.write().as_bytes()),
        Some(Ok(setup.clone())),
        "the setup did not survive a round trip"
    );
}
