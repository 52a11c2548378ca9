//! Notifications for the user while the window is not in front, as values.
//!
//! Invariant: they are drawn only from snapshots, so they hold no secret. There is at most one per connection, and a
//! shared one when more than [`MOST`] connections have the same reason. Nothing is notified that the window in front
//! shows, and a notification is closed once it is seen. Deliberately absent: text, the desktop, and a clock.

mod reason;
mod tracker;

pub use reason::NotificationReason;
pub use tracker::NotificationTracker;

use crate::domain::connection::ConnectionId;

/// More connections than this with the same reason share one notification.
pub const MOST: usize = 3;

/// A notification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notification {
    /// What it is about; it replaces an earlier one about the same.
    pub about: About,
    /// Why it is shown.
    pub reason: NotificationReason,
    /// The connection's name; empty when it is about several or none.
    pub name: String,
    /// How many connections it is about.
    pub count: usize,
    /// Whether it says that the reason is over.
    pub over: bool,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum About {
    /// One connection.
    Connection(ConnectionId),
    /// Several connections with the same reason.
    Many(NotificationReason),
    /// Keyfob as a whole.
    Keyfob(NotificationReason),
}

/// A change of the shown notifications.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotificationChange {
    /// Show this one.
    Show(Notification),
    /// Close this one: it was seen, or its reason is over.
    Close(About),
}
