//! The two things a page may ask of Keyfob.
//!
//! **Invariant:** neither fails and neither answers with a secret; what comes of an intent is seen in the next snapshot.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands a command's arguments over by value")]

use keyfob::app::engine::Engine;
use keyfob_core::{Intent, Snapshot};
use tauri::State;
use tauri::ipc::Channel;

use super::snapshot_stream::SnapshotStream;

#[tauri::command]
pub(super) fn dispatch(engine: State<'_, Engine>, intent: Intent) {
    engine.ask(intent);
}

/// Draws the picture into `pictures`: as it stands, and again whenever it changes, until a page asks anew.
#[tauri::command]
pub(super) fn snapshot(
    engine: State<'_, Engine>,
    snapshot_stream: State<'_, SnapshotStream>,
    pictures: Channel<Snapshot>,
) {
    snapshot_stream.draw_for(pictures, &engine);
}
