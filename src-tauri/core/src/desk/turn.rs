//! One event's turn: what is shared by everything that happens in it. Who hears of what is in the router.

use std::collections::VecDeque;

use zoho_oauth::request::Request;

use crate::Moment;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::draft::Draft;
use crate::messages::effect::{Effect, Ticket};

use super::Desk;
use super::fact::Fact;
use super::outbox::Question;

/// The Desk and the time.
pub(super) struct Turn<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) now: Moment,
    pub(super) changed: bool,
    /// What was reported and nobody has acted on yet.
    pub(super) facts: VecDeque<Fact>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(desk: &'a mut Desk, now: Moment) -> Self {
        Self { desk, now, changed: false, facts: VecDeque::new() }
    }

    /// Asks the world something.
    pub(super) fn ask(&mut self, question: Question, effect: impl FnOnce(Ticket) -> Effect) {
        self.desk.outbox.ask(question, effect);
    }

    /// Asks Zoho something.
    pub(super) fn send(&mut self, question: Question, call: Request) {
        self.ask(question, |ticket| Effect::Send(ticket, call));
    }

    /// Does something that answers nothing.
    pub(super) fn tell(&mut self, effect: Effect) {
        self.desk.outbox.emit(effect);
    }

    /// Reports what happened. Whoever acts on it does so at the end of the turn, in the order of the reports.
    pub(super) fn report(&mut self, fact: Fact) {
        self.facts.push_back(fact);
    }

    /// What the vault holds has changed; it is saved when the turn ends.
    pub(super) fn changed(&mut self) {
        self.changed = true;
    }

    pub(super) fn connection(&mut self, id: ConnectionId) -> Option<&mut Connection> {
        self.desk.kept.connections.get_mut(id)
    }

    /// Changes the draft, where there is one.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.desk.kept.draft {
            change(draft);
            self.changed();
        }
    }
}
