//! Notifies the user through the desktop while the window is not in front.
//!
//! **Invariant:** each change of [`keyfob_core::notification`] is sent once; when no service shows notifications, it is
//! not sent again, because the tray and the window show it anyway.

#[cfg(target_os = "linux")]
#[path = "notify/bus.rs"]
mod notifier;
#[cfg(not(target_os = "linux"))]
#[path = "notify/silent.rs"]
mod notifier;

use std::sync::Arc;
use std::time::Duration;

use keyfob::app::engine::{Clock, Engine};
use keyfob::text::notification::clicked;
use keyfob_core::notification::{NotificationChange, NotificationTracker};
use tauri::{AppHandle, Manager, async_runtime};
use tokio::sync::watch;
use tokio::time::timeout;

use self::notifier::Notifier;
use super::pictures::Pictures;
use super::window;

/// How long quitting waits for notifications to close.
const SHUTDOWN_GRACE: Duration = Duration::from_millis(400);

/// Starts to notify. `front` says whether the window is in front. Must be called on the thread of the main loop.
pub(super) fn start(app: &AppHandle, engine: &Engine, clock: Clock, mut front: watch::Receiver<bool>) {
    let (asked, fronts) = (engine.clone(), app.clone());
    let notifier = Arc::new(Notifier::start(move |about| {
        if let Some(intent) = clicked(about) {
            asked.ask(intent);
        }
        window::raise(&fronts);
    }));
    app.manage(Arc::clone(&notifier));
    let engine = engine.clone();
    async_runtime::spawn(async move {
        let (mut tracker, mut pictures) = (NotificationTracker::default(), Pictures::of(&engine));
        loop {
            let in_front = *front.borrow_and_update();
            let changes = tracker.changes(&engine.snapshot(), in_front, clock());
            if !changes.is_empty() {
                let notifier = Arc::clone(&notifier);
                let _ = async_runtime::spawn_blocking(move || apply(&notifier, &changes)).await;
            }
            let is_open = tokio::select! {
                more = pictures.next() => more,
                looked = front.changed() => looked.is_ok(),
            };
            if !is_open {
                return;
            }
        }
    });
}

/// Closes all notifications: once Keyfob has ended, a click on one would do nothing.
pub(super) async fn end(app: &AppHandle) {
    let Some(notifier) = app.try_state::<Arc<Notifier>>() else { return };
    let notifier = Arc::clone(&notifier);
    let _ = timeout(SHUTDOWN_GRACE, async_runtime::spawn_blocking(move || notifier.close_all())).await;
}

fn apply(notifier: &Notifier, changes: &[NotificationChange]) {
    for each in changes {
        match each {
            NotificationChange::Show(notification) => notifier.show(notification),
            NotificationChange::Close(about) => notifier.close(*about),
        }
    }
}
