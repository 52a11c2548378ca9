//! Notices when the machine wakes up or has a network again.
//!
//! **Invariant:** Keyfob listens for changes and never polls; on systems that announce none, the engine retries by the
//! clock.
//!
//! Source: systemd's `org.freedesktop.login1(5)`, `PrepareForSleep`.

use keyfob::app::engine::Engine;
use tauri::AppHandle;

/// Notifies the engine from now on. Must be called on the thread of the main loop.
#[cfg(target_os = "linux")]
pub(super) fn listen(app: &AppHandle, engine: &Engine) {
    use gio::prelude::*;
    use keyfob_core::Event;
    use tauri::Manager;

    const LOGIN: &str = "org.freedesktop.login1";

    let told = engine.clone();
    // The handler stays connected as long as Keyfob runs.
    let _ = gio::NetworkMonitor::default().connect_network_changed(move |_, available| {
        if available {
            told.tell(Event::NetworkBack);
        }
    });

    let (app, told) = (app.clone(), engine.clone());
    gio::bus_get(gio::BusType::System, gio::Cancellable::NONE, move |bus| {
        let Ok(bus) = bus else { return };
        // Keyfob works without this bus, so it must not exit when the bus ends.
        bus.set_exit_on_close(false);
        let _ = bus.signal_subscribe(
            Some(LOGIN),
            Some("org.freedesktop.login1.Manager"),
            Some("PrepareForSleep"),
            Some("/org/freedesktop/login1"),
            None,
            gio::DBusSignalFlags::NONE,
            move |_, _, _, _, _, begins| {
                if begins.child_value(0).get() == Some(false) {
                    told.tell(Event::Woke);
                }
            },
        );
        // Dropping the connection would end the subscription.
        app.manage(bus);
    });
}

/// Does nothing: the engine retries by the clock alone.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_: &AppHandle, _: &Engine) {}
