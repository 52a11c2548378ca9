//! What a stranger may send, each kind with the one function that takes it and says what must hold.
//!
//! A target never fails on what is merely wrong: it panics where Keyfob does, or where Keyfob believed something it must
//! not. cargo-fuzz runs them with coverage (`.ci/fuzz`); `by_chance.rs` runs them a million times with any compiler.
#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::panic, clippy::unwrap_used)]
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the fuzzer and the tests each use what they need of it")]

mod answers;
mod desk;
mod files;
mod links;
mod regions;
#[path = "../../stories/scene/mod.rs"]
mod scene;
mod sealed;
#[path = "../../../src-tauri/scripts/wire.rs"]
mod wire;

/// Takes what a stranger sent.
pub type Target = fn(&[u8]);

/// All of them, by the name of their folder in `corpus/`.
pub const TARGETS: [(&str, Target); 15] = [
    ("answer", answers::answer),
    ("callback", links::callback),
    ("date", answers::date),
    ("device", answers::device),
    ("hand_over", files::hand_over),
    ("intent", desk::intent),
    ("link", desk::link),
    ("pasted", links::pasted),
    ("record", desk::record),
    ("region", regions::region),
    ("regions_file", regions::regions_file),
    ("self_client", files::self_client),
    ("set_up", files::set_up),
    ("vault", sealed::vault),
    ("wish", desk::wish),
];

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target has this name");
    target(bytes);
}

pub use desk::kept;
