//! Looks for secrets in whatever can be seen or logged.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use keyfob_core::browser::Address;
use keyfob_core::{Desk, Effect, Moment, Snapshot, log_line};

use super::words::{CLIENT_ID, OWN_KEY, SECRETS};

/// What is no secret and yet nobody else's.
const PRIVATE: [&str; 6] = [CLIENT_ID, OWN_KEY, "Lovelace", "Finance", "WDJB", "/home"];

/// A shorter name may be a word of Keyfob's own.
const A_NAME: usize = 5;

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

/// The flight recorder's lines of this event hold no secret, and nothing that a report keeps back.
#[track_caller]
pub fn nothing_private_is_recorded(event: &str, effects: &[Effect], picture: &Snapshot) {
    let names = picture.connections.iter().map(|card| card.name.as_str()).filter(|name| name.len() >= A_NAME);
    let private: Vec<&str> = PRIVATE.into_iter().chain(names).collect();
    for line in effects.iter().map(log_line::of_effect).chain([event.to_owned()]) {
        if let Some(secret) = found(&line) {
            panic!("the recorder tells a secret that ends in {}", &secret[secret.len() - 4..]);
        }
        let told = private.iter().find(|private| line.contains(**private));
        assert!(told.is_none(), "the recorder tells {told:?}: {line}");
        let is_personal = line.contains(['@', '\\']) || line.split_whitespace().any(may_be_credential);
        assert!(!is_personal, "the recorder tells an address, a path or a credential: {line}");
    }
}

/// A long run with digits in it, as Zoho's ids, codes and tokens have.
fn may_be_credential(word: &str) -> bool {
    let runs = word.split(|c: char| !c.is_ascii_alphanumeric());
    runs.into_iter().any(|run| run.len() >= 16 && run.contains(|c: char| c.is_ascii_digit()))
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
    SOUGHT.find(text).map(|found| SECRETS[found.pattern().as_usize() / 2])
}

/// Each secret, and right after it its bytes. One pass over a text finds any of them.
static SOUGHT: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let in_bytes = |secret: &str| format!("{:?}", secret.as_bytes()).trim_matches(['[', ']']).to_owned();
    AhoCorasick::new(SECRETS.iter().flat_map(|secret| [(*secret).to_owned(), in_bytes(secret)])).unwrap()
});
