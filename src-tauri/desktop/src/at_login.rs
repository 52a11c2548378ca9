//! Starting at login, without a window.
//!
//! **Invariant:** this setting is stored only in the system's own list of login programs.
//!
//! On Linux Keyfob writes the entry, because the plugin's library does not quote the program's path in it. On Windows
//! the library does not quote it either, and the system then tries the path up to each blank first; a path with blanks
//! is not tested there.

use keyfob::app::launch::HIDDEN;
use keyfob::diagnostics::log;
use keyfob_core::Problem;
use tauri::{AppHandle, Builder, Wry};

/// Whether Keyfob is on the list. Repairs an earlier version's entry that would start another program.
pub(super) fn is_on(app: &AppHandle) -> bool {
    system::is_on(app).unwrap_or_else(|_| {
        log::line(format_args!("what starts at login could not be read"));
        false
    })
}

/// Puts Keyfob on the list or takes it off.
pub(super) fn change(app: &AppHandle, on: bool) -> Result<bool, Problem> {
    system::change(app, on).map(|()| on).map_err(|reason| Problem::LoginUnchanged { reason })
}

/// Adds the plugins that the list needs.
pub(super) fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
    system::with_plugins(builder)
}

#[cfg(target_os = "linux")]
mod system {
    use super::{AppHandle, Builder, HIDDEN, Wry};
    use keyfob::platform::autostart::Autostart;
    use keyfob::platform::scheme::program;
    use std::io;
    use tauri::Manager;

    pub(super) fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
        builder
    }

    pub(super) fn is_on(app: &AppHandle) -> io::Result<bool> {
        autostart(app)?.is_on()
    }

    pub(super) fn change(app: &AppHandle, on: bool) -> Result<(), String> {
        let changed = autostart(app).and_then(|list| if on { list.add() } else { list.remove() });
        changed.map_err(|why| why.to_string())
    }

    fn autostart(app: &AppHandle) -> io::Result<Autostart> {
        let config = app.path().config_dir().map_err(|_| io::ErrorKind::NotFound)?;
        Ok(Autostart::new(program(app.env().appimage)?, HIDDEN, &config))
    }
}

// Not tested on these systems.
#[cfg(not(target_os = "linux"))]
mod system {
    use super::{AppHandle, Builder, HIDDEN, Wry};
    use tauri_plugin_autostart::{Builder as Plugin, Error, ManagerExt};

    pub(super) fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
        builder.plugin(Plugin::new().app_name("Keyfob").arg(HIDDEN).build())
    }

    pub(super) fn is_on(app: &AppHandle) -> Result<bool, Error> {
        app.autolaunch().is_enabled()
    }

    pub(super) fn change(app: &AppHandle, on: bool) -> Result<(), String> {
        let list = app.autolaunch();
        if on { list.enable() } else { list.disable() }.map_err(|why| why.to_string())
    }
}
