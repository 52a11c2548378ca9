//! The approval: from the button press to the open browser, and its end.
//!
//! Invariant: the browser opens only once the consent is saved, and one attempt is in flight at a time.

use secrecy::SecretString;
use zoho_oauth::authorization_request::{AuthorizationRequest, Nonce};

use crate::domain::draft::{Approval, Draft};
use crate::domain::notice::CopiedWhat;
use crate::domain::problem::Problem;
use crate::domain::redirect_method::RedirectMethod;
use crate::domain::step::Step;
use crate::machine::question::SignInQuestion;
use crate::messages::effect::{Effect, Sensitivity};

use super::SignIn;
use super::after::After;

impl SignIn<'_> {
    /// Checks the redirect and draws random values; the browser opens when both are done and the consent is saved.
    /// Rejects tokens of an earlier consent that the user has not kept yet.
    pub(in crate::machine) fn begin_sign_in(&mut self, anyway: bool) {
        self.not_me();
        self.give_up_enhancing();
        let ready = |d: &&mut Draft| d.is_ready_to_approve();
        let Some(draft) = self.draft.as_mut().filter(ready) else {
            return;
        };
        draft.step = Step::Approve;
        if self.begin_enhancing(anyway) {
            return;
        }
        if let Some(problem) = self.held_back() {
            return self.edit(|draft| draft.approval = Approval::Ready(Some(problem)));
        }
        let Some(draft) = self.draft.as_mut() else { return };
        if draft.redirect_method() == RedirectMethod::Device {
            return self.ask_for_device_code();
        }
        if draft.redirect_method() == RedirectMethod::ConsoleCode {
            return self.use_code();
        }
        self.check_redirect(anyway, None);
    }

    /// Checks the redirect, unless `anyway` skips that, and draws random values.
    pub(in crate::machine) fn check_redirect(&mut self, anyway: bool, enhance_token: Option<SecretString>) {
        let Some(draft) = self.draft.as_mut() else { return };
        let redirect_method = draft.redirect_method();
        // Keyfob does not receive anything at the client's own address.
        let proven = anyway || redirect_method == RedirectMethod::Pasted;
        draft.approval = Approval::Checking { proven, nonce: None, enhance_token };
        (draft.answers.port, draft.answers.looked) = (None, false);
        if !proven {
            match redirect_method {
                RedirectMethod::Loopback => self.listen(),
                RedirectMethod::DeepLink
                | RedirectMethod::ConsoleCode
                | RedirectMethod::Device
                | RedirectMethod::Pasted => self.cx.ask(SignInQuestion::RedirectMethod, Effect::CheckRedirect),
            }
        }
        self.cx.ask(SignInQuestion::Nonce, Effect::Draw);
    }

    /// Signs in although that ends the oldest sign-in, as the user has accepted.
    pub(in crate::machine) fn retire_oldest(&mut self) {
        let client = self.drafts_client();
        self.edit(|draft| draft.answers.may_retire = client);
        self.begin_sign_in(false);
    }

    pub(in crate::machine) fn redirect_checked(&mut self, proof: Result<(), Problem>) {
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
        let (now, redirect_uri) = (self.cx.now, self.redirect_uri().unwrap_or_default());
        let Some(draft) = self.draft.as_mut() else { return };
        if let Approval::Checking { proven: true, nonce, enhance_token } = &mut draft.approval
            && let Some(nonce) = nonce.take()
        {
            let enhance_token = enhance_token.take();
            let consent =
                AuthorizationRequest { enhance_token, ..AuthorizationRequest::begin(nonce, redirect_uri, now) };
            draft.approval = Approval::Waiting(consent, None);
            match self.authorization_url() {
                Some(_) => self.once_saved(After::Browse),
                None => self.stop_consent(self.region_is_gone()),
            }
        }
    }

    /// Opens the address again, and the port for its answer if that is not open.
    pub(in crate::machine) fn open_again(&mut self) {
        self.open_browser();
        self.listen_again();
    }

    /// Copies the address as a secret: anyone who has it could finish the sign-in.
    pub(in crate::machine) fn copy_link(&mut self) {
        if let Some(url) = self.authorization_url().filter(|_| self.attempt_is_saved()) {
            self.cx.put_on_clipboard(CopiedWhat::Link, String::from(url).into(), Sensitivity::Secret);
        }
    }
}
