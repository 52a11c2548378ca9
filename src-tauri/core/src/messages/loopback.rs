//! The redirect to a loopback port (RFC 8252, section 7.3): the requests there, and the pages that answer them.
//!
//! Invariant: a page holds nothing from the request. Deliberately absent: sockets, and the pages' text.

/// The path of every loopback redirect URI.
pub const PATH: &str = "/callback";

/// The link with which the page in the browser brings Keyfob to the front. It carries no data and is honoured once.
pub const FRONT: &str = "cliqkeyfob://front";

/// Identifies a request at the port that waits for its page.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LoopbackRequest(pub u64);

/// The page that a browser gets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoopbackPage {
    /// Keyfob has the answer; the user may close the tab.
    Done,
    /// Zoho sent an error instead; Keyfob says what to do.
    Refused,
    /// The request has no `state`, so it proves nothing; Keyfob's window shows how to continue.
    GoBack,
    /// The request answers no pending consent.
    NotThis,
}
