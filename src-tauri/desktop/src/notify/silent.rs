//! On other systems only the tray and the window show changes.

use keyfob_core::notification::{About, Notification};

/// A notifier that shows nothing.
#[derive(Debug)]
pub(super) struct Notifier;

impl Notifier {
    pub(super) fn start(_: impl Fn(About) + 'static) -> Self {
        Self
    }

    pub(super) fn show(&self, _: &Notification) {}

    pub(super) fn close(&self, _: About) {}

    pub(super) fn close_all(&self) {}
}
