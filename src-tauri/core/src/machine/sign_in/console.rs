//! The Self Client's method: a code made in Zoho's console, pasted or in a file.
//!
//! Invariant: a code is sent once for each press of the user, never again automatically; it is dropped as soon as Zoho
//! has answered, or when it expires.
#![expect(clippy::disallowed_methods, reason = "parses a pasted code")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::Request;
use zoho_oauth::self_client::{LIFETIMES, SelfClientCode, SelfClientFile};
use zoho_oauth::text::clean;
use zoho_oauth::value::{ZohoValue, code_in, is_code};

use crate::Moment;
use crate::domain::draft::{Approval, Draft};
use crate::domain::notice::CopiedWhat;
use crate::domain::problem::{PastedProblem, Problem};
use crate::machine::question::SignInQuestion;
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::Sensitivity;

use super::SignIn;

/// The longest paste that is read, in bytes. A longer one holds more than a code with the words around it.
const LONGEST: usize = 8 * 1024;

impl SignIn<'_> {
    pub(in crate::machine) fn choose_lifetime(&mut self, minutes: u8) {
        if LIFETIMES.contains(&minutes) {
            self.edit(|draft| draft.lifetime = minutes);
        }
    }

    pub(in crate::machine) fn copy_scopes(&mut self) {
        let asked = self.draft.as_ref().map(|draft| draft.ask().with_identity().asked());
        if let Some(asked) = asked {
            self.cx.put_on_clipboard(CopiedWhat::Scopes, asked.into(), Sensitivity::Plain);
        }
    }

    /// Exchanges the code immediately, unless one is in flight.
    pub(in crate::machine) fn code_pasted(&mut self, text: &SecretString) {
        let now = self.cx.now;
        let ready = |d: &&mut Draft| d.takes_a_code() && !d.approval.is_under_way();
        let Some(draft) = self.draft.as_mut().filter(ready) else { return };
        match code_from(text) {
            Ok(code) => {
                draft.console_code = Some(SelfClientCode::pasted(code.expose_secret(), draft.lifetime, now));
                self.use_code();
            }
            Err(why) => self.edit(|draft| draft.approval = Approval::Ready(Some(Problem::NotTheCode { why }))),
        }
    }

    /// Sends the code that waits; when none does, clears the problem of the last one.
    pub(super) fn use_code(&mut self) {
        let now = self.cx.now;
        let Some(draft) = self.draft.as_mut() else { return };
        draft.approval = Approval::Ready(None);
        let Some(waiting) = draft.console_code.clone() else { return self.cx.changed() };
        if waiting.is_over(now) {
            return self.let_code_go(Some(Problem::ConsoleCodeOver));
        }
        let Some(registration) = draft.registration() else { return self.cx.changed() };
        let Some(region) = self.cx.regions.find(&registration.region) else {
            let gone = self.region_is_gone();
            return self.edit(|draft| draft.approval = Approval::Ready(gone));
        };
        let call = Request::exchange(region, &registration, &waiting.authorization(), None);
        let region = region.code.clone();
        self.count_code();
        self.send_exchange(region, call);
    }

    /// Takes a Self Client's file, but does not overwrite a sign-in that has begun or is for another client.
    pub(super) fn self_client_came(&mut self, file: &SelfClientFile) {
        self.start_wizard();
        let now = self.cx.now;
        let Some(draft) = &self.draft else { return };
        let for_another = draft.replaces.is_some() && draft.client_id != file.client_id;
        if for_another || draft.approval.is_under_way() || draft.candidate.is_some() {
            return self.cx.notices.trouble(Problem::SignInPending);
        }
        self.edit(|draft| draft.take_self_client(file, now));
        let Some(draft) = self.draft.as_ref().filter(|d| d.console_code.is_some()) else { return };
        let Some(code) = draft.region.clone() else { return };
        // The page chose the region, so the file's content is sent without confirmation to Zoho's own only.
        match self.cx.regions.host(&code) {
            Some(host) => {
                self.cx.confirm(SignInQuestion::ConfirmUseCode(code), Confirmation::UseCode { host });
            }
            None => self.use_code(),
        }
    }

    /// Sends the code, unless the draft is for another region by now.
    pub(super) fn code_confirmed(&mut self, at: &RegionCode) {
        if self.draft.as_ref().is_some_and(|d| d.takes_a_code() && d.region.as_ref() == Some(at)) {
            self.use_code();
        }
    }

    /// Drops an expired code. It lives ten minutes at most, and a clock that was set back ends it.
    pub(super) fn end_old_code(&mut self) {
        let now = self.cx.now;
        let over = |d: &Draft| !d.approval.is_under_way() && d.console_code.as_ref().is_some_and(|c| c.is_over(now));
        if self.draft.as_ref().is_some_and(over) {
            self.let_code_go(Some(Problem::ConsoleCodeOver));
        }
    }

    pub(super) fn code_ends(&self) -> Option<Moment> {
        let draft = self.draft.as_ref().filter(|d| !d.approval.is_under_way())?;
        draft.console_code.as_ref().map(|waiting| if waiting.is_over(self.cx.now) { self.cx.now } else { waiting.ends })
    }

    fn let_code_go(&mut self, problem: Option<Problem>) {
        self.edit(|draft| {
            draft.console_code = None;
            draft.approval = Approval::Ready(problem);
        });
    }
}

impl Draft {
    /// Fills in the draft; what the file does not hold stays as typed.
    fn take_self_client(&mut self, file: &SelfClientFile, now: Moment) {
        self.become_of_type(ClientType::SelfClient);
        self.client_id.clone_from(&file.client_id);
        self.client_secret = file.client_secret.clone().or(self.client_secret.take());
        if !file.scopes.is_empty() {
            self.scopes = file.scopes.clone();
        }
        self.console_code = file.code(self.lifetime, now);
        self.approval = Approval::Ready(None);
        self.step = self.furthest();
    }
}

/// The code or token that the user pasted, alone or with the text around it; otherwise what was pasted instead.
pub(super) fn code_from(pasted: &SecretString) -> Result<SecretString, PastedProblem> {
    let pasted = pasted.expose_secret();
    if pasted.len() > LONGEST {
        return Err(PastedProblem::TooLong);
    }
    let text = clean(pasted);
    if is_code(&text) {
        return Ok(text.into());
    }
    let instead = ZohoValue::of(&text).map(PastedProblem::from);
    instead.map_or_else(|| code_in(pasted).map(SecretString::from).ok_or(PastedProblem::NoCode), Err)
}
