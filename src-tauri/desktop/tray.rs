//! The icon in the desktop's tray, and its menu.
//!
//! **Invariant:** it shows what [`crate::tray`] tells and nothing else, and is drawn anew only when that has changed.
//! Where the system lacks the library that trays need, there is none, and all else works.

use std::panic::{AssertUnwindSafe, catch_unwind};

use keyfob_core::tray::Tray;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Wry, async_runtime};

use super::pictures::Pictures;
use super::{panel_theme, window};
use crate::engine::{Clock, Engine};
use crate::log;
use crate::tray::{Entry, TrayIcon as Shape, TrayShown, pressed, shown};

/// Shows the icon, and keeps it true.
pub(super) fn show(app: &AppHandle, engine: &Engine, clock: Clock) {
    let first = Drawn::of(engine, &clock, panel_theme::is_dark(app));
    // The library is looked for when it is first used, and where it is not found that panics.
    let built = catch_unwind(AssertUnwindSafe(|| build(app, engine, &first)));
    match built {
        Ok(Ok(icon)) => keep_true(app.clone(), icon, engine.clone(), clock, first),
        Ok(Err(_)) | Err(_) => log::line(format_args!("there is no tray here")),
    }
}

/// What was last drawn.
struct Drawn {
    shown: TrayShown,
    /// For a dark panel.
    dark: bool,
}

impl Drawn {
    fn of(engine: &Engine, clock: &Clock, dark: bool) -> Self {
        Self { shown: shown(&Tray::of(&engine.snapshot(), clock())), dark }
    }

    fn picture(&self) -> (Shape, bool) {
        (self.shown.icon, self.dark)
    }
}

fn build(app: &AppHandle, engine: &Engine, first: &Drawn) -> tauri::Result<TrayIcon> {
    let asked = engine.clone();
    TrayIconBuilder::with_id("keyfob")
        .icon(picture(first.picture())?)
        .tooltip(&first.shown.tooltip)
        .menu(&menu(app, &first.shown)?)
        .show_menu_on_left_click(true)
        .on_menu_event(move |app, event| {
            let Some(pressed) = pressed(event.id().as_ref()) else { return };
            if let Some(intent) = pressed.intent {
                asked.ask(intent);
            }
            if pressed.front {
                window::raise(app);
            }
        })
        .build(app)
}

fn keep_true(app: AppHandle, icon: TrayIcon, engine: Engine, clock: Clock, first: Drawn) {
    async_runtime::spawn(async move {
        let (mut before, mut pictures) = (first, Pictures::of(&engine));
        while pictures.next().await {
            let now = Drawn::of(&engine, &clock, panel_theme::is_dark_now(&app).await);
            if redraw(&app, &icon, &before, &now).is_err() {
                log::line(format_args!("the tray could not be drawn"));
            }
            before = now;
        }
    });
}

fn redraw(app: &AppHandle, icon: &TrayIcon, before: &Drawn, now: &Drawn) -> tauri::Result<()> {
    if before.picture() != now.picture() {
        icon.set_icon(Some(picture(now.picture())?))?;
    }
    if before.shown.tooltip != now.shown.tooltip {
        icon.set_tooltip(Some(&now.shown.tooltip))?;
    }
    if before.shown.entries != now.shown.entries {
        icon.set_menu(Some(menu(app, &now.shown)?))?;
    }
    Ok(())
}

fn menu(app: &AppHandle, shown: &TrayShown) -> tauri::Result<Menu<Wry>> {
    let entries = items(app, &shown.entries)?;
    Menu::with_items(app, &entries.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

fn items(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Vec<Box<dyn IsMenuItem<Wry>>>> {
    entries.iter().map(|entry| item(app, entry)).collect()
}

fn item(app: &AppHandle, entry: &Entry) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        Entry::Said(text) => Box::new(MenuItem::new(app, plain(text), false, None::<&str>)?),
        Entry::Does { id, label, enabled } => {
            Box::new(MenuItem::with_id(app, id, plain(label), *enabled, None::<&str>)?)
        }
        Entry::More { label, entries } => {
            let inner = items(app, entries)?;
            let inner: Vec<_> = inner.iter().map(AsRef::as_ref).collect();
            Box::new(Submenu::with_items(app, plain(label), true, &inner)?)
        }
        Entry::Rule => Box::new(PredefinedMenuItem::separator(app)?),
    })
}

/// A lone `&` marks the next letter as a key to press.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

/// The shape, drawn for a light or a dark panel.
fn picture(drawn: (Shape, bool)) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match drawn {
        (Shape::Fresh, true) => include_bytes!("../../icons/tray/fresh-dark.png"),
        (Shape::Fresh, false) => include_bytes!("../../icons/tray/fresh-light.png"),
        (Shape::Due, true) => include_bytes!("../../icons/tray/due-dark.png"),
        (Shape::Due, false) => include_bytes!("../../icons/tray/due-light.png"),
        (Shape::Waiting, true) => include_bytes!("../../icons/tray/waiting-dark.png"),
        (Shape::Waiting, false) => include_bytes!("../../icons/tray/waiting-light.png"),
        (Shape::NeedsYou, true) => include_bytes!("../../icons/tray/needs-you-dark.png"),
        (Shape::NeedsYou, false) => include_bytes!("../../icons/tray/needs-you-light.png"),
    })
}
