//! The one window.
//!
//! **Invariant:** it shows Keyfob's own pages and nothing else, whatever a page tries. Deliberately absent: what is in it.

use std::sync::Arc;
use std::time::Duration;

use keyfob_core::Problem;
use secrecy::SecretSlice;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{
    App, AppHandle, DragDropEvent, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    async_runtime,
};

use super::file;

const LABEL: &str = "main";

/// A page that is not there by now is shown as it is; it may be what is broken.
const SHOWN_AT_LAST: Duration = Duration::from_secs(3);

/// Opens the window. It appears when its page has loaded, so that it never flashes white.
pub(super) fn open(
    app: &App,
    closing: impl Fn() + Send + 'static,
    dropped: impl Fn(Result<SecretSlice<u8>, Problem>) + Send + Sync + 'static,
) -> tauri::Result<()> {
    let dropped = Arc::new(dropped);
    let dev_url = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Keyfob")
        .inner_size(960.0, 720.0)
        .min_inner_size(360.0, 480.0)
        .visible(false)
        .zoom_hotkeys_enabled(true)
        .on_navigation(move |url| is_ours(url, dev_url.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                show(&window);
            }
        })
        .build()?;
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            closing();
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            if let Some(path) = paths.first().cloned() {
                let dropped = Arc::clone(&dropped);
                async_runtime::spawn_blocking(move || dropped(file::read(&path)));
            }
        }
        _ => {}
    });
    async_runtime::spawn(async move {
        tokio::time::sleep(SHOWN_AT_LAST).await;
        if !window.is_visible().unwrap_or(true) {
            show(&window);
        }
    });
    Ok(())
}

/// The window, while it is there.
pub(super) fn of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings the window to the front.
pub(super) fn raise(app: &AppHandle) {
    if let Some(window) = of(app) {
        // A window that the desktop will not raise is still there to be found.
        let _ = window.unminimize();
        show(&window);
    }
}

/// Takes the window to where it can be found again: into the tray, or among the small windows.
pub(super) fn withdraw(app: &AppHandle, tray: bool) {
    if let Some(window) = of(app) {
        let _ = if tray { window.hide() } else { window.minimize() };
    }
}

/// A window that is nowhere to be seen becomes a small one.
pub(super) fn keep_findable(app: &AppHandle) {
    if let Some(window) = of(app)
        && !window.is_visible().unwrap_or(true)
    {
        let _ = window.show();
        let _ = window.minimize();
    }
}

/// Takes the window away.
pub(super) fn hide(app: &AppHandle) {
    if let Some(window) = of(app) {
        let _ = window.hide();
    }
}

fn show(window: &WebviewWindow) {
    let _ = window.show();
    let _ = window.set_focus();
}

/// Tauri serves the app's own pages from `tauri://localhost`, on Windows from `http://tauri.localhost`.
fn is_ours(url: &Url, dev_url: Option<&Url>) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" if cfg!(windows) => url.host_str() == Some("tauri.localhost"),
        _ => dev_url.is_some_and(|dev| dev.origin() == url.origin()),
    }
}
