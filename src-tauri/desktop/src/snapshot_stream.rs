//! Streams snapshots to the page.
//!
//! **Invariant:** there is one stream; a page that loads again replaces the previous one. Snapshots go through the
//! page's own channel, not through events: a page that may listen to events may listen to all of them, including the
//! links that the deep-link plugin announces, whose `code` and `state` it must not see.

use std::sync::{Mutex, PoisonError};

use keyfob::app::engine::Engine;
use keyfob::diagnostics::log;
use keyfob_core::Snapshot;
use tauri::async_runtime::{self, JoinHandle};
use tauri::ipc::Channel;

/// The task that sends snapshots to the page, once there is a page.
#[derive(Debug, Default)]
pub(super) struct SnapshotStream(Mutex<Option<JoinHandle<()>>>);

impl SnapshotStream {
    /// Sends the current snapshot, and from then on every change of it.
    pub(super) fn draw_for(&self, pictures: Channel<Snapshot>, engine: &Engine) {
        let mut snapshots = engine.snapshots();
        snapshots.mark_changed();
        let drawing = async_runtime::spawn(async move {
            while snapshots.changed().await.is_ok() {
                let picture = Snapshot::clone(&snapshots.borrow_and_update());
                if pictures.send(picture).is_err() {
                    log::line(format_args!("the window could not be told of a change"));
                }
            }
        });
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(drawing);
        if let Some(before) = before {
            before.abort();
        }
    }
}
