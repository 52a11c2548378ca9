//! Whether a name on the session bus has an owner, and when it loses it.
//!
//! GIO's own watcher passes a null connection when there is no bus or the bus has ended, and its Rust binding panics on
//! that.

use gio::DBusConnection;
use gio::prelude::*;

const BUS: &str = "org.freedesktop.DBus";
const PATH: &str = "/org/freedesktop/DBus";

/// In milliseconds. The bus itself answers immediately.
const PATIENCE: i32 = 500;

/// Calls `left` whenever a name's owner leaves the bus, as long as Keyfob runs. Must be called on the thread of the
/// main loop.
pub(super) fn when_left(bus: &DBusConnection, name: &str, left: impl Fn() + 'static) {
    let _ = bus.signal_subscribe(
        Some(BUS),
        Some(BUS),
        Some("NameOwnerChanged"),
        Some(PATH),
        Some(name),
        gio::DBusSignalFlags::NONE,
        move |_, _, _, _, _, told| {
            if told.child_value(2).str() == Some("") {
                left();
            }
        },
    );
}

/// Whether a name has an owner now.
pub(super) fn is_owned(bus: &DBusConnection, name: &str) -> bool {
    let (none, plain, what) = (gio::Cancellable::NONE, gio::DBusCallFlags::NONE, (name,).to_variant());
    let told = bus.call_sync(Some(BUS), PATH, BUS, "NameHasOwner", Some(&what), None, plain, PATIENCE, none);
    told.ok().and_then(|told| told.child_value(0).get()).unwrap_or_default()
}
