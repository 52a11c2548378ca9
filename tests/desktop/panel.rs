//! A fake panel: it accepts tray icons as real panels do, and presses entries of their menus.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "what the bus calls has the shape the specification gives it"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

use crate::patience::until;
use crate::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(20);

/// The object path that the specification gives an item that names none.
const ITEM: &str = "/StatusNotifierItem";

/// The bus names that registered an icon.
type Shown = Arc<Mutex<Vec<String>>>;

/// The running panel.
pub struct Panel {
    bus: Connection,
    shown: Shown,
}

/// The specification's watcher and host in one.
struct Watcher(Shown);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: &str, #[zbus(header)] header: Header<'_>) {
        self.0.lock().unwrap().push(header.sender().map(ToString::to_string).unwrap_or_default());
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|sender| format!("{sender}{ITEM}")).collect()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// An icon's width, height and pixels.
pub type Picture = (i32, i32, Vec<u8>);

/// An entry of a menu.
#[derive(Clone, Debug)]
struct Entry {
    id: i32,
    label: String,
    enabled: bool,
    under: Vec<Entry>,
}

impl Panel {
    pub fn on(stage: &Stage) -> Self {
        let shown = Shown::default();
        let bus = connection::Builder::address(stage.bus())
            .and_then(|bus| bus.name("org.kde.StatusNotifierWatcher"))
            .and_then(|bus| bus.serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&shown))))
            .and_then(connection::Builder::build)
            .expect("the panel is on the bus");
        Self { bus, shown }
    }

    /// Returns the labels of the menu, submenus included, from top to bottom.
    pub fn reads(&self) -> Vec<String> {
        fn labels(entries: &[Entry]) -> Vec<String> {
            let each = |entry: &Entry| std::iter::once(entry.label.clone()).chain(labels(&entry.under));
            entries.iter().flat_map(each).collect()
        }
        labels(&self.menu())
    }

    pub fn reads_at_last(&self, wanted: &str) {
        until(&format!("the menu says {wanted}"), PATIENCE, || self.reads().iter().any(|label| label == wanted));
    }

    /// Presses the first entry with this label, once it is enabled.
    pub fn presses(&self, label: &str) {
        fn found(entries: &[Entry], label: &str) -> Option<i32> {
            let here = entries.iter().find(|entry| entry.label == label && entry.enabled).map(|entry| entry.id);
            here.or_else(|| entries.iter().find_map(|entry| found(&entry.under, label)))
        }
        // A menu redrawn in between has other IDs; it is then read again, as panels do.
        until(&format!("{label} is pressed"), PATIENCE, || {
            let Some(id) = found(&self.menu(), label) else { return false };
            let press = (id, "clicked", Value::from(0_i32), 0_u32);
            self.menu_proxy().is_some_and(|menu| menu.call::<_, _, ()>("Event", &press).is_ok())
        });
    }

    /// Returns the tooltip's text below Keyfob's name.
    pub fn tooltip(&self) -> String {
        type Told = (String, Vec<Picture>, String, String);
        let (_, _, title, text): Told = self.item().get_property("ToolTip").expect("the icon has a tooltip");
        assert_eq!(title, "Keyfob");
        text
    }

    pub fn tells_at_last(&self, wanted: &str) {
        until(&format!("the tooltip says {wanted}"), PATIENCE, || self.tooltip() == wanted);
    }

    /// Returns the icon.
    pub fn picture(&self) -> Picture {
        let mut pictures: Vec<Picture> = self.item().get_property("IconPixmap").expect("the icon has pictures");
        pictures.pop().expect("it has one")
    }

    fn item(&self) -> Proxy<'_> {
        let mut newest = None;
        until("an icon is shown", PATIENCE, || {
            // The lock is released before the bus is called: an icon that registers takes it on the bus's thread.
            let last = self.shown.lock().unwrap().last().cloned();
            newest = last.filter(|sender| self.is_there(sender));
            newest.is_some()
        });
        Proxy::new(&self.bus, newest.unwrap(), ITEM, "org.kde.StatusNotifierItem").unwrap()
    }

    fn is_there(&self, sender: &str) -> bool {
        let bus =
            Proxy::new(&self.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus").unwrap();
        bus.call("NameHasOwner", &(sender,)).expect("the bus answers")
    }

    fn menu_proxy(&self) -> Option<Proxy<'_>> {
        let item = self.item();
        let path: OwnedObjectPath = item.get_property("Menu").ok()?;
        Proxy::new(&self.bus, item.destination().to_owned(), path, "com.canonical.dbusmenu").ok()
    }

    /// Returns the menu; empty while it is being redrawn.
    fn menu(&self) -> Vec<Entry> {
        type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));
        let all: &[&str] = &[];
        let layout = self.menu_proxy().and_then(|menu| menu.call("GetLayout", &(0_i32, -1_i32, all)).ok());
        let under = layout.map(|(_, (_, _, under)): Layout| under).unwrap_or_default();
        under.into_iter().filter_map(entry).collect()
    }
}

fn entry(value: OwnedValue) -> Option<Entry> {
    let structure = Structure::try_from(Value::from(value)).ok()?;
    let [id, properties, under] = <[Value<'_>; 3]>::try_from(structure.into_fields()).ok()?;
    let properties: HashMap<String, OwnedValue> = properties.try_into().ok()?;
    let under: Vec<OwnedValue> = under.try_into().ok()?;
    let label = properties.get("label").and_then(|label| String::try_from(label.clone()).ok()).unwrap_or_default();
    let enabled = properties.get("enabled").and_then(|on| bool::try_from(on.clone()).ok()).unwrap_or(true);
    Some(Entry { id: id.try_into().ok()?, label, enabled, under: under.into_iter().filter_map(entry).collect() })
}
