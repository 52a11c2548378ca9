//! An address for the user's browser, and whether other users of the computer may learn it.
//!
//! Opening a browser starts a program, and on most systems every user can read every program's arguments.

use std::fmt;

use url::Url;

/// Where to send the browser.
#[derive(Clone, Eq, PartialEq)]
pub enum Address {
    /// An address that is not secret: Zoho's console, the list of connected apps, Practice.
    Public(Url),
    /// An address with a `state`, a code challenge, an `enhance_token` or a user code. Anyone who learns it can finish
    /// the sign-in with their own account, so it must not be in a program's arguments.
    Private(Url),
}

impl Address {
    /// Returns the URL.
    pub fn url(&self) -> &Url {
        match self {
            Self::Public(url) | Self::Private(url) => url,
        }
    }
}

/// Omits the URL of a private address.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(url) => f.debug_tuple("Public").field(&url.as_str()).finish(),
            Self::Private(_) => f.write_str("Private"),
        }
    }
}
