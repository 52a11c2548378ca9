//! The process that draws the page may be killed, as when memory is short; the page comes back by itself.
//!
//! **Invariant:** where it dies again and again, it is not started again without end.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So often it is started again at once.
const MOST: usize = 3;

/// The deaths of so long count; after one too many, this is waited.
const WHILE: Duration = Duration::from_mins(1);

/// The last deaths.
#[derive(Debug, Default)]
struct Deaths(VecDeque<Instant>);

impl Deaths {
    /// How long to wait after another one.
    fn wait_after(&mut self, now: Instant) -> Duration {
        self.0.retain(|at| now.duration_since(*at) < WHILE);
        self.0.push_back(now);
        if self.0.len() > MOST { WHILE } else { Duration::ZERO }
    }
}

/// Loads the page anew whenever its process has ended. All it shows comes from the engine, so nothing is lost.
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

/// The other systems' views see to it themselves.
#[cfg(not(target_os = "linux"))]
pub(super) fn comes_back(_: &tauri::WebviewWindow) {}

#[cfg(test)]
mod tests {
    use super::*;

    // Shows D6.
    #[test]
    fn the_fourth_death_within_a_minute_has_it_wait_and_a_rare_one_never() {
        let (mut deaths, start) = (Deaths::default(), Instant::now());
        let mut dies_after = |seconds| deaths.wait_after(start + Duration::from_secs(seconds));
        assert_eq!([0, 1, 2].map(&mut dies_after), [Duration::ZERO; 3]);
        assert_eq!(dies_after(3), WHILE);
        assert_eq!(dies_after(63), Duration::ZERO);
        assert_eq!([200, 300, 400, 500].map(dies_after), [Duration::ZERO; 4]);
    }
}
