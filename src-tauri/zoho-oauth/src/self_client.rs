//! A code that was made in Zoho's console for a Self Client, and the file the console offers with it.
//!
//! Invariant: nothing here is believed; what does not read as a code, an id or a secret is not taken. Source:
//! zoho.com/accounts/protocol/oauth/self-client/authorization-code-flow.html; that the file's `expiry_time` is in
//! milliseconds is seen in files people have, so seconds are understood too.

mod file;

pub use file::{SelfClientFile, is_self_client};

use std::time::Duration;

use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};

use crate::Moment;

/// How long a code may live, as the console offers it; the first is its default.
pub const LIFETIMES: [u8; 4] = [3, 5, 7, 10];

/// No code lives longer.
pub const LONGEST_LIFE: Duration = Duration::from_mins(10);

/// A code that waits to be exchanged.
#[derive(Clone, Debug)]
pub struct SelfClientCode {
    /// One use.
    pub code: SecretString,
    /// When it came, or seemed to.
    pub began: Moment,
    /// When Zoho no longer takes it, as far as is known.
    pub ends: Moment,
}

impl SelfClientCode {
    /// A code pasted at `now`, which was to live so many minutes.
    pub fn pasted(code: &str, minutes: u8, now: Moment) -> Self {
        let life = Duration::from_mins(u64::from(minutes)).min(LONGEST_LIFE);
        Self { code: code.into(), began: now, ends: now.plus(life) }
    }

    /// As it is sent.
    pub fn authorization(&self) -> AuthorizationCode {
        AuthorizationCode::new(self.code.expose_secret().to_owned())
    }

    /// Whether it is too late to use it. A code from the future was pasted by a clock that was wrong.
    pub fn is_over(&self, now: Moment) -> bool {
        self.ends <= now || self.began > now.plus(Duration::from_mins(1))
    }
}

#[cfg(test)]
mod tests;
