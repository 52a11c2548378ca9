//! The command line and environment of every process on a stage, polled continuously.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::HashSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::forms::{Found, Seeker};
use crate::stage::{Stage, processes_of};

/// A watch that runs until it is ended.
pub struct Watch {
    over: Arc<AtomicBool>,
    seen: JoinHandle<Seen>,
}

#[derive(Default)]
struct Seen {
    arguments: HashSet<Vec<u8>>,
    environments: HashSet<Vec<u8>>,
}

impl Watch {
    /// The polling interval. A second Keyfob lives for a tenth of a second.
    pub const EVERY: Duration = Duration::from_millis(5);

    pub fn begin(stage: &Stage) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (home, ended) = (stage.home().to_owned(), Arc::clone(&over));
        let seen = thread::spawn(move || {
            let mut seen = Seen::default();
            while !ended.load(Ordering::Relaxed) {
                for pid in processes_of(&home) {
                    seen.arguments.extend(fs::read(format!("/proc/{pid}/cmdline")));
                    seen.environments.extend(fs::read(format!("/proc/{pid}/environ")));
                }
                thread::park_timeout(Self::EVERY);
            }
            seen
        });
        Self { over, seen }
    }

    /// Ends the watch; returns the secrets that were ever visible.
    pub fn end(self, seeker: &Seeker) -> Vec<Found> {
        self.over.store(true, Ordering::Relaxed);
        let seen = self.seen.join().expect("the watch has not panicked");
        assert!(!seen.arguments.is_empty() && !seen.environments.is_empty(), "it has seen processes");
        let arguments = seen.arguments.iter().flat_map(|bytes| seeker.finds("a command line", bytes));
        arguments.chain(seen.environments.iter().flat_map(|bytes| seeker.finds("an environment", bytes))).collect()
    }
}
