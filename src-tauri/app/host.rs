//! The small trait the engine performs effects through, and the way their answers come back.
//!
//! Invariant: `perform` returns at once; whatever takes time happens elsewhere and ends with one answer, also when it gives
//! up.

use std::sync::{Arc, Mutex, PoisonError};

use keyfob_core::{Answer, Effect, Event, Ticket};
use tokio::sync::mpsc::UnboundedSender;

/// The world, as the engine sees it. Effects the engine performs itself (drawing random values, looking again) never
/// get here, and a report is copied as a text like any other.
pub trait Host: Send + Sync + 'static {
    /// Begins the effect. One that carries a ticket answers once, through `answers`.
    fn perform(&self, effect: Effect, answers: Answers);
}

/// Where the answer of one effect goes. Should it be dropped before there is one, because the work on it gave up or nobody
/// took it on, the engine hears that it broke off.
#[derive(Clone, Debug)]
pub struct Answers(Arc<Owed>);

#[derive(Debug)]
struct Owed {
    events: UnboundedSender<Event>,
    /// What is answered when nothing else is.
    broken_off: Mutex<Option<(Ticket, Answer)>>,
}

impl Answers {
    pub(crate) fn to(effect: &Effect, events: UnboundedSender<Event>) -> Self {
        Self(Arc::new(Owed { events, broken_off: Mutex::new(effect.broken_off()) }))
    }

    /// Says that something happened because of an effect, besides its answer.
    pub fn tell(&self, event: Event) {
        let _ = self.0.events.send(event);
    }

    /// Hands an answer back. After the engine has ended there is nobody to hear it, and that is fine.
    pub fn give(&self, ticket: Ticket, answer: Answer) {
        self.0.settle();
        self.tell(Event::Answered(ticket, answer));
    }
}

impl Owed {
    fn settle(&self) -> Option<(Ticket, Answer)> {
        self.broken_off.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        if let Some((ticket, answer)) = self.settle() {
            let _ = self.events.send(Event::Answered(ticket, answer));
        }
    }
}
