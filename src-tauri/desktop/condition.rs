//! What the desktop offers, looked at and left as it is, without a window.

use keyfob_core::Problem;

use super::{scheme, tray_host};

/// Whether links of ours lead to this very program; an error where they are another's.
pub(crate) async fn links() -> Result<bool, Problem> {
    scheme::look().await
}

/// Whether icons of a tray are shown.
pub(crate) fn tray() -> bool {
    tray_host::is_there()
}

/// The browser that opens addresses of the web, by its name.
#[cfg(target_os = "linux")]
pub(crate) fn browser() -> Option<String> {
    use gio::prelude::AppInfoExt;

    gio::AppInfo::default_for_uri_scheme("https").map(|app| app.display_name().to_string())
}

/// There is one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn browser() -> Option<String> {
    Some("the system's".to_owned())
}
