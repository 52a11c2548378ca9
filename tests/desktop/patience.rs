//! Waiting for something to become true, and saying what did not.

use std::thread;
use std::time::{Duration, Instant};

/// Looks again and again until it is true; fails with the sentence when it is not in time.
#[track_caller]
pub fn until(what: &str, limit: Duration, mut is_true: impl FnMut() -> bool) {
    let end = Instant::now() + limit;
    while !is_true() {
        assert!(Instant::now() < end, "waited {limit:?} in vain: {what}");
        thread::park_timeout(Duration::from_millis(25));
    }
}
