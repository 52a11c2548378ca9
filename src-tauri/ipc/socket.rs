//! The socket at which programs of the same user, and a second Keyfob, reach the running one.
//!
//! **Invariant:** each end checks that the other belongs to the same user before it sends anything, and no other user can open
//! the socket's folder. Deliberately absent: logging of requests.

#[cfg(not(unix))]
mod absent;
#[cfg(unix)]
mod unix;

use std::sync::Arc;

#[cfg(not(unix))]
use absent as imp;
#[cfg(unix)]
use unix as imp;

use super::wire::SecondStart;

pub use imp::{Talk, attend, handover, is_attended, recorded};

/// Handles a second start. Returns `false` when Keyfob is quitting, so that the start goes to the next one.
pub type TakesOver = Arc<dyn Fn(SecondStart) -> bool + Send + Sync>;

/// A running Keyfob did not answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("Keyfob is running, but did not answer")]
pub struct Silent;
