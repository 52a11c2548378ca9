//! Files a person opens: a set-up, a hand-over that was unsealed, what Zoho's console saves.

use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::handover_file::{HandOver, is_sealed};
use keyfob_core::setup_file::SetUp;
use secrecy::ExposeSecret;
use zoho_oauth::self_client::{LONGEST_LIFE, SelfClientFile, is_self_client};

use super::scene::NINE;

/// A set-up that is taken holds words a person could have typed, and is written as it was read.
pub fn set_up(bytes: &[u8]) {
    let _ = is_sealed(bytes);
    match SetUp::read(bytes) {
        None => {}
        Some(Ok(set_up)) => is_tidy(&set_up),
        Some(Err(problem)) => {
            assert!(matches!(problem, Problem::FileDamaged | Problem::FileNewer { .. }), "{problem:?}");
        }
    }
}

/// A hand-over that is taken has a day that is still to come and secrets of one word, and is written as it was read.
pub fn hand_over(bytes: &[u8]) {
    let Ok(read) = HandOver::read(&bytes.to_vec().into(), NINE) else { return };
    is_tidy(&read.set_up);
    assert!(read.until > NINE, "its day is over");
    for secret in read.client_secret.iter().chain([&read.refresh]) {
        let secret = secret.expose_secret();
        assert!(!secret.is_empty() && secret.bytes().all(|b| b.is_ascii_graphic()));
    }
    assert!(read.to.chars().count() <= 61 && !read.to.contains(char::is_control), "{:?}", read.to);
    let again = HandOver::read(&read.write(), NINE).expect("what was written is read");
    assert_eq!((again.set_up, again.to, again.until), (read.set_up, read.to, read.until));
    assert_eq!(again.refresh.expose_secret(), read.refresh.expose_secret());
}

/// What Zoho's console saves, or somebody made to look so.
pub fn self_client(bytes: &[u8]) {
    let Some(file) = SelfClientFile::read(bytes) else { return };
    let _ = is_self_client(bytes);
    for minutes in [0, 3, u8::MAX] {
        if let Some(code) = file.code(minutes, NINE) {
            assert!(code.ends <= NINE.plus(LONGEST_LIFE), "no code lives longer");
            assert!(code.code.expose_secret().bytes().all(|b| b.is_ascii_graphic()));
            let _ = code.is_over(NINE.plus(Duration::from_mins(1)));
        }
    }
    let (printed, open) = (format!("{file:?}"), format!("{:?} {:?}", file.client_id, file.scopes));
    let code = file.code(1, NINE).map(|code| code.code);
    for secret in
        file.client_secret.iter().chain(&code).map(ExposeSecret::expose_secret).filter(|secret| secret.len() > 24)
    {
        // A file may say its secret in a field that is none.
        assert!(open.contains(secret) || !printed.contains(secret));
    }
}

fn is_tidy(set_up: &SetUp) {
    let id = &set_up.client_id;
    assert!(!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)), "{id:?}");
    assert!(!set_up.name.contains(char::is_control) && !set_up.scopes.is_empty());
    assert_eq!(SetUp::read(set_up.write().as_bytes()), Some(Ok(set_up.clone())), "it is read as it was written");
}
