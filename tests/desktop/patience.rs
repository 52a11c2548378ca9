//! Waiting for a condition, with a message for the one that is not met.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::thread;
use std::time::{Duration, Instant};

/// Polls a condition until it is true; panics with `what` after the limit.
#[track_caller]
pub fn until(what: &str, limit: Duration, mut is_true: impl FnMut() -> bool) {
    let end = Instant::now() + limit;
    while !is_true() {
        assert!(Instant::now() < end, "timed out after {limit:?}: {what}");
        thread::park_timeout(Duration::from_millis(25));
    }
}
