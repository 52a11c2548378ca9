//! Whether this desktop shows the icons of a tray.
//!
//! Source: freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher.

/// Asks now, for a panel may have come or gone. It takes half a second at most.
#[cfg(target_os = "linux")]
pub(super) fn is_there() -> bool {
    use gio::prelude::*;

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
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

/// The other systems always show them.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_there() -> bool {
    true
}
