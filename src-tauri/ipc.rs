//! The socket by which command-line programs and second starts reach the running Keyfob.
//!
//! **Invariant:** only the user who runs Keyfob reaches it here, and incoming bytes are untrusted until they are parsed.
//! The Desk decides what a program gets.

mod callers;
pub mod socket;
#[cfg_attr(not(unix), allow(dead_code, reason = "nothing is sent there yet"))]
mod wire;

pub use callers::{Callers, ReplyReceiver};
pub use wire::SecondStart;
