//! Passes each answer to the machine that it is for.

use crate::machine::outbox::Pending;
use crate::machine::question::{DeskQuestion, StoreQuestion};
use crate::messages::effect::{Answer, Ticket};

use super::Router;

impl Router<'_> {
    /// Matches an answer with its question. Drops one with an old ticket, or of an unexpected kind.
    pub(super) fn answer_came(&mut self, ticket: Ticket, answer: Answer) {
        if let Some(pending) = self.desk.outbox.settle(ticket) {
            if let Answer::Confirmed(decision) = &answer {
                self.desk.dialogs.answered(*decision, self.now);
            }
            self.pass_to_machine(pending, answer);
        }
    }

    fn pass_to_machine(&mut self, pending: Pending, answer: Answer) -> Option<()> {
        match pending {
            Pending::Tokens(question) => self.tokens().answer(question, answer.replied()?),
            Pending::Checks(question) => self.checks().answer(question, answer.replied()?),
            Pending::Share(question) => self.share().answer(question, answer)?,
            Pending::Clipboard(question) => self.cx().copy_ended(question, answer.copied()?),
            Pending::Revoke(question) => self.revoke().answer(question, answer)?,
            Pending::Cli(question) => self.cli().answer(question, answer)?,
            Pending::SignIn(question) => self.sign_in().answer(question, answer)?,
            Pending::Store(StoreQuestion::OpenVault(keeping)) => self.vault_answered(keeping, answer.vault_opened()?),
            Pending::Store(StoreQuestion::Save) => self.saved(answer.saved()?),
            Pending::Desk(question) => self.desk_answered(question, answer)?,
        }
        Some(())
    }

    fn desk_answered(&mut self, question: DeskQuestion, answer: Answer) -> Option<()> {
        match question {
            DeskQuestion::ConfirmAddRegion(region) => {
                answer.allowed()?;
                self.region_confirmed(*region);
            }
            DeskQuestion::SaveRegions => self.regions_saved(answer.regions_saved()?),
            DeskQuestion::AtLogin => match answer.starts_at_login()? {
                Ok(on) => self.desk.at_login = on,
                Err(problem) => self.desk.notices.trouble(problem),
            },
            DeskQuestion::StartPractice => self.practice_started(answer.practice_started()?.map(|region| *region)),
        }
        Some(())
    }
}
