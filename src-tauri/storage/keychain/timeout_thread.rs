//! A thread for calls that may never return.
//!
//! **Invariant:** one call at a time; a caller waits at most for its time limit; and at most [`AT_ONCE`] threads exist,
//! however many calls hang. A hanging thread is abandoned and ends when its call returns.

use super::KeychainProblem;
use std::iter;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The one in use and three abandoned ones.
const AT_ONCE: usize = 4;

type Call = Box<dyn FnOnce() + Send>;
type Calls = Arc<Sender<Call>>;

#[derive(Debug, Default)]
pub(super) struct TimeoutThread {
    current: Mutex<Option<Calls>>,
    /// Each thread holds a clone while it lives.
    alive: Arc<()>,
}

/// Tells a call that it has timed out.
#[derive(Debug, Clone, Default)]
pub(super) struct GivenUp(Arc<AtomicBool>);

impl GivenUp {
    pub(super) fn is_so(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl TimeoutThread {
    pub(super) fn ask<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce(&GivenUp) -> Result<T, KeychainProblem> + Send + 'static,
    ) -> Result<T, KeychainProblem> {
        let given_up = GivenUp::default();
        let (answer, answers) = mpsc::channel();
        let seen = given_up.clone();
        let jobs = self.handover(Box::new(move || {
            if !seen.is_so() {
                // The caller may have timed out; then the result is dropped.
                let _ = answer.send(work(&seen));
            }
        }))?;
        match answers.recv_timeout(patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                given_up.0.store(true, Ordering::SeqCst);
                self.leave_behind(&jobs);
                Err(KeychainProblem::Slow)
            }
            Err(RecvTimeoutError::Disconnected) => Err(KeychainProblem::Refused { reason: "the call to it broke off" }),
        }
    }

    fn handover(&self, mut job: Call) -> Result<Calls, KeychainProblem> {
        let mut current = self.current();
        if let Some(jobs) = &*current {
            match jobs.send(job) {
                Ok(()) => return Ok(Arc::clone(jobs)),
                Err(SendError(back)) => job = back,
            }
        }
        if Arc::strong_count(&self.alive) > AT_ONCE {
            return Err(KeychainProblem::Slow);
        }
        let jobs = start(Arc::clone(&self.alive), job)?;
        *current = Some(Arc::clone(&jobs));
        Ok(jobs)
    }

    fn leave_behind(&self, jobs: &Calls) {
        let mut current = self.current();
        if current.as_ref().is_some_and(|now| Arc::ptr_eq(now, jobs)) {
            *current = None;
        }
    }

    fn current(&self) -> MutexGuard<'_, Option<Calls>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn start(alive: Arc<()>, first: Call) -> Result<Calls, KeychainProblem> {
    let (sender, jobs): (_, Receiver<Call>) = mpsc::channel();
    thread::Builder::new()
        .name("keychain".into())
        .spawn(move || {
            for job in iter::once(first).chain(jobs) {
                // A call that panics does not affect those queued behind it; its caller receives an error.
                let _ = panic::catch_unwind(AssertUnwindSafe(job));
            }
            drop(alive);
        })
        .map_err(|_| KeychainProblem::Refused { reason: "the system has no thread to spare" })?;
    Ok(Arc::new(sender))
}

#[cfg(test)]
mod tests {

    use super::*;

    // Shows S9.
    #[test]
    fn a_panicking_call_fails_and_later_calls_are_served() {
        let (thread, patience) = (TimeoutThread::default(), Duration::from_secs(20));
        for _ in 0..=AT_ONCE {
            let broke_off = thread.ask::<()>(patience, |_| panic!("this call panics"));
            assert!(matches!(broke_off, Err(KeychainProblem::Refused { .. })), "{broke_off:?}");
        }
        assert_eq!(thread.ask(patience, |_| Ok(7)), Ok(7));
    }
}
