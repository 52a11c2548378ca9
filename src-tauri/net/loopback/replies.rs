//! Requests that wait for their page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyfob_core::loopback::{LoopbackPage, LoopbackRequest};
use tokio::sync::oneshot;

/// The waiting requests, which clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages(Arc<Mutex<PendingRequests>>);

#[derive(Debug, Default)]
struct PendingRequests {
    last: u64,
    open: BTreeMap<LoopbackRequest, oneshot::Sender<LoopbackPage>>,
}

impl Pages {
    /// Registers a request. Returns its number and the receiver of its page.
    pub(super) fn wait(&self) -> (LoopbackRequest, oneshot::Receiver<LoopbackPage>) {
        let (page, answer) = oneshot::channel();
        let mut waiting = self.waiting();
        waiting.last += 1;
        let request = LoopbackRequest(waiting.last);
        waiting.open.insert(request, page);
        (request, answer)
    }

    pub(super) fn give(&self, request: LoopbackRequest, page: LoopbackPage) {
        // The browser may have closed the connection.
        let _ = self.waiting().open.remove(&request).map(|waits| waits.send(page));
    }

    fn waiting(&self) -> MutexGuard<'_, PendingRequests> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
