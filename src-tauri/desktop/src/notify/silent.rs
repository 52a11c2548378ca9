//! Elsewhere the tray and the window tell it alone.

use keyfob_core::notification::{About, Notification};

/// Shows no notifications.
#[derive(Debug)]
pub(super) struct Bell;

impl Bell {
    pub(super) fn hung(_: impl Fn(About) + 'static) -> Self {
        Self
    }

    pub(super) fn tell(&self, _: &Notification) {}

    pub(super) fn take_back(&self, _: About) {}

    pub(super) fn take_all_back(&self) {}
}
