//! The icon in the desktop's tray, its tooltip and its menu.
//!
//! **Invariant:** it shows only what [`keyfob::text::tray_menu`] returns, and is redrawn only when that has changed.
//! Without a tray, everything else works.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod system;

use keyfob::app::engine::{Clock, Engine};
use keyfob::diagnostics::log;
use keyfob::text::tray_menu::{TrayIcon as Shape, TrayShown, pressed, shown};
use tauri::image::Image;
use tauri::{AppHandle, async_runtime};

#[cfg(target_os = "linux")]
use self::linux::Icon;
#[cfg(not(target_os = "linux"))]
use self::system::Icon;
use super::pictures::Pictures;
use super::{panel_theme, window};
use keyfob_core::tray::Tray;

/// Shows the icon and keeps it up to date. Must be called on the thread of the main loop.
pub(super) fn show(app: &AppHandle, engine: &Engine, clock: Clock) {
    let first = Drawn::of(engine, &clock, panel_theme::is_dark(app));
    let presses = Presses { app: app.clone(), engine: engine.clone() };
    let (app, engine) = (app.clone(), engine.clone());
    async_runtime::spawn(async move {
        match Icon::show(first.clone(), presses).await {
            Some(icon) => keep_true(&app, icon, &engine, &clock, first).await,
            None => log::line(format_args!("there is no tray here")),
        }
    });
}

async fn keep_true(app: &AppHandle, icon: Icon, engine: &Engine, clock: &Clock, first: Drawn) {
    let (mut before, mut pictures) = (first, Pictures::of(engine));
    while pictures.next().await {
        let now = Drawn::of(engine, clock, panel_theme::is_dark_now(app).await);
        if before != now && icon.redraw(&before, &now).await.is_none() {
            log::line(format_args!("the tray could not be drawn"));
        }
        before = now;
    }
}

/// What the icon shows.
#[derive(Clone, Eq, PartialEq)]
struct Drawn {
    shown: TrayShown,
    /// Whether the panel is dark.
    dark: bool,
}

impl Drawn {
    fn of(engine: &Engine, clock: &Clock, dark: bool) -> Self {
        Self { shown: shown(&Tray::of(&engine.snapshot(), clock())), dark }
    }

    fn picture(&self) -> tauri::Result<Image<'static>> {
        Image::from_bytes(match (self.shown.icon, self.dark) {
            (Shape::Fresh, true) => include_bytes!("../../../icons/tray/fresh-dark.png"),
            (Shape::Fresh, false) => include_bytes!("../../../icons/tray/fresh-light.png"),
            (Shape::Due, true) => include_bytes!("../../../icons/tray/due-dark.png"),
            (Shape::Due, false) => include_bytes!("../../../icons/tray/due-light.png"),
            (Shape::Waiting, true) => include_bytes!("../../../icons/tray/waiting-dark.png"),
            (Shape::Waiting, false) => include_bytes!("../../../icons/tray/waiting-light.png"),
            (Shape::NeedsYou, true) => include_bytes!("../../../icons/tray/needs-you-dark.png"),
            (Shape::NeedsYou, false) => include_bytes!("../../../icons/tray/needs-you-light.png"),
        })
    }
}

/// Handles the menu's entries when they are pressed.
#[derive(Clone)]
struct Presses {
    app: AppHandle,
    engine: Engine,
}

impl Presses {
    /// Handles the entry with this ID.
    fn press(&self, id: &str) {
        let Some(pressed) = pressed(id) else { return };
        if let Some(intent) = pressed.intent {
            self.engine.ask(intent);
        }
        if pressed.front {
            window::raise(&self.app);
        }
    }
}
