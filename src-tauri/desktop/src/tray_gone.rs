//! Notices when the desktop stops showing tray icons.

/// Calls `gone` whenever the desktop stops showing them, and immediately when it shows none. Must be called on the
/// thread of the main loop.
#[cfg(target_os = "linux")]
pub(super) fn when_gone(gone: impl Fn() + Clone + 'static) {
    use super::bus_name;
    use keyfob::platform::tray_host::WATCHER;

    let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).ok();
    if let Some(bus) = &bus {
        bus_name::when_left(bus, WATCHER, gone.clone());
    }
    if !bus.is_some_and(|bus| bus_name::is_owned(&bus, WATCHER)) {
        gone();
    }
}

/// Does nothing: these systems always have a tray.
#[cfg(not(target_os = "linux"))]
pub(super) fn when_gone(_: impl Fn() + Clone + 'static) {}
