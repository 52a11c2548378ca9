//! Untrusted inputs: for each kind, one function that takes it and checks what must hold.
//!
//! Invalid input alone never fails a target. It panics where Keyfob panics, or where Keyfob accepts what it must not.
//! cargo-fuzz runs the targets with coverage (`cargo xtask fuzz`); `by_chance.rs` runs them a million times with any compiler.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    reason = "a test fails by panicking"
)]
#![allow(clippy::missing_panics_doc, reason = "a test crate has no public interface")]
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the fuzzer and the tests use different parts")]

mod desk;
#[path = "../../../src-tauri/zoho-oauth/fuzz/src/lib.rs"]
mod dialect;
mod files;
mod regions;
#[path = "../../../src-tauri/core/tests/stories/scene/mod.rs"]
mod scene;
mod sealed;
mod typed;
#[path = "../../../src-tauri/ipc/wire.rs"]
mod wire;

/// Takes untrusted input.
pub type Target = fn(&[u8]);

/// Keyfob's own targets, by the name of their folder in `corpus/`.
pub const TARGETS: [(&str, Target); 9] = [
    ("handover", files::handover),
    ("intent", desk::intent),
    ("link", desk::link),
    ("record", desk::record),
    ("regions_file", regions::regions_file),
    ("setup_file", files::setup_file),
    ("typed", typed::typed),
    ("vault", sealed::vault),
    ("cli_request", desk::cli_request),
];

/// These and the targets of the Zoho crate.
pub fn all() -> impl Iterator<Item = (&'static str, Target)> {
    TARGETS.into_iter().chain(dialect::TARGETS)
}

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = all().find(|(known, _)| *known == name).expect("there is a target with this name");
    target(bytes);
}

pub use desk::kept;
