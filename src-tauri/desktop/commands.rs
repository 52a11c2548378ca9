//! The two things a page may ask of Keyfob.
//!
//! **Invariant:** neither fails and neither answers with a secret; what comes of an intent is seen in the next snapshot.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands a command's arguments over by value"
)]

use keyfob_core::{Intent, Snapshot};
use tauri::State;

use crate::engine::Engine;

#[tauri::command]
pub(super) fn dispatch(engine: State<'_, Engine>, intent: Intent) {
    engine.ask(intent);
}

#[tauri::command]
pub(super) fn snapshot(engine: State<'_, Engine>) -> Snapshot {
    Snapshot::clone(&engine.snapshot())
}
