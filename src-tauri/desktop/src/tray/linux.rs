//! The icon by the `StatusNotifierItem` protocol: a panel reads its properties and is notified of changes.
//!
//! Source: freedesktop.org/wiki/Specifications/StatusNotifierItem. A panel that starts later, or restarts, finds it
//! too.

use keyfob::text::tray_menu::MenuEntry;
use ksni::menu::{MenuItem, StandardItem, SubMenu};
use ksni::{Handle, ToolTip, Tray, TrayMethods};

use super::{Drawn, Presses};

/// The icon, which is shown until this is dropped.
pub(super) struct Icon(Handle<Item>);

impl Icon {
    /// Shows the icon; `None` without a session bus.
    pub(super) async fn show(drawn: Drawn, presses: Presses) -> Option<Self> {
        let item = Item { drawn, presses };
        // There may be no panel yet: at login Keyfob often starts first.
        item.assume_sni_available(true).spawn().await.ok().map(Self)
    }

    /// Updates the icon; `None` when the bus has ended.
    pub(super) async fn redraw(&self, _: &Drawn, now: &Drawn) -> Option<()> {
        let now = now.clone();
        self.0.update(|item| item.drawn = now).await
    }
}

/// Answers the panel's queries.
struct Item {
    drawn: Drawn,
    presses: Presses,
}

impl Tray for Item {
    const MENU_ON_ACTIVATE: bool = true;

    fn id(&self) -> String {
        "keyfob".into()
    }

    fn title(&self) -> String {
        "Keyfob".into()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.drawn.picture().ok().and_then(|picture| pixels(&picture)).into_iter().collect()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.title(), description: self.drawn.shown.tooltip.clone(), ..ToolTip::default() }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        items(&self.drawn.shown.entries)
    }
}

fn items(entries: &[MenuEntry]) -> Vec<MenuItem<Item>> {
    entries.iter().map(item).collect()
}

fn item(entry: &MenuEntry) -> MenuItem<Item> {
    match entry {
        MenuEntry::Said(text) => StandardItem { label: plain(text), enabled: false, ..StandardItem::default() }.into(),
        MenuEntry::Does { id, label, enabled } => {
            let id = id.clone();
            let activate = Box::new(move |item: &mut Item| item.presses.press(&id));
            StandardItem { label: plain(label), enabled: *enabled, activate, ..StandardItem::default() }.into()
        }
        MenuEntry::More { label, entries } => {
            SubMenu { label: plain(label), submenu: items(entries), ..SubMenu::default() }.into()
        }
        MenuEntry::Rule => MenuItem::Separator,
    }
}

/// Escapes `_`, which marks the next letter as mnemonic.
fn plain(text: &str) -> String {
    text.replace('_', "__")
}

/// Converts the image to the protocol's byte order: alpha, red, green, blue.
fn pixels(picture: &tauri::image::Image<'_>) -> Option<ksni::Icon> {
    let data = picture.rgba().as_chunks().0.iter().flat_map(|&[red, green, blue, alpha]| [alpha, red, green, blue]);
    Some(ksni::Icon {
        width: picture.width().try_into().ok()?,
        height: picture.height().try_into().ok()?,
        data: data.collect(),
    })
}
