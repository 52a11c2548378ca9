//! An address for the user's browser, and whether other users of the computer may learn it.
//!
//! A browser is opened by starting a program, and on most systems every user can read the arguments of every program.

use std::fmt;

use url::Url;

/// Where to send the browser.
#[derive(Clone, Eq, PartialEq)]
pub enum Address {
    /// A page anybody may know of: Zoho's console, the list of connected apps, Practice.
    Public(Url),
    /// It carries a `state`, a code challenge, an `enhance_token` or a user code. Whoever learns it can finish the sign-in as
    /// themselves, so it must not be in the arguments of a program.
    Private(Url),
}

impl Address {
    /// The address itself.
    pub fn url(&self) -> &Url {
        match self {
            Self::Public(url) | Self::Private(url) => url,
        }
    }
}

/// Without the path and the query of a private one.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(url) => f.debug_tuple("Public").field(&url.as_str()).finish(),
            Self::Private(_) => f.write_str("Private"),
        }
    }
}
