//! Work in flight, which quitting waits for.
//!
//! **Invariant:** work counts until its guard is dropped, even when it is aborted.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

/// Work that follows from an answer begins within this time.
const A_MOMENT: Duration = Duration::from_millis(100);

/// Counts the work in flight.
#[derive(Clone, Debug)]
pub struct InFlight(Arc<watch::Sender<usize>>);

/// A guard for one piece of work.
#[derive(Debug)]
pub struct Mark(Arc<watch::Sender<usize>>);

impl InFlight {
    /// A counter at zero.
    pub fn nothing() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Begins one more piece of work.
    pub fn begin(&self) -> Mark {
        self.0.send_modify(|count| *count += 1);
        Mark(Arc::clone(&self.0))
    }

    /// Waits until no work is in flight and none follows from it: an answer from Zoho still has to be saved.
    pub async fn settled(&self) {
        let mut count = self.0.subscribe();
        loop {
            // The channel cannot close: this holds its sender.
            let _ = count.wait_for(|count| *count == 0).await;
            sleep(A_MOMENT).await;
            if !count.has_changed().unwrap_or(false) {
                return;
            }
        }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Shows C7.
    #[tokio::test]
    async fn quitting_waits_for_work_and_its_follow_ups() {
        let in_flight = InFlight::nothing();
        let sending = in_flight.begin();
        let mut settled = Box::pin(in_flight.settled());
        assert!(tokio::time::timeout(A_MOMENT * 2, &mut settled).await.is_err(), "it is being sent");

        drop(sending);
        assert!(tokio::time::timeout(A_MOMENT / 4, &mut settled).await.is_err(), "it was just sent");
        let saving = in_flight.begin();
        assert!(tokio::time::timeout(A_MOMENT * 2, &mut settled).await.is_err(), "it is being saved");
        drop(saving);
        settled.await;
    }
}
