//! Programs that ask on the command line, and second starts: how they reach Keyfob, and how they are answered.
//!
//! **Invariant:** nobody but the user whose Keyfob this is reaches it here, and what comes in is a stranger's until it
//! has been read. Whether a program gets anything the Desk decides.

mod callers;
pub mod socket;
#[cfg_attr(not(unix), allow(dead_code, reason = "nothing is sent there yet"))]
mod wire;

pub use callers::{Callers, ReplyReceiver};
pub use wire::Start;
