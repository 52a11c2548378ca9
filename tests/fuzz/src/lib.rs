//! What a stranger may send, each kind with the one function that takes it and says what must hold.
//!
//! A target never fails on what is merely wrong: it panics where Keyfob does, or where Keyfob believed something it must
//! not. cargo-fuzz runs them with coverage (`cargo xtask fuzz`); `by_chance.rs` runs them a million times with any compiler.
#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::panic, clippy::unwrap_used)]
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the fuzzer and the tests each use what they need of it")]

mod desk;
#[path = "../../../src-tauri/zoho-oauth/fuzz/src/lib.rs"]
mod dialect;
mod files;
mod regions;
#[path = "../../stories/scene/mod.rs"]
mod scene;
mod sealed;
mod typed;
#[path = "../../../src-tauri/ipc/wire.rs"]
mod wire;

/// Takes what a stranger sent.
pub type Target = fn(&[u8]);

/// Those of Keyfob itself, by the name of their folder in `corpus/`.
pub const TARGETS: [(&str, Target); 9] = [
    ("handover", files::handover),
    ("intent", desk::intent),
    ("link", desk::link),
    ("record", desk::record),
    ("regions_file", regions::regions_file),
    ("setup_file", files::setup_file),
    ("typed", typed::typed),
    ("vault", sealed::vault),
    ("wish", desk::wish),
];

/// These, and those of the Zoho crate.
pub fn all() -> impl Iterator<Item = (&'static str, Target)> {
    TARGETS.into_iter().chain(dialect::TARGETS)
}

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = all().find(|(known, _)| *known == name).expect("a target has this name");
    target(bytes);
}

pub use desk::kept;
