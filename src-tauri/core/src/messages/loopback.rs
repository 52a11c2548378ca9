//! The redirect to a port of this computer (RFC 8252 7.3): what comes there, and the pages it is answered with.
//!
//! Invariant: a page holds nothing of what was asked. Deliberately absent: sockets, and the pages' words.

/// The one path of a redirect URI at a port.
pub const PATH: &str = "/callback";

/// What the page in the browser opens to bring Keyfob to the front. It says nothing and is honoured once.
pub const FRONT: &str = "cliqkeyfob://front";

/// A request that came to the port and waits for its page.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LoopbackRequest(pub u64);

/// The page a browser gets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoopbackPage {
    /// The answer is here; the tab may be closed.
    Done,
    /// Zoho sent an error instead; Keyfob says what to do.
    Refused,
    /// It came without a `state`, so it proves nothing; Keyfob's window shows how to continue.
    GoBack,
    /// It answers nothing that was asked.
    NotThis,
}
