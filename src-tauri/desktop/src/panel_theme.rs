//! Whether the panel with Keyfob's icon is dark, as far as the desktop says.

use tauri::AppHandle;

/// Whether the panel is dark. Must be called on the thread of the main loop.
#[cfg(target_os = "linux")]
pub(super) fn is_dark(_: &AppHandle) -> bool {
    use gtk::prelude::GtkSettingsExt;

    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    // GNOME's top bar is dark whatever the theme of its windows.
    if desktop.split(':').any(|name| name.eq_ignore_ascii_case("GNOME")) {
        return true;
    }
    gtk::Settings::default().is_some_and(|settings| {
        let named_dark = || settings.gtk_theme_name().is_some_and(|name| name.to_lowercase().ends_with("dark"));
        settings.is_gtk_application_prefer_dark_theme() || named_dark()
    })
}

// Not tested on these systems. The window knows the theme; without a window, a light one is assumed.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_dark(app: &AppHandle) -> bool {
    super::window::of(app).and_then(|window| window.theme().ok()) == Some(tauri::Theme::Dark)
}

/// Whether the panel is dark; may be called on any thread.
pub(super) async fn is_dark_now(app: &AppHandle) -> bool {
    let (tell, told) = tokio::sync::oneshot::channel();
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        // The receiver may have been dropped.
        let _ = tell.send(is_dark(&handle));
    });
    asked.is_ok() && told.await.unwrap_or_default()
}
