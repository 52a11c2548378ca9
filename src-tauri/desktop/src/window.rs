//! The one window.
//!
//! **Invariant:** it shows Keyfob's own pages and nothing else, whatever a page tries. All it shows comes from the
//! snapshot, so it can be destroyed while hidden and created again. Deliberately absent: its content.

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

/// The page has no network. WebKit connects to where a link leads before anybody is asked whether it may go there, so
/// its way out ends here: at a port that programs of the user cannot listen on.
const NOWHERE: &str = "http://127.0.0.1:9";

/// A page that is not there by now is shown as it is; it may be what is broken.
const SHOWN_AT_LAST: Duration = Duration::from_secs(3);

/// Who closes the window and opens it again within this time finds the page as it was.
const GRACE: Duration = Duration::from_secs(10);

/// At login Keyfob may be there before the panel is.
const DESKTOP_IS_UP: Duration = Duration::from_secs(5);

/// Receives what the user does to the window itself.
pub(super) struct WindowEvents {
    pub(super) closing: Box<dyn Fn() + Send + Sync>,
    pub(super) dropped: Box<dyn Fn(Result<SecretSlice<u8>, Problem>) + Send + Sync>,
    /// Whether the user looks at the window.
    pub(super) front: watch::Sender<bool>,
}

impl fmt::Debug for WindowEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WindowEvents")
    }
}

/// Opens the window for the first time, or only makes ready to.
pub(super) fn open(app: &AppHandle, events: WindowEvents, hidden: bool) -> tauri::Result<()> {
    app.manage(Arc::new(events));
    if hidden { Ok(()) } else { put_up(app) }
}

/// From when the desktop is up, there is an icon or a window.
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

/// Puts the window up. It appears when its page has loaded, so that it never flashes white.
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
    // It is about to be in front; what it will show need not be told besides.
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

/// The window, while it is there.
pub(super) fn of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings the window to the front, and puts it up where it was taken down.
pub(super) fn raise(app: &AppHandle) {
    in_turn(app, |app| match of(app) {
        Some(window) => {
            // A window that the desktop will not raise is still there to be found.
            let _ = window.unminimize();
            show(&window);
        }
        None => put_up_again(app),
    });
}

/// Takes the window to where it can be found again: into the tray, where it is taken down after a while; or among the
/// small windows.
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

/// A window that is nowhere to be seen becomes a small one.
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

/// On the thread of windows, where nothing comes between a look and what follows from it.
pub(super) fn in_turn(app: &AppHandle, work: impl FnOnce(&AppHandle) + Send + 'static) {
    let handle = app.clone();
    // Where that thread has ended there is no window to be had.
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
