//! Signing in: the wizard's draft from the first choice to a connection, by every method.
//!
//! Invariant: one attempt is in flight at a time. The methods share [`attempt`] and do not call each other.

mod after;
mod approval;
mod attempt;
mod candidate;
mod client_credentials;
mod console;
mod device;
mod elsewhere;
mod enhancing;
mod error_page;
mod exchange;
mod existing_token;
mod files;
mod handover_in;
mod intents;
mod loopback;
mod navigation;
mod offer;
mod own_redirect;
mod pasting;
mod quota;
mod redirect;
mod search;
mod secrets;
mod state;
mod wizard;

use std::collections::BTreeMap;

use crate::Moment;
use crate::domain::draft::Draft;
use crate::domain::kept::Numbers;
use crate::domain::open_page::OpenPage;
use crate::domain::problem::Problem;
use crate::domain::revocation::{Revocation, RevocationId};
use crate::messages::effect::Answer;

use super::context::Context;
use super::question::SignInQuestion;
use super::store::Store;
pub(super) use after::After;
pub(crate) use offer::Offer;
pub(crate) use state::SignInState;
pub(crate) use wizard::{CLIENT_NAME, HOMEPAGE};

/// The machine that signs in.
pub(super) struct SignIn<'a> {
    pub(super) state: &'a mut SignInState,
    /// The current draft.
    pub(super) draft: &'a mut Option<Draft>,
    /// The drafts laid aside while another is current, the latest last.
    pub(super) shelved: &'a mut Vec<Draft>,
    pub(super) page: &'a mut OpenPage,
    /// Some steps wait until a save records that they are about to happen.
    pub(super) store: &'a mut Store<After>,
    pub(super) numbers: &'a mut Numbers,
    /// Queued revocations, whose tokens are Keyfob's own secrets too.
    pub(super) queued: &'a BTreeMap<RevocationId, Revocation>,
    pub(super) cx: Context<'a>,
}

impl SignIn<'_> {
    /// Continues where the previous run ended.
    pub(super) fn resume(&mut self) {
        if self.draft.as_ref().is_some_and(Draft::awaits_an_end) {
            *self.page = OpenPage::Wizard;
        }
        self.put_away_finished_draft();
        self.end_old_consent();
        self.listen_again();
        self.check_candidate();
    }

    /// Continues what waited for this moment.
    pub(super) fn look(&mut self) {
        self.end_old_consent();
        self.poll_in_time();
        self.end_old_code();
    }

    /// When to look again.
    pub(super) fn wakes_at(&self) -> Option<Moment> {
        [self.consent_ends(), self.code_ends(), self.next_poll()].into_iter().flatten().min()
    }

    /// Takes the step that waited for a save.
    pub(super) fn is_saved(&mut self, after: After) {
        match after {
            After::Browse => self.open_browser(),
            After::Exchange(region, request) => self.cx.send(SignInQuestion::Exchange(region), request),
            After::Poll(region, request) => self.cx.send(SignInQuestion::Poll(region), request),
        }
    }

    /// Abandons the step that waited for a save, which failed.
    pub(super) fn is_not_saved(&mut self, after: &After, problem: Problem) {
        match after {
            After::Browse | After::Exchange(..) => self.stop_consent(Some(problem)),
            After::Poll(..) => self.not_asked(problem),
        }
    }

    /// Handles the answer to one of its questions; `None` when it changes nothing.
    pub(super) fn answer(&mut self, question: SignInQuestion, answer: Answer) -> Option<()> {
        match question {
            SignInQuestion::RedirectMethod => self.redirect_checked(answer.redirect_checked()?),
            SignInQuestion::LinkBack => {}
            SignInQuestion::Port => self.listening(answer.listening()?),
            SignInQuestion::Nonce => self.nonce_drawn(answer.drawn()?),
            SignInQuestion::Browser => self.browser_opened(answer.browser_opened()?),
            SignInQuestion::Enhance { anyway } => self.may_enhance(anyway, answer.replied()?),
            SignInQuestion::Exchange(at) => self.exchanged(at, answer.replied()?),
            SignInQuestion::Discard(at, client) => self.discard(&at, client.map(|it| *it), answer.replied()?),
            SignInQuestion::DeviceCode(at) => self.device_code_came(&at, answer.replied()?),
            SignInQuestion::Poll(at) => self.polled(at, answer.replied()?),
            SignInQuestion::KnowsClient(at) => self.region_told(at, answer.replied()?),
            SignInQuestion::Identify => self.identified(answer.replied()?),
            SignInQuestion::Prove => self.proven(answer.replied()?),
            SignInQuestion::ClientToken(at, organisation) => {
                self.client_token_came(at, organisation, answer.replied()?);
            }
            SignInQuestion::ProveRefreshToken(at, token) => self.refresh_token_proven(at, token, answer.replied()?),
            SignInQuestion::Paste(field) => self.pasted(field, answer.pasted()?),
            SignInQuestion::PasteSecretFor(region) => self.secret_pasted_for(region, answer.pasted()?),
            SignInQuestion::File => self.file_picked(answer.file_picked()?),
            SignInQuestion::Unseal => self.unsealed(answer.unsealed()?),
            SignInQuestion::TakeOver => self.taken_over(answer.replied()?),
            SignInQuestion::ConfirmGoElsewhere(there) => self.elsewhere_decided(*there, answer.confirmed()?),
            SignInQuestion::ConfirmAskRegion(client, at) => {
                answer.allowed()?;
                self.ask_confirmed_region(&client, at);
            }
            SignInQuestion::ConfirmPasteSecret { text, to, field } => {
                answer.allowed()?;
                self.secret_confirmed(&text, &to, field);
            }
            SignInQuestion::ConfirmUseCode(at) => {
                answer.allowed()?;
                self.code_confirmed(&at);
            }
            SignInQuestion::ConfirmUseRefreshToken { token, at } => {
                answer.allowed()?;
                self.refresh_token_confirmed(token, &at);
            }
        }
        Some(())
    }
}
