//! Listening on a loopback port for the answer, and the pages for the requests there.
//!
//! Invariant: a port is open only while a consent that returns there is being checked or is pending, and every request
//! is answered. A request is untrusted until its `state` has matched.

use std::time::Duration;

use zoho_oauth::authorization_response::{self, AuthorizationResponse};

use crate::domain::draft::{Approval, Draft};
use crate::domain::problem::Problem;
use crate::domain::redirect_method::{LOOPBACK_PORTS, RedirectMethod, loopback};
use crate::machine::fact::Fact;
use crate::machine::question::SignInQuestion;
use crate::messages::effect::Effect;
use crate::messages::loopback::{FRONT, LoopbackPage, LoopbackRequest, PATH};

use super::SignIn;
use super::redirect::Heard;
use super::state::Loopback;

/// How long after an answer its page may bring Keyfob to the front.
const FRONT_TIME: Duration = Duration::from_mins(1);

impl SignIn<'_> {
    /// Finds a free port before the browser opens. The final page opens Keyfob by a link, so that is repaired too;
    /// without it, the user only has to find the window.
    pub(super) fn listen(&mut self) {
        self.listen_on(LOOPBACK_PORTS.to_vec());
        self.cx.ask(SignInQuestion::LinkBack, Effect::CheckRedirect);
    }

    /// Listens for a consent that is pending already if no port is open: after a restart, or after the port was busy.
    pub(super) fn listen_again(&mut self) {
        let pending = self.draft.as_ref().and_then(|d| d.approval.consent()).map(|c| &c.redirect_uri);
        let port = LOOPBACK_PORTS.into_iter().find(|port| pending == Some(&loopback(*port)));
        if let Some(port) = port.filter(|_| !self.state.loopback.open) {
            self.listen_on(vec![port]);
        }
    }

    fn listen_on(&mut self, ports: Vec<u16>) {
        self.state.loopback = Loopback { open: true, front_until: None };
        self.cx.ask(SignInQuestion::Port, |ticket| Effect::Listen(ticket, ports));
    }

    pub(super) fn listening(&mut self, found: Result<u16, Problem>) {
        self.state.loopback.open &= found.is_ok();
        let Some(draft) = self.draft.as_mut() else { return };
        match (found, &mut draft.approval) {
            (Ok(port), Approval::Checking { .. }) => {
                draft.answers.port = Some(port);
                self.cx.report(Fact::RedirectMethod(Ok(())));
            }
            (Ok(_), Approval::Waiting(_, said)) => drop(said.take_if(|p| matches!(p, Problem::PortsBusy { .. }))),
            (Err(busy), Approval::Checking { .. }) => self.cx.report(Fact::RedirectMethod(Err(busy))),
            (Err(busy), Approval::Waiting(_, said)) => *said = Some(busy),
            _ => {}
        }
    }

    /// Answers a request at the port. Only one that answers the pending consent has an effect.
    pub(in crate::machine) fn loopback_asked(&mut self, request: LoopbackRequest, target: &[u8]) {
        let page = self.called_back_at_port(target).unwrap_or_else(|| {
            self.state.strays = self.state.strays.saturating_add(1);
            LoopbackPage::NotThis
        });
        self.cx.emit(Effect::AnswerLoopback(request, page));
    }

    /// Counts a connection by another user's program, which changes nothing.
    pub(in crate::machine) fn loopback_refused(&mut self) {
        self.state.strays = self.state.strays.saturating_add(1);
    }

    /// Shows what to do when the browser insists on `https`: Keyfob cannot answer it, since no certificate covers this
    /// computer. Does not replace another problem that is shown.
    pub(in crate::machine) fn https_asked(&mut self) {
        let awaited = self.draft.as_ref().is_some_and(Draft::is_awaited_at_port);
        if let Some(Approval::Waiting(_, said @ None)) = self.approval().filter(|_| awaited) {
            *said = Some(Problem::AskedByHttps);
        }
    }

    /// The page for this request target; `None` when it means nothing. Only the matching `state` lets a page bring
    /// Keyfob to the front.
    fn called_back_at_port(&mut self, target: &[u8]) -> Option<LoopbackPage> {
        let redirect_uri = self.draft.as_ref().filter(|d| d.is_awaited_at_port())?.redirect_uri()?;
        let link = [redirect_uri.as_bytes(), target.strip_prefix(PATH.as_bytes())?].concat();
        let read =
            if self.is_enhancing() { authorization_response::read_enhanced } else { authorization_response::read };
        let callback = read(&link, &redirect_uri).ok()?;
        let is_denial = matches!(callback, AuthorizationResponse::Denied { .. });
        match self.called_back(callback) {
            Heard::Stray => None,
            Heard::Unproven => Some(LoopbackPage::GoBack),
            Heard::Ours => {
                self.state.loopback.front_until = Some(self.cx.now.plus(FRONT_TIME));
                Some(if is_denial { LoopbackPage::Refused } else { LoopbackPage::Done })
            }
        }
    }

    /// Brings Keyfob to the front for the final page: once, and soon after the answer. True when it did.
    pub(in crate::machine) fn front_asked(&mut self, link: &[u8]) -> bool {
        let now = self.cx.now;
        let heard = link == FRONT.as_bytes() && self.state.loopback.front_until.take() >= Some(now);
        if heard {
            self.cx.emit(Effect::Raise);
        }
        heard
    }

    /// Closes the port as soon as nothing is awaited there.
    pub(in crate::machine) fn close_port(&mut self) {
        let awaited = self.draft.as_ref().is_some_and(Draft::is_awaited_at_port);
        if self.state.loopback.open && !awaited {
            self.state.loopback.open = false;
            self.cx.emit(Effect::StopListening);
        }
    }
}

impl Draft {
    fn is_awaited_at_port(&self) -> bool {
        let begun = matches!(self.approval, Approval::Checking { .. } | Approval::Waiting(..));
        begun && self.redirect_method() == RedirectMethod::Loopback
    }
}
