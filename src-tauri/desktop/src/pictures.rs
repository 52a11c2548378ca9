//! Waits for changes of the snapshot, and for time that changes what it means.

use std::sync::Arc;
use std::time::Duration;

use keyfob::app::engine::Engine;
use keyfob_core::Snapshot;
use keyfob_core::keeping::Keeping;
use tokio::sync::watch;
use tokio::time::timeout;

/// How often displayed minutes are updated.
const TICK: Duration = Duration::from_secs(30);

/// The engine's snapshots, for the tray and the notifications.
#[derive(Debug)]
pub(super) struct Pictures(watch::Receiver<Arc<Snapshot>>);

impl Pictures {
    pub(super) fn of(engine: &Engine) -> Self {
        Self(engine.snapshots())
    }

    /// Waits for the next snapshot, or until the time shown in the last one is out of date. Returns `false` when there
    /// are no more.
    pub(super) async fn next(&mut self) -> bool {
        let counts = {
            let last = self.0.borrow();
            !last.connections.is_empty() || last.keeping == Keeping::NotYet
        };
        if counts {
            !matches!(timeout(TICK, self.0.changed()).await, Ok(Err(_)))
        } else {
            self.0.changed().await.is_ok()
        }
    }
}
