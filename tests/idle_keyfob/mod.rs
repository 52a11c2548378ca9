//! A Keyfob that runs and does nothing: an engine, and the socket that receives second starts.
#![allow(unreachable_pub, reason = "a module of several tests")]

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use keyfob::app::engine::{Engine, wall_clock};
use keyfob::app::host::{Answers, Host};
use keyfob::ipc::{Callers, SecondStart, socket};
use keyfob_core::{Desk, Effect};

struct Idle;

impl Host for Idle {
    fn perform(&self, _: Effect, _: Answers) {}
}

/// Serves the socket of this folder, and passes second starts to `takes_over`. Must be called on a tokio runtime.
pub fn attend(folder: &Path, takes_over: impl Fn(&Engine, SecondStart) -> bool + Send + Sync + 'static) {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).unwrap();
    let engine = Engine::start(Desk::default(), Arc::new(Idle), wall_clock(), Ok(None), String::new());
    let told = engine.clone();
    socket::attend(folder, engine, Callers::default(), Arc::new(move |start| takes_over(&told, start))).unwrap();
}
