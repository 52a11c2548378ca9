//! Trials: one call of one story fails, and the result is checked.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use crate::after;
use crate::home::Home;
use crate::story::Story;
use crate::strace::{self, Call, Fault, Run};

/// The error after which a call is repeated automatically, so that it need not be reported.
pub const INTERRUPTED: &str = "EINTR";

/// A story that was run once without a fault.
pub struct Told {
    pub story: Story,
    before: TempDir,
    /// The home of that run, which is deleted by now.
    pub home: Home,
    pub calls: Vec<Call>,
}

/// A fault in one call of a story.
pub struct Trial<'a> {
    pub told: &'a Told,
    pub call: &'a Call,
    pub fault: Fault,
}

/// Runs every story with records of these sizes.
pub fn told(sizes: &[usize]) -> Vec<Told> {
    let tell = |story: Story| {
        let before = Home::before(&story);
        let copy = Home::at(before.path()).copy();
        let home = Home::at(copy.path());
        let calls = strace::record(&story, &home);
        Told { story, before, home, calls }
    };
    Story::all(sizes).into_iter().map(tell).collect()
}

impl Trial<'_> {
    pub fn must_be_told(&self) -> bool {
        self.call.matters() && !matches!(self.fault, Fault::Once(INTERRUPTED))
    }

    /// Runs the trial in its own home and checks that; returns what is wrong.
    fn run(&self, as_meant: impl Fn(&Self, &Run) -> Result<(), String>) -> Option<String> {
        let story = &self.told.story;
        let copy = Home::at(self.told.before.path()).copy();
        let home = Home::at(copy.path());
        let run = strace::disturb(story, &home, self.call, self.fault);
        let seen = as_meant(self, &run).and_then(|()| after::look(story, &home, &run.said));
        seen.err().map(|why| format!("{story}: {:?} at {}: {why}\n    {:?}", self.fault, self.call.line, run.said))
    }
}

/// Runs all trials, one for each core in parallel; returns what is wrong.
pub fn run_all(trials: &[Trial<'_>], as_meant: impl Fn(&Trial<'_>, &Run) -> Result<(), String> + Sync) -> Vec<String> {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(trial) = trials.get(next.fetch_add(1, Ordering::SeqCst)) {
            if let Some(why) = trial.run(&as_meant) {
                wrong.lock().unwrap().push(why);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    wrong.into_inner().unwrap()
}
