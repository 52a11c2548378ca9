//! Notifies the user through the desktop while the window is not in front.
//!
//! **Invariant:** what is told is what [`keyfob_core::notification`] says, once; where nobody shows it, it is not tried
//! again, for the tray and the window say it anyway.

#[cfg(target_os = "linux")]
#[path = "notify/bus.rs"]
mod bell;
#[cfg(not(target_os = "linux"))]
#[path = "notify/silent.rs"]
mod bell;

use std::sync::Arc;
use std::time::Duration;

use keyfob::app::engine::{Clock, Engine};
use keyfob::text::notification::clicked;
use keyfob_core::notification::{Tidings, Told};
use tauri::{AppHandle, Manager, async_runtime};
use tokio::sync::watch;
use tokio::time::timeout;

use self::bell::Bell;
use super::pictures::Pictures;
use super::window;

/// Quitting waits no longer than this for what is taken back.
const AT_ONCE: Duration = Duration::from_millis(400);

/// Tells, from now on. `front`: whether the user looks at the window. To be called where the desktop's events are
/// handled.
pub(super) fn keep_telling(app: &AppHandle, engine: &Engine, clock: Clock, mut front: watch::Receiver<bool>) {
    let (asked, fronts) = (engine.clone(), app.clone());
    let bell = Arc::new(Bell::hung(move |about| {
        if let Some(intent) = clicked(about) {
            asked.ask(intent);
        }
        window::raise(&fronts);
    }));
    app.manage(Arc::clone(&bell));
    let engine = engine.clone();
    async_runtime::spawn(async move {
        let (mut told, mut pictures) = (Told::default(), Pictures::of(&engine));
        loop {
            let in_front = *front.borrow_and_update();
            let tidings = told.tidings(&engine.snapshot(), in_front, clock());
            if !tidings.is_empty() {
                let bell = Arc::clone(&bell);
                let _ = async_runtime::spawn_blocking(move || ring(&bell, &tidings)).await;
            }
            let goes_on = tokio::select! {
                more = pictures.next() => more,
                changed = front.changed() => changed.is_ok(),
            };
            if !goes_on {
                return;
            }
        }
    });
}

/// Takes back what is up: once Keyfob has ended, a click on it would do nothing.
pub(super) async fn end(app: &AppHandle) {
    let Some(bell) = app.try_state::<Arc<Bell>>() else { return };
    let bell = Arc::clone(&bell);
    let _ = timeout(AT_ONCE, async_runtime::spawn_blocking(move || bell.take_all_back())).await;
}

fn ring(bell: &Bell, tidings: &[Tidings]) {
    for each in tidings {
        match each {
            Tidings::Tell(notification) => bell.tell(notification),
            Tidings::TakeBack(about) => bell.take_back(*about),
        }
    }
}
