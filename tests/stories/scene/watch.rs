//! Looks for secrets in whatever can be seen or logged.

use std::sync::LazyLock;

use keyfob_core::browser::Address;
use keyfob_core::{Desk, Effect, Moment};

use super::words::SECRETS;

/// The picture, and the Debug of what happened, of what is to be done and of the Desk itself hold no secret.
#[track_caller]
pub fn nothing_secret(event: &str, effects: &[Effect], desk: &Desk, now: Moment) {
    for effect in effects {
        nothing_in_arguments(effect);
    }
    let picture = serde_json::to_string(&desk.snapshot(now)).unwrap();
    for (where_it_is, text) in
        [("event", event), ("effects", &format!("{effects:?}")), ("desk", &format!("{desk:?}")), ("picture", &picture)]
    {
        if let Some(secret) = found(text) {
            panic!("{where_it_is} tells a secret that ends in {}", &secret[secret.len() - 4..]);
        }
    }
}

/// What may stand in a program's arguments lets nobody finish a sign-in.
#[track_caller]
fn nothing_in_arguments(effect: &Effect) {
    if let Effect::OpenBrowser(_, Address::Public(url)) = effect {
        let told = url.query().unwrap_or_default();
        assert!(told.is_empty() && found(url.as_str()).is_none(), "a public address carries something: {told}");
    }
}

/// The first secret a text holds: as it is, or byte by byte as Debug writes a `Vec<u8>`.
pub fn found(text: &str) -> Option<&'static str> {
    SOUGHT.iter().find(|(secret, bytes)| text.contains(secret) || text.contains(bytes)).map(|(secret, _)| *secret)
}

static SOUGHT: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let in_bytes = |secret: &str| format!("{:?}", secret.as_bytes()).trim_matches(['[', ']']).to_owned();
    SECRETS.iter().map(|secret| (*secret, in_bytes(secret))).collect()
});
