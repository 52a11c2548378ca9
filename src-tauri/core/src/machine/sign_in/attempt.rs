//! An attempt to sign in: what all methods share, from the open browser to the end.
//!
//! Invariant: the browser opens only once the attempt is saved.
#![expect(clippy::disallowed_methods, reason = "compares states and sends the code")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::region::RegionCode;

use crate::Moment;
use crate::domain::draft::{Approval, Draft};
use crate::domain::open_page::OpenPage;
use crate::domain::problem::Problem;
use crate::domain::step::Step;
use crate::machine::question::SignInQuestion;
use crate::messages::browser::Address;
use crate::messages::effect::Effect;

use super::SignIn;

impl SignIn<'_> {
    /// Changes the draft, if there is one.
    pub(in crate::machine) fn edit(&mut self, change: impl FnOnce(&mut Draft)) {
        let Some(draft) = self.draft.as_mut() else { return };
        let before: Vec<_> = draft.client_secrets().map(|(region, secret)| (region.clone(), secret.clone())).collect();
        change(draft);
        let kept = |(region, secret): &(RegionCode, SecretString)| {
            draft.client_secrets().any(|(of, own)| of == region && own.expose_secret() == secret.expose_secret())
        };
        for (region, secret) in before.iter().filter(|gone| !kept(gone)) {
            self.cx.clipboard.let_go(region, secret);
        }
        self.cx.changed();
    }

    /// Drops the draft.
    pub(super) fn drop_draft(&mut self) {
        if let Some(draft) = self.draft.take() {
            draft.client_secrets().for_each(|(region, secret)| self.cx.clipboard.let_go(region, secret));
        }
    }

    /// Opens the browser, and clears the problem of the previous try.
    pub(super) fn open_browser(&mut self) {
        if let Some(url) = self.authorization_url().filter(|_| self.attempt_is_saved()) {
            match self.approval() {
                Some(Approval::Waiting(_, problem)) => *problem = None,
                Some(Approval::Device(device)) => device.problem = None,
                _ => {}
            }
            self.cx.ask(SignInQuestion::Browser, |ticket| Effect::OpenBrowser(ticket, Address::Private(url)));
        }
    }

    pub(super) fn browser_opened(&mut self, opened: Result<(), Problem>) {
        let Err(failed) = opened else { return };
        match self.approval() {
            Some(Approval::Waiting(_, problem)) => *problem = Some(failed),
            Some(Approval::Device(device)) => device.problem = Some(failed),
            _ => self.cx.notices.trouble(failed),
        }
    }

    /// Ends the attempt in flight, if any, and shows why.
    pub(in crate::machine) fn stop_consent(&mut self, problem: Option<Problem>) {
        let client = self.draft.as_ref().and_then(Draft::registration).map(Box::new);
        let discarded = |q: &SignInQuestion| {
            let (SignInQuestion::Exchange(region) | SignInQuestion::Poll(region)) = q else { return None };
            Some(SignInQuestion::Discard(region.clone(), client.clone()))
        };
        self.nothing_once_saved();
        self.cx.outbox.change(discarded);
        self.cx.outbox.forget(|q: &SignInQuestion| {
            matches!(
                q,
                SignInQuestion::RedirectMethod | SignInQuestion::Port | SignInQuestion::Nonce | SignInQuestion::Browser
            )
        });
        self.cx
            .outbox
            .forget(|q: &SignInQuestion| matches!(q, SignInQuestion::DeviceCode(_) | SignInQuestion::Enhance { .. }));
        self.cx.outbox.forget(|q: &SignInQuestion| {
            matches!(q, SignInQuestion::ProveRefreshToken(..) | SignInQuestion::ClientToken(..))
        });
        self.edit(|draft| {
            draft.answers.asks_for_all |= draft.approval.is_enhancing();
            if problem.is_none() && matches!(draft.approval, Approval::Exchanging) {
                draft.console_code = None;
            }
            if draft.approval.is_under_way() {
                draft.approval = Approval::Ready(problem);
            }
        });
    }

    /// Ends a consent after ten minutes. They start over if the clock was set back, or the consent would last longer.
    pub(super) fn end_old_consent(&mut self) {
        let now = self.cx.now;
        if let Some(Approval::Waiting(consent, _)) = self.approval() {
            consent.began = consent.began.min(now);
        }
        if self.consent_ends().is_some_and(|ends| ends <= self.cx.now) {
            self.stop_consent(Some(Problem::ConsentExpired));
        }
    }

    /// The first moment at which an answer no longer counts.
    pub(super) fn consent_ends(&self) -> Option<Moment> {
        let consent = self.draft.as_ref()?.approval.consent()?;
        let ends = consent.ends().plus(std::time::Duration::from_millis(1));
        Some(if consent.began > self.cx.now { self.cx.now } else { ends })
    }

    /// The address of the page on which the user approves.
    pub(super) fn authorization_url(&self) -> Option<url::Url> {
        let draft = self.draft.as_ref()?;
        if let Approval::Device(device) = &draft.approval {
            return Some(device.code.direct.clone());
        }
        let registration = draft.registration()?;
        let region = self.cx.regions.find(&registration.region)?;
        let consent = draft.approval.consent()?;
        match consent.enhance_token {
            Some(_) => {
                consent.enhancing_url(&registration.client_id, region, &draft.scopes_to_add(self.cx.connections)?)
            }
            None => consent.authorization_url(&registration, region, &draft.ask()),
        }
    }

    /// The problem that the draft's region is no longer in the table; `None` when the draft has no region.
    pub(super) fn region_is_gone(&self) -> Option<Problem> {
        let code = self.draft.as_ref()?.region.as_ref()?;
        Some(Problem::UnknownRegion { server: code.as_str().to_owned() })
    }

    /// The redirect URI for the answer; `None` when the client has none.
    pub(super) fn redirect_uri(&self) -> Option<String> {
        self.draft.as_ref()?.redirect_uri()
    }

    pub(super) fn approval(&mut self) -> Option<&mut Approval> {
        self.draft.as_mut().map(|d| &mut d.approval)
    }

    /// The request that an answer may be for; `None` when none is pending, or it has expired.
    pub(super) fn pending_consent(&self) -> Option<AuthorizationRequest> {
        let consent = self.draft.as_ref()?.approval.consent()?;
        (self.cx.now <= consent.ends()).then(|| consent.clone())
    }

    /// Shows the result when the user comes back from the browser, whatever page the window was on.
    pub(super) fn show_approval(&mut self) {
        *self.page = OpenPage::Wizard;
        self.edit(|draft| draft.step = Step::Approve);
        self.cx.emit(Effect::Raise);
    }

    pub(super) fn say_while_waiting(&mut self, said: Problem) {
        if let Some(Approval::Waiting(_, problem)) = self.approval() {
            *problem = Some(said);
        }
    }

    pub(super) fn is_enhancing(&self) -> bool {
        self.draft.as_ref().is_some_and(|d| d.approval.is_enhancing())
    }

    /// Cancels the attempt to add permissions: the user prefers to sign in for all of them.
    pub(super) fn give_up_enhancing(&mut self) {
        if self.is_enhancing() {
            self.stop_consent(None);
        }
    }
}
