//! A code made in Zoho's console for a Self Client, and the file that the console offers with it.
//!
//! Invariant: no input is trusted; anything that does not parse as a code, ID or secret is ignored. Source:
//! zoho.com/accounts/protocol/oauth/self-client/authorization-code-flow.html. In files seen in use, `expiry_time` is in
//! milliseconds; seconds are accepted too.
#![expect(clippy::disallowed_methods, reason = "checks the shape of a code")]

mod file;

pub use file::{SelfClientFile, is_self_client};

use std::time::Duration;

use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};

use crate::Moment;

/// The lifetimes that the console offers for a code, in minutes; the first is its default.
pub const LIFETIMES: [u8; 4] = [3, 5, 7, 10];

/// The longest lifetime of a code.
pub const LONGEST_LIFE: Duration = Duration::from_mins(10);

/// A code that has not been exchanged yet.
#[derive(Clone, Debug)]
pub struct SelfClientCode {
    /// The code; single use.
    pub code: SecretString,
    /// When it was pasted, by the clock at that time.
    pub began: Moment,
    /// When it expires, as far as is known.
    pub ends: Moment,
}

impl SelfClientCode {
    /// Creates a code pasted at `now` with a lifetime of `minutes`, at most [`LONGEST_LIFE`].
    pub fn pasted(code: &str, minutes: u8, now: Moment) -> Self {
        let life = Duration::from_mins(u64::from(minutes)).min(LONGEST_LIFE);
        Self { code: code.into(), began: now, ends: now.plus(life) }
    }

    /// Returns the code for an exchange.
    pub fn authorization(&self) -> AuthorizationCode {
        AuthorizationCode::new(self.code.expose_secret().to_owned())
    }

    /// Whether the code has expired. A code from the future was pasted while the clock was wrong and counts as expired.
    pub fn is_over(&self, now: Moment) -> bool {
        self.ends <= now || self.began > now.plus(Duration::from_mins(1))
    }
}

#[cfg(test)]
mod tests;
