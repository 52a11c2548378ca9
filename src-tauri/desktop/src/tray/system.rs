//! The icon on systems that always have a tray. Not tested there.

use keyfob::text::tray_menu::MenuEntry;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Wry};

use super::{Drawn, Presses};

/// The icon, which is shown until this is dropped.
pub(super) struct Icon {
    icon: TrayIcon,
    app: AppHandle,
}

impl Icon {
    /// Shows the icon; `None` when the system refuses.
    pub(super) async fn show(drawn: Drawn, presses: Presses) -> Option<Self> {
        let app = presses.app.clone();
        let icon = build(&app, &drawn, presses).ok()?;
        Some(Self { icon, app })
    }

    /// Updates the icon; `None` when the system refuses.
    pub(super) async fn redraw(&self, before: &Drawn, now: &Drawn) -> Option<()> {
        let drawn = || {
            if (before.shown.icon, before.dark) != (now.shown.icon, now.dark) {
                self.icon.set_icon(Some(now.picture()?))?;
            }
            if before.shown.tooltip != now.shown.tooltip {
                self.icon.set_tooltip(Some(&now.shown.tooltip))?;
            }
            if before.shown.entries != now.shown.entries {
                self.icon.set_menu(Some(menu(&self.app, &now.shown.entries)?))?;
            }
            tauri::Result::Ok(())
        };
        drawn().ok()
    }
}

fn build(app: &AppHandle, drawn: &Drawn, presses: Presses) -> tauri::Result<TrayIcon> {
    TrayIconBuilder::with_id("keyfob")
        .icon(drawn.picture()?)
        .tooltip(&drawn.shown.tooltip)
        .menu(&menu(app, &drawn.shown.entries)?)
        .show_menu_on_left_click(true)
        .on_menu_event(move |_, event| presses.press(event.id().as_ref()))
        .build(app)
}

fn menu(app: &AppHandle, entries: &[MenuEntry]) -> tauri::Result<Menu<Wry>> {
    let entries = items(app, entries)?;
    Menu::with_items(app, &entries.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

fn items(app: &AppHandle, entries: &[MenuEntry]) -> tauri::Result<Vec<Box<dyn IsMenuItem<Wry>>>> {
    entries.iter().map(|entry| item(app, entry)).collect()
}

fn item(app: &AppHandle, entry: &MenuEntry) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        MenuEntry::Said(text) => Box::new(MenuItem::new(app, plain(text), false, None::<&str>)?),
        MenuEntry::Does { id, label, enabled } => {
            Box::new(MenuItem::with_id(app, id, plain(label), *enabled, None::<&str>)?)
        }
        MenuEntry::More { label, entries } => {
            let inner = items(app, entries)?;
            let inner: Vec<_> = inner.iter().map(AsRef::as_ref).collect();
            Box::new(Submenu::with_items(app, plain(label), true, &inner)?)
        }
        MenuEntry::Rule => Box::new(PredefinedMenuItem::separator(app)?),
    })
}

/// Escapes `&`, which marks the next letter as mnemonic.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
