//! Whether this desktop shows the icons of a tray.
//!
//! Source: freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher.

#[cfg(target_os = "linux")]
use super::bus_name;

#[cfg(target_os = "linux")]
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Asks now, for a panel may have come or gone. It takes half a second at most.
#[cfg(target_os = "linux")]
pub(super) fn is_there() -> bool {
    use gio::prelude::*;

    const PATIENCE: i32 = 500;
    let ask = || {
        let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).ok()?;
        let what = (WATCHER, "IsStatusNotifierHostRegistered").to_variant();
        let told = bus.call_sync(
            Some(WATCHER),
            "/StatusNotifierWatcher",
            "org.freedesktop.DBus.Properties",
            "Get",
            Some(&what),
            None,
            gio::DBusCallFlags::NO_AUTO_START,
            PATIENCE,
            gio::Cancellable::NONE,
        );
        told.ok()?.child_value(0).as_variant()?.get::<bool>()
    };
    let told: Option<bool> = ask();
    told.unwrap_or(false)
}

/// Says whenever it shows them no longer, and at once where it does not. To be called where the desktop's events are
/// handled.
#[cfg(target_os = "linux")]
pub(super) fn when_gone(gone: impl Fn() + Clone + 'static) {
    let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).ok();
    if let Some(bus) = &bus {
        bus_name::when_left(bus, WATCHER, gone.clone());
    }
    if !bus.is_some_and(|bus| bus_name::is_owned(&bus, WATCHER)) {
        gone();
    }
}

/// They do not go.
#[cfg(not(target_os = "linux"))]
pub(super) fn when_gone(_: impl Fn() + Clone + 'static) {}

/// The other systems always show them.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_there() -> bool {
    true
}
