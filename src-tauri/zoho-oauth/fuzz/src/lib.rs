//! Fuzz targets for untrusted input to this crate, one for each kind: a function that parses it and checks what must
//! hold.
//!
//! A target does not fail on input that is merely invalid: it panics when the crate does, or when the crate accepted
//! something it must not. cargo-fuzz runs the targets with coverage.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::missing_panics_doc, reason = "a test crate has no public interface")]
#![allow(dead_code, unreachable_pub, reason = "the fuzzer and tests each use what they need of it")]

mod answers;
mod links;
mod regions;
mod self_client;

use zoho_oauth::Moment;

pub use regions::ACCOUNTS;

const NOW: Moment = Moment::from_millis(1_700_000_000_000);

/// A function that takes untrusted input.
pub type Target = fn(&[u8]);

/// All targets, by the name of their folder in `corpus/`.
pub const TARGETS: [(&str, Target); 7] = [
    ("answer", answers::answer),
    ("callback", links::callback),
    ("date", answers::date),
    ("device", answers::device),
    ("pasted", links::pasted),
    ("region", regions::region),
    ("self_client", self_client::self_client),
];

/// Runs the target with this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target has this name");
    target(bytes);
}
