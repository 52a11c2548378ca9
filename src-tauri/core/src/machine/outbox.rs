//! The effects to perform, the pending answers, and what each is for.

use std::collections::{BTreeMap, VecDeque};

use crate::messages::effect::{Effect, Ticket};

use super::fact::Fact;
use super::question::{
    ChecksQuestion, CliQuestion, ClipboardQuestion, DeskQuestion, RevokeQuestion, ShareQuestion, SignInQuestion,
    StoreQuestion, TokensQuestion,
};

/// This event's effects and facts, and the open questions. A ticket that is not here is old; its answer is dropped.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    last: u64,
    open: BTreeMap<Ticket, Pending>,
    effects: Vec<Effect>,
    facts: VecDeque<Fact>,
    changed: bool,
}

/// A question whose answer is pending, by the machine that asked it.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    Tokens(TokensQuestion),
    Checks(ChecksQuestion),
    Share(ShareQuestion),
    Clipboard(ClipboardQuestion),
    Revoke(RevokeQuestion),
    Cli(CliQuestion),
    SignIn(SignInQuestion),
    Store(StoreQuestion),
    Desk(DeskQuestion),
}

/// The questions of one machine, which does not see the others.
pub(super) trait Asks: Into<Pending> {
    /// Returns the question if it is this machine's.
    fn among(pending: &Pending) -> Option<&Self>;
}

macro_rules! asks {
    ($($machine:ident: $question:ty),*) => {
        $(impl From<$question> for Pending {
            fn from(question: $question) -> Self {
                Self::$machine(question)
            }
        }

        impl Asks for $question {
            fn among(pending: &Pending) -> Option<&Self> {
                if let Pending::$machine(question) = pending { Some(question) } else { None }
            }
        })*
    };
}

asks!(
    Tokens: TokensQuestion,
    Checks: ChecksQuestion,
    Share: ShareQuestion,
    Clipboard: ClipboardQuestion,
    Revoke: RevokeQuestion,
    Cli: CliQuestion,
    SignIn: SignInQuestion,
    Store: StoreQuestion,
    Desk: DeskQuestion
);

impl Outbox {
    /// Emits an effect whose answer is for this question.
    pub(super) fn ask(&mut self, question: impl Asks, effect: impl FnOnce(Ticket) -> Effect) -> Ticket {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.insert(ticket, question.into());
        self.effects.push(effect(ticket));
        ticket
    }

    /// Emits an effect without an answer.
    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Reports a fact. The router passes facts on in the order of the reports.
    pub(super) fn report(&mut self, fact: Fact) {
        self.facts.push_back(fact);
    }

    /// Marks the vault's content as changed; it is saved at the end of the event.
    pub(super) fn mark_changed(&mut self) {
        self.changed = true;
    }

    /// The same, if it has changed.
    pub(super) fn mark_changed_if(&mut self, changed: bool) {
        self.changed |= changed;
    }

    /// Takes the oldest fact that was not passed on yet.
    pub(super) fn next_fact(&mut self) -> Option<Fact> {
        self.facts.pop_front()
    }

    /// Whether what the vault holds has changed since the last call.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Takes the effects so far, in order.
    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Takes the question an answer is for.
    pub(super) fn settle(&mut self, ticket: Ticket) -> Option<Pending> {
        self.open.remove(&ticket)
    }

    /// Drops the questions that `which` picks; their answers will be dropped as well.
    pub(super) fn forget<Q: Asks>(&mut self, which: impl Fn(&Q) -> bool) {
        self.open.retain(|_, pending| !Q::among(pending).is_some_and(&which));
    }

    /// Drops the questions that `which` picks, and returns their tickets.
    pub(super) fn take_back<Q: Asks>(&mut self, which: impl Fn(&Q) -> bool) -> Vec<Ticket> {
        let picked = self.open.extract_if(.., |_, pending| Q::among(pending).is_some_and(&which));
        picked.map(|(ticket, _)| ticket).collect()
    }

    /// Turns questions into others, whose answers are then read differently.
    pub(super) fn change<Q: Asks>(&mut self, to: impl Fn(&Q) -> Option<Q>) {
        for pending in self.open.values_mut() {
            if let Some(other) = Q::among(pending).and_then(&to) {
                *pending = other.into();
            }
        }
    }

    /// How many questions `which` picks.
    pub(super) fn count<Q: Asks>(&self, which: impl Fn(&Q) -> bool) -> usize {
        self.open.values().filter_map(Q::among).filter(|question| which(question)).count()
    }
}
