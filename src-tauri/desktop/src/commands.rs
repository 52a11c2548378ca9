//! The two commands that a page may call.
//!
//! **Invariant:** neither fails and neither returns a secret; the result of an intent is in the next snapshot.

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

/// Sends the current snapshot and every change of it to `pictures`, until a page calls this again.
#[tauri::command]
pub(super) fn snapshot(
    engine: State<'_, Engine>,
    snapshot_stream: State<'_, SnapshotStream>,
    pictures: Channel<Snapshot>,
) {
    snapshot_stream.draw_for(pictures, &engine);
}
