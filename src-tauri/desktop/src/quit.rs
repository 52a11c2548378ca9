//! Quitting.
//!
//! **Invariant:** before the process ends, Keyfob clears its secrets from the clipboard and saves what Zoho sent; but
//! the user never waits longer than five seconds. Deliberately absent: state to be saved; the Desk's is saved as it
//! changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keyfob::app::in_flight::InFlight;
use tauri::{AppHandle, async_runtime};
use tokio::time::timeout;

use super::clipboard::Clipboard;
use super::{notify, window};

/// Most work ends within this time; the window stays until then.
const AT_ONCE: Duration = Duration::from_millis(400);

/// How long to wait for work in flight after [`AT_ONCE`]; five seconds with everything else.
const PATIENCE: Duration = Duration::from_millis(4400);

/// Quits Keyfob.
#[derive(Clone, Debug)]
pub(super) struct Quit {
    app: AppHandle,
    clipboard: Clipboard,
    in_flight: InFlight,
    begun: Arc<AtomicBool>,
}

impl Quit {
    pub(super) fn new(app: AppHandle, clipboard: Clipboard, in_flight: InFlight) -> Self {
        Self { app, clipboard, in_flight, begun: Arc::default() }
    }

    /// Begins to quit. Further calls do nothing.
    pub(super) fn begin(&self) {
        if !self.begun.swap(true, Ordering::SeqCst) {
            #[cfg(not(unix))]
            tauri_plugin_single_instance::destroy(&self.app);
            let quit = self.clone();
            async_runtime::spawn(async move { quit.finish().await });
        }
    }

    /// Whether quitting has begun. A link must then go to a new Keyfob, which waits for this one's lock.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Begins to quit on a signal, at the end of a session or from a terminal.
    #[cfg(unix)]
    pub(super) fn when_told(&self) {
        use tokio::signal::unix::{SignalKind, signal};

        for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
            let quit = self.clone();
            async_runtime::spawn(async move {
                // Without a handler the signal just ends the process.
                let Ok(mut told) = signal(kind) else { return };
                told.recv().await;
                quit.begin();
            });
        }
    }

    /// Does nothing: on these systems the end of the session closes the window.
    #[cfg(not(unix))]
    pub(super) fn when_told(&self) {}

    async fn finish(&self) {
        self.clipboard.cleared().await;
        notify::end(&self.app).await;
        if timeout(AT_ONCE, self.in_flight.settled()).await.is_err() {
            window::hide(&self.app);
            let _ = timeout(PATIENCE, self.in_flight.settled()).await;
        }
        self.app.exit(0);
    }
}
