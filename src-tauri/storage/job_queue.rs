//! A thread that owns a value and runs jobs on it, one after another.
//!
//! **Invariant:** jobs run in the order in which they were queued, one at a time, and queueing never waits. A panicking
//! job does not affect others.

use std::fmt;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Sender};
use std::thread;

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// A handle to the thread. The thread ends when the last handle is dropped and every job is done.
pub struct Queue<T>(Sender<Job<T>>);

impl<T: Send + 'static> Queue<T> {
    /// Starts the thread, which takes `owned`.
    pub fn start(name: &str, mut owned: T) -> io::Result<Self> {
        let (jobs, inbox) = mpsc::channel::<Job<T>>();
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            for job in inbox {
                // A panic leaves the value as a failure would: files are written whole or not at all.
                let _ = panic::catch_unwind(AssertUnwindSafe(|| job(&mut owned)));
            }
        })?;
        Ok(Self(jobs))
    }

    /// Adds a job.
    pub fn put(&self, job: impl FnOnce(&mut T) + Send + 'static) {
        // The thread outlives its queue.
        let _ = self.0.send(Box::new(job));
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Queue")
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn jobs_run_in_order_and_all_finish() {
        let (said, heard) = mpsc::channel();
        let queue = Queue::start("test", ()).unwrap();
        for number in 0..100 {
            let said = said.clone();
            queue.clone().put(move |(): &mut ()| said.send(number).unwrap());
        }
        drop((queue, said));
        assert_eq!(heard.iter().collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    }

    // Shows S9.
    #[test]
    fn a_panicking_job_does_not_affect_others() {
        let (said, heard) = mpsc::channel();
        let queue = Queue::start("test", 7).unwrap();
        queue.put(|count: &mut u32| assert_eq!(*count, 0, "this job panics"));
        queue.put(move |count| said.send(*count).unwrap());
        assert_eq!(heard.recv(), Ok(7));
    }
}
