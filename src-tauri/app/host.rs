//! The trait through which the engine performs effects, and the channel by which their answers return.
//!
//! Invariant: `perform` does not block. Work that takes time runs elsewhere and ends with one answer, even when it
//! panics.

use std::sync::{Arc, Mutex, PoisonError};

use keyfob_core::{Answer, Effect, Event, Ticket};
use tokio::sync::mpsc::UnboundedSender;

/// Performs effects. The engine itself draws random values and sets its timer, so those effects never arrive here; a
/// report arrives as text to copy.
pub trait Host: Send + Sync + 'static {
    /// Begins the effect. An effect with a ticket is answered once, through `answers`.
    fn perform(&self, effect: Effect, answers: Answers);
}

/// Returns the answer of one effect to the engine. When it is dropped unanswered, because the work panicked or never
/// began, the engine receives the answer for aborted work.
#[derive(Clone, Debug)]
pub struct Answers(Arc<Owed>);

#[derive(Debug)]
struct Owed {
    events: UnboundedSender<Event>,
    /// The answer to send when the work is aborted.
    broken_off: Mutex<Option<(Ticket, Answer)>>,
}

impl Answers {
    pub(crate) fn to(effect: &Effect, events: UnboundedSender<Event>) -> Self {
        Self(Arc::new(Owed { events, broken_off: Mutex::new(effect.broken_off()) }))
    }

    /// Sends an event that the effect caused, besides its answer.
    pub fn tell(&self, event: Event) {
        let _ = self.0.events.send(event);
    }

    /// Sends the answer. It is dropped when the engine has ended.
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
