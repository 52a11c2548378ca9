//! Who asked, and where the answer goes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use keyfob_core::cli::{Caller, Told};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::app::engine::Engine;

/// Those who wait; every copy is the same one.
#[derive(Clone, Debug, Default)]
pub struct Callers(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    last: u64,
    ears: BTreeMap<Caller, UnboundedSender<Told>>,
}

/// Where a caller hears what it is told.
#[derive(Debug)]
pub struct Hearing {
    /// Who it is.
    pub caller: Caller,
    ear: UnboundedReceiver<Told>,
    callers: Callers,
}

impl Callers {
    /// One more.
    pub fn arrives(&self) -> Hearing {
        let (mouth, ear) = mpsc::unbounded_channel();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.last += 1;
        let caller = Caller(waiting.last);
        waiting.ears.insert(caller, mouth);
        Hearing { caller, ear, callers: self.clone() }
    }

    /// Tells one of them, if it is still there.
    pub fn tell(&self, caller: Caller, told: Told) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ear) = waiting.ears.get(&caller) {
            // It may be leaving this very moment.
            let _ = ear.send(told);
        }
    }
}

impl Hearing {
    /// The next thing it is told; nothing once the engine, which would tell it, has ended.
    pub async fn hears(&mut self, engine: &Engine) -> Option<Told> {
        tokio::select! {
            biased;
            told = self.ear.recv() => told,
            () = engine.ended() => None,
        }
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.callers.0.lock().unwrap_or_else(PoisonError::into_inner).ears.remove(&self.caller);
    }
}
