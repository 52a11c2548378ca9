//! Files that a user opens: a set-up, and a hand-over that was unsealed.

use keyfob_core::Problem;
use keyfob_core::handover_file::{HandOver, is_sealed};
use keyfob_core::setup_file::SetUp;
use secrecy::ExposeSecret;

use super::scene::NINE;

/// A set-up that is taken holds words the user could have typed, and is written as it was read.
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

fn is_tidy(set_up: &SetUp) {
    let id = &set_up.client_id;
    assert!(!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)), "{id:?}");
    assert!(!set_up.name.contains(char::is_control) && !set_up.scopes.is_empty());
    assert_eq!(SetUp::read(set_up.write().as_bytes()), Some(Ok(set_up.clone())), "it is read as it was written");
}
