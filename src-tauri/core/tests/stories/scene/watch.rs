//! Searches everything that can be seen or logged for secrets.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use keyfob_core::browser::Address;
use keyfob_core::{Desk, Effect, Moment, Snapshot, log_line};

use super::words::{CLIENT_ID, OWN_KEY, SECRETS};

/// Private data that is not secret.
const PRIVATE: [&str; 6] = [CLIENT_ID, OWN_KEY, "Lovelace", "Finance", "WDJB", "/home"];

/// The least length of a name that is checked. A shorter one may be one of Keyfob's own words.
const A_NAME: usize = 5;

/// Asserts that the snapshot and the `Debug` output of the event, the effects and the Desk hold no secret.
#[track_caller]
pub fn nothing_secret(event: &str, effects: &[Effect], desk: &Desk, now: Moment) {
    for effect in effects {
        nothing_in_arguments(effect);
    }
    let shown = serde_json::to_string(&desk.snapshot(now)).unwrap();
    for (where_it_is, text) in
        [("event", event), ("effects", &format!("{effects:?}")), ("desk", &format!("{desk:?}")), ("snapshot", &shown)]
    {
        if let Some(secret) = found(text) {
            panic!("{where_it_is} holds a secret that ends in {}", &secret[secret.len() - 4..]);
        }
    }
}

/// Asserts that the flight recorder's lines of an event hold no secret and nothing that a report leaves out.
#[track_caller]
pub fn nothing_private_is_recorded(event: &str, effects: &[Effect], snapshot: &Snapshot) {
    let names = snapshot.connections.iter().map(|card| card.name.as_str()).filter(|name| name.len() >= A_NAME);
    let private: Vec<&str> = PRIVATE.into_iter().chain(names).collect();
    for line in effects.iter().map(log_line::of_effect).chain([event.to_owned()]) {
        if let Some(secret) = found(&line) {
            panic!("the recorder holds a secret that ends in {}", &secret[secret.len() - 4..]);
        }
        let told = private.iter().find(|private| line.contains(**private));
        assert!(told.is_none(), "the recorder holds {told:?}: {line}");
        let is_personal = line.contains(['@', '\\']) || line.split_whitespace().any(may_be_credential);
        assert!(!is_personal, "the recorder holds an address, a path or a credential: {line}");
    }
}

/// Whether a word has a long run with digits, like Zoho's IDs, codes and tokens.
fn may_be_credential(word: &str) -> bool {
    let runs = word.split(|c: char| !c.is_ascii_alphanumeric());
    runs.into_iter().any(|run| run.len() >= 16 && run.contains(|c: char| c.is_ascii_digit()))
}

/// Asserts that an address which may be a program's argument holds nothing a sign-in could be finished with.
#[track_caller]
fn nothing_in_arguments(effect: &Effect) {
    if let Effect::OpenBrowser(_, Address::Public(url)) = effect {
        let told = url.query().unwrap_or_default();
        assert!(told.is_empty() && found(url.as_str()).is_none(), "a public address has a query or a secret: {told}");
    }
}

/// The first secret in a text, either as is or byte by byte as `Debug` writes a `Vec<u8>`.
pub fn found(text: &str) -> Option<&'static str> {
    SOUGHT.find(text).map(|found| SECRETS[found.pattern().as_usize() / 2])
}

/// Each secret followed by its bytes. One pass over a text finds any of them.
static SOUGHT: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let in_bytes = |secret: &str| format!("{:?}", secret.as_bytes()).trim_matches(['[', ']']).to_owned();
    AhoCorasick::new(SECRETS.iter().flat_map(|secret| [(*secret).to_owned(), in_bytes(secret)])).unwrap()
});
