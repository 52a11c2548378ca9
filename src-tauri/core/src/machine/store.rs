//! Keeping state in the vault: opening it, and saving to it strictly in order.
//!
//! Invariant: one save is in flight at a time, and the next holds everything that changed since. The step that waits
//! for a save is an opaque value, which is handed back.

use std::mem;

use crate::domain::keeping::Keeping;
use crate::domain::kept::Kept;
use crate::domain::problem::Problem;
use crate::formats::vault_record;
use crate::messages::effect::{Effect, KeptBy, Opened};

use super::outbox::Outbox;
use super::question::StoreQuestion;

/// The vault, and the step that waits for a save.
#[derive(Debug)]
pub(crate) struct Store<After> {
    state: State<After>,
}

/// Whether the vault is open.
#[derive(Debug)]
pub(crate) enum State<After> {
    /// It is being opened; with the problem of the previous try.
    Opening(Option<Problem>),
    /// It is not open, for this reason.
    Closed(Problem),
    Open(Open<After>),
}

/// An open vault.
#[derive(Debug)]
pub(crate) struct Open<After> {
    pub(crate) keeping: Keeping,
    /// The public key that others may seal to.
    pub(crate) own_key: Option<String>,
    /// Why the last save failed, until one succeeds.
    pub(crate) unsaved: Option<Problem>,
    saving: bool,
    again: bool,
    after: Option<After>,
}

/// The result of a save.
#[derive(Debug)]
pub(super) enum Saved<After> {
    /// Something changed meanwhile, so another save has to follow.
    Outdated,
    /// Everything is saved. `recovered` is true when the previous save had failed.
    Done { after: Option<After>, recovered: bool },
    /// It was not saved.
    Failed { after: Option<After>, problem: Problem },
}

impl<After> Open<After> {
    /// Whether a save is in flight.
    pub(crate) fn is_saving(&self) -> bool {
        self.saving
    }

    /// Whether another save follows, since something changed after this one began.
    pub(crate) fn saves_again(&self) -> bool {
        self.again
    }
}

impl<After> Default for Store<After> {
    fn default() -> Self {
        Self { state: State::Opening(None) }
    }
}

impl<After> Store<After> {
    pub(crate) fn state(&self) -> &State<After> {
        &self.state
    }

    /// The vault; `None` when it is not open.
    pub(crate) fn opened(&self) -> Option<&Open<After>> {
        match &self.state {
            State::Open(open) => Some(open),
            State::Opening(_) | State::Closed(_) => None,
        }
    }

    fn opened_mut(&mut self) -> Option<&mut Open<After>> {
        match &mut self.state {
            State::Open(open) => Some(open),
            State::Opening(_) | State::Closed(_) => None,
        }
    }

    /// Opens the vault, unless it is open; ignores the answer to a try in flight.
    pub(super) fn open_with(&mut self, by: KeptBy, keeping: Keeping, outbox: &mut Outbox) {
        let before = match &self.state {
            State::Open(_) => return,
            State::Closed(problem) => Some(problem.clone()),
            State::Opening(problem) => problem.clone(),
        };
        self.state = State::Opening(before);
        outbox.forget(|question| matches!(question, StoreQuestion::OpenVault(_)));
        outbox.ask(StoreQuestion::OpenVault(keeping), |ticket| Effect::OpenVault(ticket, by));
    }

    /// Returns the vault's content, and what the user should know about it; `None` when it did not open.
    pub(super) fn vault_opened(
        &mut self,
        keeping: Keeping,
        opened: Result<Opened, Problem>,
    ) -> Option<(Kept, Option<Problem>)> {
        let read = opened.and_then(|opened| {
            let kept = opened.record.as_ref().map(vault_record::read).transpose()?;
            Ok((kept.unwrap_or_default(), opened.notice, opened.own_key))
        });
        match read {
            Ok((kept, notice, own_key)) => {
                let open = Open { keeping, own_key, unsaved: None, saving: false, again: false, after: None };
                self.state = State::Open(open);
                Some((kept, notice))
            }
            Err(problem) => {
                self.state = State::Closed(problem);
                None
            }
        }
    }

    /// Hands this back once the save of this event's changes has succeeded or failed.
    pub(super) fn hand_back(&mut self, after: After) {
        if let Some(open) = self.opened_mut() {
            open.after = Some(after);
        }
    }

    /// Drops the step that waits for a save.
    pub(super) fn hand_back_nothing(&mut self) {
        if let Some(open) = self.opened_mut() {
            open.after = None;
        }
    }

    /// The step that waits for a save.
    pub(super) fn waits_with(&self) -> Option<&After> {
        self.opened()?.after.as_ref()
    }

    /// Begins a save. False when the vault is not open, or when a save is in flight, which another then follows.
    pub(super) fn begin_save(&mut self, kept: &Kept, outbox: &mut Outbox) -> bool {
        let Some(open) = self.opened_mut() else { return false };
        if mem::replace(&mut open.saving, true) {
            open.again = true;
            return false;
        }
        let record = vault_record::write(kept);
        outbox.ask(StoreQuestion::Save, |ticket| Effect::Save(ticket, record));
        true
    }

    /// Takes the result of a save; `None` when the vault is not open.
    pub(super) fn save_ended(&mut self, problem: Option<Problem>) -> Option<Saved<After>> {
        let open = self.opened_mut()?;
        open.saving = false;
        if mem::take(&mut open.again) {
            return Some(Saved::Outdated);
        }
        let after = open.after.take();
        let before = mem::replace(&mut open.unsaved, problem);
        Some(match open.unsaved.clone() {
            None => Saved::Done { after, recovered: before.is_some() },
            Some(problem) => Saved::Failed { after, problem },
        })
    }
}
