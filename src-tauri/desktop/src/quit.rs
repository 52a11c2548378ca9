//! Quitting.
//!
//! **Invariant:** a secret of ours leaves the clipboard, and what Zoho gave is saved, before the process ends; but a
//! person never waits longer than five seconds. Deliberately absent: state to be kept; the Desk's is saved as it changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keyfob::app::in_flight::InFlight;
use tauri::{AppHandle, async_runtime};
use tokio::time::timeout;

use super::clipboard::Clipboard;
use super::{notify, window};

/// Most work ends within this; until then the window may as well stay.
const AT_ONCE: Duration = Duration::from_millis(400);

/// How long work in flight is waited for after that; with all else five seconds.
const PATIENCE: Duration = Duration::from_millis(4400);

/// The way out.
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

    /// Begins to quit; asked twice, it is one quitting.
    pub(super) fn begin(&self) {
        if !self.begun.swap(true, Ordering::SeqCst) {
            #[cfg(not(unix))]
            tauri_plugin_single_instance::destroy(&self.app);
            let quit = self.clone();
            async_runtime::spawn(async move { quit.finish().await });
        }
    }

    /// From here on a link must go to a Keyfob that starts afresh and waits for our lock.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Begins when the system says so: at the end of a session, or from a terminal.
    #[cfg(unix)]
    pub(super) fn when_told(&self) {
        use tokio::signal::unix::{SignalKind, signal};

        for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
            let quit = self.clone();
            async_runtime::spawn(async move {
                // Without the signal's help the process just ends, as it always did.
                let Ok(mut told) = signal(kind) else { return };
                told.recv().await;
                quit.begin();
            });
        }
    }

    /// Elsewhere the session's end closes the window.
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
