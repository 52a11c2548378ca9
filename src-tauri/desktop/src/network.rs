//! The machine wakes up, or has a network again.
//!
//! **Invariant:** Keyfob only listens for changes and never polls; where none are announced, the engine retries by the clock.
//!
//! Source: systemd's `org.freedesktop.login1(5)`, `PrepareForSleep`.

use keyfob::app::engine::Engine;
use tauri::AppHandle;

/// Tells the engine, from now on. To be called where the desktop's events are handled.
#[cfg(target_os = "linux")]
pub(super) fn listen(app: &AppHandle, engine: &Engine) {
    use gio::prelude::*;
    use keyfob_core::Event;
    use tauri::Manager;

    const LOGIN: &str = "org.freedesktop.login1";

    let told = engine.clone();
    // Heard as long as Keyfob runs.
    let _ = gio::NetworkMonitor::default().connect_network_changed(move |_, available| {
        if available {
            told.tell(Event::NetworkBack);
        }
    });

    let (app, told) = (app.clone(), engine.clone());
    gio::bus_get(gio::BusType::System, gio::Cancellable::NONE, move |bus| {
        let Ok(bus) = bus else { return };
        // Keyfob can do without this bus, also when it ends.
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
        // What is not held is not heard.
        app.manage(bus);
    });
}

/// There the engine looks by the clock alone.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_: &AppHandle, _: &Engine) {}
