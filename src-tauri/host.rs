//! The small trait the engine performs effects through, and the way their answers come back.
//!
//! Invariant: `perform` returns at once; whatever takes time happens elsewhere and ends with one answer.

use keyfob_core::{Answer, Effect, Event, Ticket};
use tokio::sync::mpsc::UnboundedSender;

/// The world, as the engine sees it. Effects the engine performs itself (drawing random values, looking again) never
/// get here.
pub trait Host: Send + Sync + 'static {
    /// Begins the effect. One that carries a ticket answers once, through `answers`.
    fn perform(&self, effect: Effect, answers: Answers);
}

/// Where the answers of effects go.
#[derive(Clone, Debug)]
pub struct Answers(UnboundedSender<Event>);

impl Answers {
    pub(crate) fn new(events: UnboundedSender<Event>) -> Self {
        Self(events)
    }

    /// Says that something happened because of an effect, besides its answer.
    pub fn tell(&self, event: Event) {
        let _ = self.0.send(event);
    }

    /// Hands an answer back. After the engine has ended there is nobody to hear it, and that is fine.
    pub fn give(&self, ticket: Ticket, answer: Answer) {
        let _ = self.0.send(Event::Answered(ticket, answer));
    }
}
