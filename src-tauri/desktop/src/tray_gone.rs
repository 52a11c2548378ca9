//! When the desktop no longer shows the icons of a tray.

/// Says whenever it shows them no longer, and at once where it does not. To be called where the desktop's events are
/// handled.
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

/// They do not go.
#[cfg(not(target_os = "linux"))]
pub(super) fn when_gone(_: impl Fn() + Clone + 'static) {}
