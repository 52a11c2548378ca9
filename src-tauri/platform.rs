//! What differs between the systems and needs no window: how links and logins start Keyfob, and whether a tray is there.

#[cfg(target_os = "linux")]
pub(crate) mod autostart;
pub(crate) mod scheme;
pub(crate) mod tray_host;
