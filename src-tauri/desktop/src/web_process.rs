//! Reloads the page when its process is killed, for example when memory is short.
//!
//! **Invariant:** a process that keeps dying is restarted at a limited rate.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The most restarts without a delay within [`WHILE`].
const MOST: usize = 3;

/// The period in which deaths count, and the delay when there are too many.
const WHILE: Duration = Duration::from_mins(1);

/// The times of the latest deaths.
#[derive(Debug, Default)]
struct Deaths(VecDeque<Instant>);

impl Deaths {
    /// Records a death and returns how long to wait before the restart.
    fn wait_after(&mut self, now: Instant) -> Duration {
        self.0.retain(|at| now.duration_since(*at) < WHILE);
        self.0.push_back(now);
        if self.0.len() > MOST { WHILE } else { Duration::ZERO }
    }
}

/// Reloads the page whenever its process has ended. All it shows comes from the engine, so nothing is lost.
#[cfg(target_os = "linux")]
pub(super) fn comes_back(window: &tauri::WebviewWindow) {
    use std::cell::RefCell;

    use gio::glib::timeout_add_local_once;
    use gio::prelude::ObjectExt;
    use webkit2gtk::WebViewExt;

    use keyfob::diagnostics::log;

    let watched = window.with_webview(|webview| {
        let deaths = RefCell::new(Deaths::default());
        webview.inner().connect_web_process_terminated(move |page, _| {
            let wait = deaths.borrow_mut().wait_after(Instant::now());
            log::line(format_args!("the page's process has ended; the page is loaded anew"));
            let page = page.downgrade();
            timeout_add_local_once(wait, move || {
                if let Some(page) = page.upgrade() {
                    page.reload();
                }
            });
        });
    });
    if watched.is_err() {
        log::line(format_args!("a page whose process ends will not come back"));
    }
}

/// Does nothing: the web views of other systems reload the page themselves.
#[cfg(not(target_os = "linux"))]
pub(super) fn comes_back(_: &tauri::WebviewWindow) {}

#[cfg(test)]
mod tests {
    use super::*;

    // Shows D6.
    #[test]
    fn only_the_fourth_death_in_a_minute_delays_the_restart() {
        let (mut deaths, start) = (Deaths::default(), Instant::now());
        let mut dies_after = |seconds| deaths.wait_after(start + Duration::from_secs(seconds));
        assert_eq!([0, 1, 2].map(&mut dies_after), [Duration::ZERO; 3]);
        assert_eq!(dies_after(3), WHILE);
        assert_eq!(dies_after(63), Duration::ZERO);
        assert_eq!([200, 300, 400, 500].map(dies_after), [Duration::ZERO; 4]);
    }
}
