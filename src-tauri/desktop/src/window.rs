//! The one window.
//!
//! **Invariant:** it shows only Keyfob's own pages, whatever a page tries. All it shows comes from the snapshot, so it
//! can be destroyed while hidden and created again. Deliberately absent: its content.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keyfob::diagnostics::log;
use keyfob_core::Problem;
use secrecy::SecretSlice;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{
    AppHandle, DragDropEvent, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, async_runtime,
};
use tokio::sync::watch;

use super::{file, tray_gone, web_process};

const LABEL: &str = "main";

/// The proxy that leaves the page without a network: a port that the user's programs cannot listen on. WebKit connects
/// to a link's target before it asks whether it may navigate there.
const NOWHERE: &str = "http://127.0.0.1:9";

/// A window whose page has not loaded by then is shown anyway: the page may be what is broken.
const SHOWN_AT_LAST: Duration = Duration::from_secs(3);

/// A hidden window keeps its page for this time.
const GRACE: Duration = Duration::from_secs(10);

/// At login Keyfob may start before the panel.
const DESKTOP_IS_UP: Duration = Duration::from_secs(5);

/// The callbacks for what the user does to the window itself.
pub(super) struct WindowEvents {
    pub(super) closing: Box<dyn Fn() + Send + Sync>,
    pub(super) dropped: Box<dyn Fn(Result<SecretSlice<u8>, Problem>) + Send + Sync>,
    /// Whether the window has the focus.
    pub(super) front: watch::Sender<bool>,
}

impl fmt::Debug for WindowEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WindowEvents")
    }
}

/// Opens the window for the first time or, if `hidden`, only prepares for that.
pub(super) fn open(app: &AppHandle, events: WindowEvents, hidden: bool) -> tauri::Result<()> {
    app.manage(Arc::new(events));
    if hidden { Ok(()) } else { put_up(app) }
}

/// Ensures that there is an icon or a window, once the desktop is up.
pub(super) fn stays_findable(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        tokio::time::sleep(DESKTOP_IS_UP).await;
        in_turn(&app, |app| {
            let app = app.clone();
            tray_gone::when_gone(move || keep_findable(&app));
        });
    });
}

/// Creates the window. It appears when its page has loaded, so that it never flashes white.
fn put_up(app: &AppHandle) -> tauri::Result<()> {
    let events = Arc::clone(&app.state::<Arc<WindowEvents>>());
    let dev_url = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let appeared = Arc::new(AtomicBool::new(false));
    let appears = Arc::clone(&appeared);
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Keyfob")
        .inner_size(960.0, 720.0)
        .min_inner_size(360.0, 480.0)
        .visible(false)
        .zoom_hotkeys_enabled(true)
        .on_navigation(move |url| is_ours(url, dev_url.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(move |window, page| {
            if page.event() == PageLoadEvent::Finished && !appears.swap(true, Ordering::SeqCst) {
                show(&window);
            }
        });
    if let Some(nowhere) = Url::parse(NOWHERE).ok().filter(|_| cfg!(target_os = "linux") && !tauri::is_dev()) {
        window = window.proxy_url(nowhere);
    }
    let window = window.build()?;
    web_process::comes_back(&window);
    // The window is about to be in front; no notification is needed for what it shows.
    events.front.send_replace(true);
    let listening = Arc::clone(&events);
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            (events.closing)();
        }
        WindowEvent::Focused(front) => {
            events.front.send_replace(*front);
        }
        WindowEvent::Destroyed => {
            events.front.send_replace(false);
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            if let Some(path) = paths.first().cloned() {
                let events = Arc::clone(&events);
                async_runtime::spawn_blocking(move || (events.dropped)(file::read(&path)));
            }
        }
        _ => {}
    });
    async_runtime::spawn(async move {
        tokio::time::sleep(SHOWN_AT_LAST).await;
        if !appeared.swap(true, Ordering::SeqCst) {
            show(&window);
        }
        listening.front.send_replace(window.is_focused().unwrap_or_default());
    });
    Ok(())
}

/// The window; `None` while it is destroyed.
pub(super) fn of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings the window to the front, and creates it again if it was destroyed.
pub(super) fn raise(app: &AppHandle) {
    in_turn(app, |app| match of(app) {
        Some(window) => {
            // The user still finds a window that the desktop does not raise.
            let _ = window.unminimize();
            show(&window);
        }
        None => put_up_again(app),
    });
}

/// Hides the window where the user can find it again: in the tray, where it is destroyed after [`GRACE`], or minimized.
pub(super) fn withdraw(app: &AppHandle, tray: bool) {
    in_turn(app, move |app| {
        let Some(window) = of(app) else { return };
        let _ = if tray { window.hide() } else { window.minimize() };
        app.state::<Arc<WindowEvents>>().front.send_replace(false);
    });
    if tray {
        let app = app.clone();
        async_runtime::spawn(async move {
            tokio::time::sleep(GRACE).await;
            in_turn(&app, |app| {
                if let Some(window) = of(app).filter(is_hidden) {
                    let _ = window.destroy();
                }
            });
        });
    }
}

/// Minimizes the window if it is hidden, so that it stays in the taskbar; creates it if it was destroyed.
fn keep_findable(app: &AppHandle) {
    in_turn(app, |app| match of(app) {
        Some(window) if is_hidden(&window) => {
            let _ = window.show();
            let _ = window.minimize();
        }
        Some(_) => {}
        None => put_up_again(app),
    });
}

/// Runs `work` on the main thread, where no other window event comes between a check and what follows from it.
pub(super) fn in_turn(app: &AppHandle, work: impl FnOnce(&AppHandle) + Send + 'static) {
    let handle = app.clone();
    // When that thread has ended, there is no window.
    let _ = app.run_on_main_thread(move || work(&handle));
}

fn put_up_again(app: &AppHandle) {
    if put_up(app).is_err() {
        log::line(format_args!("the window could not be opened again"));
    }
}

fn is_hidden(window: &WebviewWindow) -> bool {
    !window.is_visible().unwrap_or(true)
}

/// Hides the window.
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
