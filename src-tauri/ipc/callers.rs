//! The programs that wait for an answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use keyfob_core::cli::{Caller, CliReply};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::app::engine::Engine;

/// The waiting callers, which clones share.
#[derive(Clone, Debug, Default)]
pub struct Callers(Arc<Mutex<WaitingCallers>>);

#[derive(Debug, Default)]
struct WaitingCallers {
    last: u64,
    ears: BTreeMap<Caller, UnboundedSender<CliReply>>,
}

/// Receives the replies to one caller.
#[derive(Debug)]
pub struct ReplyReceiver {
    /// The caller's number.
    pub caller: Caller,
    ear: UnboundedReceiver<CliReply>,
    callers: Callers,
}

impl Callers {
    /// Registers a caller.
    pub fn arrives(&self) -> ReplyReceiver {
        let (mouth, ear) = mpsc::unbounded_channel();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.last += 1;
        let caller = Caller(waiting.last);
        waiting.ears.insert(caller, mouth);
        ReplyReceiver { caller, ear, callers: self.clone() }
    }

    /// Sends a reply to a caller that still waits.
    pub fn tell(&self, caller: Caller, told: CliReply) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ear) = waiting.ears.get(&caller) {
            // The caller may be leaving.
            let _ = ear.send(told);
        }
    }
}

impl ReplyReceiver {
    /// The next reply; `None` when the engine has ended.
    pub async fn hears(&mut self, engine: &Engine) -> Option<CliReply> {
        tokio::select! {
            biased;
            told = self.ear.recv() => told,
            () = engine.ended() => None,
        }
    }
}

impl Drop for ReplyReceiver {
    fn drop(&mut self) {
        self.callers.0.lock().unwrap_or_else(PoisonError::into_inner).ears.remove(&self.caller);
    }
}
