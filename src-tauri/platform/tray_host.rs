//! Whether this desktop shows tray icons.
//!
//! Source: freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher.

/// The bus name of the service that panels with a tray register with.
#[cfg(target_os = "linux")]
pub const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Asks the service each time, since a panel may have started or ended. Takes half a second at most.
#[cfg(target_os = "linux")]
pub fn is_there() -> bool {
    use std::time::Duration;

    use zbus::blocking::Proxy;
    use zbus::blocking::connection::Builder;
    use zbus::proxy::MethodFlags;
    use zbus::zvariant::OwnedValue;

    const PATIENCE: Duration = Duration::from_millis(500);
    let ask = || -> zbus::Result<bool> {
        let bus = Builder::session()?.method_timeout(PATIENCE).build()?;
        let watcher = Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties")?;
        let what = (WATCHER, "IsStatusNotifierHostRegistered");
        let told: Option<OwnedValue> = watcher.call_with_flags("Get", MethodFlags::NoAutoStart.into(), &what)?;
        Ok(told.is_some_and(|told| bool::try_from(told).unwrap_or_default()))
    };
    ask().unwrap_or(false)
}

/// Always true: other systems always have a tray.
#[cfg(not(target_os = "linux"))]
pub fn is_there() -> bool {
    true
}
