//! Notifications: what the user is notified of while the window is not in front, as values.
//!
//! Invariant: they are drawn from snapshots alone, so they hold no secret; there is one about each connection at most,
//! and one about many where more than [`MOST`] have the same reason. What the window in front shows is not told, and
//! what was told is taken back once it is seen. Deliberately absent: words, the desktop, and a clock.

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
    /// It takes the place of an earlier one about the same.
    pub about: About,
    /// Why it is shown.
    pub reason: NotificationReason,
    /// The connection's name; empty where it is about several, or about none.
    pub name: String,
    /// How many connections it is about.
    pub count: usize,
    /// It says that the reason has passed.
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

/// A change of what is shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotificationChange {
    /// Show this one.
    Show(Notification),
    /// It was seen, or is there no longer.
    Close(About),
}
