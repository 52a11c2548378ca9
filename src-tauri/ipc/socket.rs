//! The socket at which programs of the same person, and a second Keyfob, reach the running one.
//!
//! **Invariant:** each end makes sure that the other one belongs to the same user before a word is said, and nobody else
//! can open the folder it is in. Deliberately absent: any word about what was asked.

#[cfg(not(unix))]
mod absent;
#[cfg(unix)]
mod unix;

use std::sync::Arc;

#[cfg(not(unix))]
use absent as imp;
#[cfg(unix)]
use unix as imp;

use super::wire::Start;

pub use imp::{Talk, attend, hand_over, is_attended, recorded};

/// Takes over a second start, or says that it will not: a Keyfob that quits leaves it to the next one.
pub type TakesOver = Arc<dyn Fn(Start) -> bool + Send + Sync>;

/// A Keyfob runs and does not answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("Keyfob is running, but did not answer")]
pub struct Silent;
