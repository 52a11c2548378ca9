//! The approval: from the press of the button, through the browser, to a code.
//!
//! Invariant: a stray, forged or replayed callback never disturbs the consent in progress, and no text of a stranger's
//! is shown.

use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};

use crate::Moment;
use crate::callback::{self, Callback, Pasted};
use crate::consent::{Consent, Nonce};
use crate::effect::{Effect, Sensitivity};
use crate::problem::{PastedProblem, Problem, shown};
use crate::registration::WayHome;
use crate::snapshot::{CopiedWhat, Step};

use super::View;
use super::draft::Approval;
use super::tickets::Question;
use super::turn::Turn;

impl Turn<'_> {
    /// Proves the way home and draws random values; the browser opens when both are there and the consent is kept.
    /// Tokens that came of an earlier consent and are not kept yet give way to those of this one.
    pub(super) fn sign_in(&mut self, anyway: bool) {
        self.not_me();
        let ready = |d: &&mut super::Draft| d.furthest() == Step::Approve && !d.approval.is_under_way();
        let Some(draft) = self.desk.kept.draft.as_mut().filter(ready) else {
            return;
        };
        draft.step = Step::Approve;
        if let Some(problem) = self.held_back() {
            return self.edit(|draft| draft.approval = Approval::Ready(Some(problem)));
        }
        let Some(draft) = &mut self.desk.kept.draft else { return };
        if draft.client_type.way_home() == WayHome::Device {
            return self.ask_for_device_code();
        }
        if draft.client_type.way_home() == WayHome::ConsoleCode {
            return self.use_code();
        }
        draft.approval = Approval::Checking { proven: anyway, nonce: None };
        draft.answers.port = None;
        let way_home = draft.client_type.way_home();
        if !anyway {
            match way_home {
                WayHome::Loopback => self.listen(),
                _ => self.ask(Question::WayHome, Effect::ProveWayHome),
            }
        }
        self.ask(Question::Nonce, Effect::Draw);
    }

    /// The person knows that the oldest sign-in ends, and wants this one.
    pub(super) fn retire_oldest(&mut self) {
        let client = self.drafts_client();
        self.edit(|draft| draft.answers.may_retire = client);
        self.sign_in(false);
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
        let (now, redirect_uri) = (self.now, self.redirect_uri().unwrap_or_default());
        let Some(approval) = self.approval() else { return };
        if let Approval::Checking { proven: true, nonce } = approval
            && let Some(nonce) = nonce.take()
        {
            *approval = Approval::Waiting(Consent::begin(nonce, redirect_uri, now), None);
            match self.authorization_url() {
                Some(_) => self.open_when_kept(),
                None => self.stop_consent(self.region_is_gone()),
            }
        }
    }

    /// Opens the address once more, and the port for its answer where that was not to be had.
    pub(super) fn open_again(&mut self) {
        self.open_browser();
        self.listen_again();
    }

    /// What was said of the try before no longer holds.
    pub(super) fn open_browser(&mut self) {
        if let Some(url) = self.authorization_url().filter(|_| self.consent_is_kept()) {
            match self.approval() {
                Some(Approval::Waiting(_, problem)) => *problem = None,
                Some(Approval::Device(device)) => device.problem = None,
                _ => {}
            }
            self.ask(Question::Browser, |ticket| Effect::OpenBrowser(ticket, url));
        }
    }

    pub(super) fn copy_link(&mut self) {
        if let Some(url) = self.authorization_url().filter(|_| self.consent_is_kept()) {
            self.put_on_clipboard(CopiedWhat::Link, String::from(url).into(), Sensitivity::Plain);
        }
    }

    pub(super) fn browser_opened(&mut self, opened: Result<(), Problem>) {
        let Err(failed) = opened else { return };
        match self.approval() {
            Some(Approval::Waiting(_, problem)) => *problem = Some(failed),
            Some(Approval::Device(device)) => device.problem = Some(failed),
            _ => self.desk.trouble(failed),
        }
    }

    /// A link from the world. Only the one that answers the pending consent does anything.
    pub(super) fn link_arrived(&mut self, link: &[u8]) {
        if self.front_asked(link) || self.link_waits(link) {
            return;
        }
        let read = self.redirect_uri().and_then(|redirect_uri| callback::read(link, &redirect_uri).ok());
        if read.is_none_or(|callback| !self.called_back(callback)) {
            self.desk.strays = self.desk.strays.saturating_add(1);
        }
    }

    /// The address, pasted by the person whose consent it is: what is wrong with it is said.
    pub(super) fn address_pasted(&mut self, text: &SecretString) {
        let Some(redirect_uri) = self.redirect_uri() else {
            return;
        };
        let mine = callback::read_pasted(text.expose_secret(), &redirect_uri).map(|pasted| match pasted {
            Pasted::Answer(callback) => self.called_back(callback),
            Pasted::Code(code) => self.bare_code_came(&code),
        });
        let why = match mine {
            Ok(true) => return,
            Ok(false) => PastedProblem::OtherSignIn,
            Err(unreadable) => unreadable.into(),
        };
        self.say_while_waiting(Problem::NotTheAddress { why });
    }

    /// True when the answer belongs to the pending consent.
    pub(super) fn called_back(&mut self, callback: Callback) -> bool {
        let now = self.now;
        let Some(consent) = self.approval().and_then(|a| a.consent()).filter(|c| now <= c.ends()).cloned() else {
            return false;
        };
        match callback {
            Callback::Granted(granted) if consent.is_mine(&granted.state) => {
                self.show_approval();
                self.exchange(&consent, &granted);
                true
            }
            Callback::Denied { state: Some(state), error } if consent.is_mine(&state) => {
                self.show_approval();
                let denial = self.denial(&error);
                self.stop_consent(Some(denial));
                true
            }
            Callback::Denied { state: None, error } if is_error_code(&error) => {
                let denial = self.denial(&error);
                self.say_while_waiting(denial);
                true
            }
            Callback::Granted(_) | Callback::Denied { .. } => false,
        }
    }

    /// True when a consent is pending that the code can be of.
    fn bare_code_came(&mut self, code: &AuthorizationCode) -> bool {
        let now = self.now;
        let Some(consent) = self.approval().and_then(|a| a.consent()).filter(|c| now <= c.ends()).cloned() else {
            return false;
        };
        self.show_approval();
        self.exchange_bare(&consent, code);
        true
    }

    /// The person comes back from the browser: wherever they left the window, it shows what came of it.
    pub(super) fn show_approval(&mut self) {
        self.desk.view = View::Wizard;
        self.edit(|draft| draft.step = Step::Approve);
        self.tell(Effect::Raise);
    }

    /// Ends the attempt, if one is under way, and says why.
    pub(super) fn stop_consent(&mut self, problem: Option<Problem>) {
        let client = self.desk.kept.draft.as_ref().and_then(super::Draft::registration).map(Box::new);
        let discarded = |q: &Question| match q {
            Question::Exchange(region) | Question::Poll(region) => {
                Some(Question::Discard(region.clone(), client.clone()))
            }
            _ => None,
        };
        self.desk.tickets.change(discarded);
        self.desk.tickets.forget(|q| matches!(q, Question::WayHome | Question::Nonce | Question::Browser));
        self.desk.tickets.forget(|q| matches!(q, Question::DeviceCode(_)));
        self.edit(|draft| {
            if problem.is_none() && matches!(draft.approval, Approval::Exchanging) {
                draft.console_code = None;
            }
            if draft.approval.is_under_way() {
                draft.approval = Approval::Ready(problem);
            }
        });
    }

    /// Ten minutes are enough. Where the clock was set back they begin anew, or they would last until it caught up.
    pub(super) fn end_old_consent(&mut self) {
        let now = self.now;
        if let Some(Approval::Waiting(consent, _)) = self.approval() {
            consent.began = consent.began.min(now);
        }
        if self.consent_ends().is_some_and(|ends| ends <= self.now) {
            self.stop_consent(Some(Problem::ConsentExpired));
        }
    }

    /// The first moment at which an answer no longer counts.
    pub(super) fn consent_ends(&self) -> Option<Moment> {
        let consent = self.desk.kept.draft.as_ref()?.approval.consent()?;
        let ends = consent.ends().plus(std::time::Duration::from_millis(1));
        Some(if consent.began > self.now { self.now } else { ends })
    }

    fn say_while_waiting(&mut self, said: Problem) {
        if let Some(Approval::Waiting(_, problem)) = self.approval() {
            *problem = Some(said);
        }
    }

    /// The page to approve on.
    fn authorization_url(&self) -> Option<url::Url> {
        let draft = self.desk.kept.draft.as_ref()?;
        if let Approval::Device(device) = &draft.approval {
            return Some(device.code.direct.clone());
        }
        let registration = draft.registration()?;
        let region = self.desk.regions.find(&registration.region)?;
        draft.approval.consent()?.authorization_url(&registration, region, &draft.ask())
    }

    pub(super) fn region_is_gone(&self) -> Option<Problem> {
        let code = self.desk.kept.draft.as_ref()?.region.as_ref()?;
        Some(Problem::UnknownRegion { server: code.as_str().to_owned() })
    }

    pub(super) fn redirect_uri(&self) -> Option<String> {
        self.desk.kept.draft.as_ref()?.redirect_uri()
    }

    /// Zoho's `access_denied` on the redirect, which is also what it says after too many codes; anything else is shown
    /// as it was said.
    fn denial(&self, error: &str) -> Problem {
        match (error, self.denied_until()) {
            ("access_denied", Some(until)) => Problem::TooManyCodes { until },
            ("access_denied", None) => Problem::Denied,
            (other, _) => Problem::SentBack { error: shown(other) },
        }
    }

    pub(super) fn approval(&mut self) -> Option<&mut Approval> {
        self.desk.kept.draft.as_mut().map(|d| &mut d.approval)
    }
}

/// Without a `state` an error may be anybody's: it is heard only if it says nothing but a code (RFC 6749 4.1.2.1).
fn is_error_code(error: &str) -> bool {
    (1..=40).contains(&error.len()) && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}
