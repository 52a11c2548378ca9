//! Notifications: what the user is told of while they look elsewhere, as values.
//!
//! Invariant: they are drawn from snapshots alone, so they hold no secret; there is one about each connection at most,
//! and one about many where more than [`MOST`] have the same concern. What the window in front shows is not told, and
//! what was told is taken back once it is seen. Deliberately absent: words, the desktop, and a clock.

mod concern;
mod told;

pub use concern::Concern;
pub use told::Told;

use crate::domain::connection::ConnectionId;

/// More connections than this with the same concern are told of in one notification.
pub const MOST: usize = 3;

/// A notification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notification {
    /// It takes the place of an earlier one about the same.
    pub about: About,
    /// What it is told for.
    pub concern: Concern,
    /// The connection's name; empty where it is about several, or about none.
    pub name: String,
    /// How many connections it is about.
    pub count: usize,
    /// It was told, and is over.
    pub over: bool,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum About {
    /// One connection.
    Connection(ConnectionId),
    /// Several connections with the same concern.
    Many(Concern),
    /// Keyfob as a whole.
    Keyfob(Concern),
}

/// What is to be done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Tidings {
    /// Tell this.
    Tell(Notification),
    /// It was seen, or is there no longer.
    TakeBack(About),
}
