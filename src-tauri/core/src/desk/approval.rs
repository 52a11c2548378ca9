//! The approval: from the press of the button, through the browser, to a connection.
//!
//! Invariant: a stray, forged or replayed callback never disturbs the consent in progress; a code is exchanged once.

use secrecy::{ExposeSecret, SecretString};

use crate::Moment;
use crate::call::{Call, Outcome};
use crate::callback::{self, Callback, Granted};
use crate::consent::{Consent, Nonce};
use crate::effect::{Effect, Sensitivity};
use crate::problem::{PastedProblem, Problem, shown};
use crate::region::{Region, RegionCode};
use crate::snapshot::{CopiedWhat, Step};
use crate::token::{self, Asked, Question as TokenQuestion};

use super::draft::Approval;
use super::tickets::Question;
use super::turn::Turn;

impl Turn<'_> {
    /// Proves the way home and draws random values; the browser opens when both are there and the consent is kept.
    pub(super) fn sign_in(&mut self, anyway: bool) {
        let ready = |d: &&mut super::Draft| d.furthest() == Step::Approve && !d.approval.is_under_way();
        let Some(draft) = self.desk.kept.draft.as_mut().filter(ready) else { return };
        draft.step = Step::Approve;
        draft.approval = Approval::Checking { proven: anyway, nonce: None };
        if !anyway {
            self.ask(Question::WayHome, Effect::ProveWayHome);
        }
        self.ask(Question::Nonce, Effect::Draw);
    }

    pub(super) fn way_home_proven(&mut self, proof: Result<(), Problem>) {
        match proof {
            Ok(()) => {
                if let Some(Approval::Checking { proven, .. }) = self.approval() {
                    *proven = true;
                }
                self.begin_consent();
            }
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    pub(super) fn nonce_drawn(&mut self, drawn: Nonce) {
        if let Some(Approval::Checking { nonce, .. }) = self.approval() {
            *nonce = Some(drawn);
        }
        self.begin_consent();
    }

    fn begin_consent(&mut self) {
        let now = self.now;
        let Some(approval) = self.approval() else { return };
        if let Approval::Checking { proven: true, nonce } = approval {
            if let Some(nonce) = nonce.take() {
                *approval = Approval::Waiting(Consent::begin(nonce, now), None);
                match self.authorization_url() {
                    Some(url) => self.open_when_kept(url),
                    None => self.stop_consent(None),
                }
            }
        }
    }

    pub(super) fn open_again(&mut self) {
        if let Some(url) = self.authorization_url() {
            self.ask(Question::Browser, |ticket| Effect::OpenBrowser(ticket, url));
        }
    }

    pub(super) fn copy_link(&mut self) {
        if let Some(url) = self.authorization_url() {
            self.put_on_clipboard(CopiedWhat::Link, String::from(url).into(), Sensitivity::Plain);
        }
    }

    pub(super) fn browser_opened(&mut self, opened: Result<(), Problem>) {
        let Err(failed) = opened else { return };
        match self.approval() {
            Some(Approval::Waiting(_, problem)) => *problem = Some(failed),
            _ => self.desk.trouble(failed),
        }
    }

    /// A link from the world. Only the one that answers the pending consent does anything.
    pub(super) fn link_arrived(&mut self, mut link: Vec<u8>) {
        if self.link_waits(&mut link) {
            return;
        }
        let read = self.redirect_uri().and_then(|redirect_uri| callback::read(&link, &redirect_uri).ok());
        if read.is_none_or(|callback| !self.called_back(callback)) {
            self.desk.strays = self.desk.strays.saturating_add(1);
        }
    }

    /// The address, pasted by the person whose consent it is: what is wrong with it is said.
    pub(super) fn address_pasted(&mut self, text: &SecretString) {
        let Some(redirect_uri) = self.redirect_uri() else { return };
        let mine = callback::read_pasted(text.expose_secret(), &redirect_uri).map(|callback| self.called_back(callback));
        let why = match mine {
            Ok(true) => return,
            Ok(false) => PastedProblem::OtherSignIn,
            Err(unreadable) => unreadable.into(),
        };
        self.say_while_waiting(Problem::NotTheAddress { why });
    }

    /// True when the answer belongs to the pending consent.
    fn called_back(&mut self, callback: Callback) -> bool {
        let now = self.now;
        let Some(consent) = self.approval().and_then(|a| a.consent()).filter(|c| now <= c.ends()).cloned() else {
            return false;
        };
        match callback {
            Callback::Granted(granted) if consent.is_mine(&granted.state) => {
                self.tell(Effect::Raise);
                self.exchange(&consent, &granted);
                true
            }
            Callback::Denied { state: Some(state), error } if consent.is_mine(&state) => {
                self.tell(Effect::Raise);
                self.stop_consent(Some(denial(&error)));
                true
            }
            Callback::Denied { state: None, error } => {
                self.say_while_waiting(denial(&error));
                true
            }
            Callback::Granted(_) | Callback::Denied { .. } => false,
        }
    }

    fn exchange(&mut self, consent: &Consent, granted: &Granted) {
        let region = match self.answering_region(granted) {
            Ok(region) => region,
            Err(problem) => return self.stop_consent(Some(problem)),
        };
        let Some(registration) = self.desk.kept.draft.as_ref().and_then(super::Draft::registration) else { return };
        let call = Call::exchange(&region, &registration, &granted.code, consent);
        self.edit(|draft| draft.approval = Approval::Exchanging);
        self.ask(Question::Exchange(region.code), |ticket| Effect::Send(ticket, call));
    }

    /// Where the code is good: the region both answers name, looked up; the registration's own when neither is there.
    fn answering_region(&self, granted: &Granted) -> Result<Region, Problem> {
        let regions = &self.desk.regions;
        let by_location = |code: &str| RegionCode::new(code).and_then(|code| regions.find(&code));
        let own = || self.desk.kept.draft.as_ref().and_then(|d| d.region.as_ref()).and_then(|code| regions.find(code));
        let (found, named) = match (granted.accounts_server.as_deref(), granted.location.as_deref()) {
            (Some(server), None) => (regions.by_accounts(server), server),
            (Some(server), Some(location)) => {
                (regions.by_accounts(server).filter(|r| r.code.as_str() == location), server)
            }
            (None, Some(location)) => (by_location(location), location),
            (None, None) => (own(), ""),
        };
        found.cloned().ok_or_else(|| Problem::UnknownRegion { server: shown(named) })
    }

    pub(super) fn exchanged(&mut self, code: RegionCode, outcome: Outcome) {
        self.tell(Effect::Raise);
        let Some(question) = self.exchange_question(&code) else { return };
        match token::read(outcome, &question, self.now) {
            Ok(tokens) => self.candidate_came(code, tokens),
            Err(problem) => self.stop_consent(Some(problem)),
        }
    }

    pub(super) fn cancel_consent(&mut self) {
        let discarded = |q: &Question| match q {
            Question::Exchange(region) => Some(Question::Discard(region.clone())),
            _ => None,
        };
        self.desk.tickets.change(discarded);
        self.stop_consent(None);
    }

    /// The exchange was cancelled; what it brought all the same is revoked.
    pub(super) fn discard(&mut self, code: &RegionCode, outcome: Outcome) {
        let Some(question) = self.exchange_question(code) else { return };
        if let Ok(tokens) = token::read(outcome, &question, self.now) {
            let token = tokens.refresh.unwrap_or(tokens.access);
            self.revoke_unkept(code, &token, code.as_str().to_owned());
        }
    }

    /// Ends the attempt, if one is under way, and says why.
    pub(super) fn stop_consent(&mut self, problem: Option<Problem>) {
        self.desk.tickets.forget(|q| matches!(q, Question::WayHome | Question::Nonce | Question::Exchange(_)));
        self.edit(|draft| {
            if draft.approval.is_under_way() {
                draft.approval = Approval::Ready(problem);
            }
        });
    }

    pub(super) fn end_old_consent(&mut self) {
        if self.consent_ends().is_some_and(|ends| ends <= self.now) {
            self.stop_consent(Some(Problem::ConsentExpired));
        }
    }

    /// The first moment at which an answer no longer counts.
    pub(super) fn consent_ends(&self) -> Option<Moment> {
        let consent = self.desk.kept.draft.as_ref()?.approval.consent()?;
        Some(consent.ends().plus(std::time::Duration::from_millis(1)))
    }

    fn say_while_waiting(&mut self, said: Problem) {
        if let Some(Approval::Waiting(_, problem)) = self.approval() {
            *problem = Some(said);
        }
    }

    fn authorization_url(&self) -> Option<url::Url> {
        let draft = self.desk.kept.draft.as_ref()?;
        let registration = draft.registration()?;
        let region = self.desk.regions.find(&registration.region)?;
        draft.approval.consent()?.authorization_url(&registration, region, &draft.ask())
    }

    fn exchange_question(&self, code: &RegionCode) -> Option<TokenQuestion> {
        let (draft, region) = (self.desk.kept.draft.as_ref()?, self.desk.regions.find(code)?);
        let (host, redirect_uri) = (region.accounts.host().to_owned(), draft.redirect_uri.clone());
        Some(TokenQuestion { asked: Asked::Exchange, host, region: region.code.clone(), redirect_uri })
    }

    fn redirect_uri(&self) -> Option<String> {
        self.desk.kept.draft.as_ref().map(|d| d.redirect_uri.clone())
    }

    fn approval(&mut self) -> Option<&mut Approval> {
        self.desk.kept.draft.as_mut().map(|d| &mut d.approval)
    }
}

/// Zoho's `access_denied` on the redirect; anything else is shown as it was said.
fn denial(error: &str) -> Problem {
    match error {
        "access_denied" => Problem::Denied,
        other => Problem::SentBack { error: shown(other) },
    }
}
