//! Trials: one call of one story goes wrong, and what comes of it is looked at.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use crate::after;
use crate::home::Home;
use crate::story::Story;
use crate::strace::{self, Call, Fault, Run};

/// After this one a call is made again by itself, so nothing need be said.
pub const INTERRUPTED: &str = "EINTR";

/// A story that was told once undisturbed.
pub struct Told {
    pub story: Story,
    before: TempDir,
    /// Where it was told; gone by now.
    pub home: Home,
    pub calls: Vec<Call>,
}

/// This call of this story goes wrong so.
pub struct Trial<'a> {
    pub told: &'a Told,
    pub call: &'a Call,
    pub fault: Fault,
}

/// Every story with records of these sizes.
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

    /// Runs it in a home of its own and looks at that afterwards; answers what is wrong.
    fn run(&self, as_meant: impl Fn(&Self, &Run) -> Result<(), String>) -> Option<String> {
        let story = &self.told.story;
        let copy = Home::at(self.told.before.path()).copy();
        let home = Home::at(copy.path());
        let run = strace::disturb(story, &home, self.call, self.fault);
        let seen = as_meant(self, &run).and_then(|()| after::look(story, &home, &run.said));
        seen.err().map(|why| format!("{story}: {:?} at {}: {why}\n    {:?}", self.fault, self.call.line, run.said))
    }
}

/// Runs them all, as many at once as there are cores; answers what is wrong.
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
