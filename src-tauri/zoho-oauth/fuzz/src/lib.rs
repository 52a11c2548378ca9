//! What a stranger may send to this crate, each kind with the one function that reads it and says what must hold.
//!
//! A target never fails on what is merely wrong: it panics where the crate does, or where the crate believed something it
//! must not. cargo-fuzz runs them with coverage.
#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::panic, clippy::unwrap_used)]
#![allow(dead_code, unreachable_pub, reason = "the fuzzer and tests each use what they need of it")]

mod answers;
mod links;
mod regions;
mod self_client;

use zoho_oauth::Moment;

pub use regions::ACCOUNTS;

const NOW: Moment = Moment::from_millis(1_700_000_000_000);

/// Takes what a stranger sent.
pub type Target = fn(&[u8]);

/// All of them, by the name of their folder in `corpus/`.
pub const TARGETS: [(&str, Target); 7] = [
    ("answer", answers::answer),
    ("callback", links::callback),
    ("date", answers::date),
    ("device", answers::device),
    ("pasted", links::pasted),
    ("region", regions::region),
    ("self_client", self_client::self_client),
];

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target has this name");
    target(bytes);
}
