//! Starting with the session, out of sight.
//!
//! **Invariant:** the system's own list of what starts at login is the only place where it is kept.

use keyfob_core::Problem;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Wry};
use tauri_plugin_autostart::{Builder, ManagerExt};

use crate::launch::HIDDEN;
use crate::log;

pub(super) fn plugin() -> TauriPlugin<Wry> {
    Builder::new().app_name("Keyfob").arg(HIDDEN).build()
}

/// Whether the list has Keyfob.
pub(super) fn is_on(app: &AppHandle) -> bool {
    app.autolaunch().is_enabled().unwrap_or_else(|_| {
        log::line(format_args!("what starts at login could not be read"));
        false
    })
}

/// Puts Keyfob on the list or takes it off.
pub(super) fn change(app: &AppHandle, on: bool) -> Result<bool, Problem> {
    let list = app.autolaunch();
    let changed = if on { list.enable() } else { list.disable() };
    changed.map(|()| on).map_err(|why| Problem::LoginUnchanged { reason: why.to_string() })
}
