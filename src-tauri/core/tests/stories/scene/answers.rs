//! The answers of the world.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_core::connection::ConnectionId;
use keyfob_core::custom_regions::{PRACTICE, RegionForm};
use keyfob_core::effect::{Opened, Sealing};
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::intent::{AppIntent, RevokeIntent};
use keyfob_core::new_file::NewFile;
use keyfob_core::{Answer, Effect, Event, Intent, Problem};
use oauth2::{CsrfToken, PkceCodeVerifier};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::authorization_request::Nonce;
use zoho_oauth::region::{Origin, Region};
use zoho_oauth::request::{Outcome, Request, TransportError};

use super::Scene;
use super::effects::{echo_of, fits, ticket};
use super::words::{OWN_KEY, STATE, VERIFIER, reply};

impl Scene {
    pub fn vault_opens(&mut self, record: Option<SecretSlice<u8>>) {
        self.answer(Answer::VaultOpened(Ok(opened(record, None))));
    }

    pub fn vault_opens_and_says(&mut self, record: Option<SecretSlice<u8>>, notice: Problem) {
        self.answer(Answer::VaultOpened(Ok(opened(record, Some(notice)))));
    }

    pub fn vault_fails(&mut self, problem: Problem) {
        self.answer(Answer::VaultOpened(Err(problem)));
    }

    pub fn redirect_method(&mut self, proof: Result<(), Problem>) {
        self.answer(Answer::RedirectChecked(proof));
    }

    pub fn listens_on(&mut self, port: u16) {
        self.answer(Answer::Listening(Ok(port)));
    }

    pub fn ports_are_busy(&mut self, ports: &[u16]) {
        self.answer(Answer::Listening(Err(Problem::PortsBusy { ports: ports.to_vec() })));
    }

    pub fn draws(&mut self) {
        self.draws_state(STATE);
    }

    pub fn draws_state(&mut self, state: &str) {
        let verifier = PkceCodeVerifier::new(VERIFIER.to_owned());
        self.answer(Answer::Drawn(Nonce { state: CsrfToken::new(state.to_owned()), verifier }));
    }

    pub fn browser_opens(&mut self) {
        self.answer(Answer::BrowserOpened(Ok(())));
    }

    /// The open question outside the page.
    #[track_caller]
    pub fn question(&self) -> &Confirmation {
        self.last(|e| if let Effect::Confirm(_, question) = e { Some(question) } else { None })
    }

    /// The user allows the open question.
    #[track_caller]
    pub fn allows(&mut self) {
        self.answer(Answer::Confirmed(Decision::Allow));
    }

    /// Sends an intent, and the user allows its question.
    #[track_caller]
    pub fn asks_and_allows(&mut self, intent: impl Into<Intent>) {
        self.asks(intent);
        self.allows();
    }

    /// The user submits a region form and allows it if it is valid.
    #[track_caller]
    pub fn adds_region(&mut self, form: RegionForm) {
        self.asks(AppIntent::AddRegion { form });
        if self.count(|e| matches!(e, Effect::Confirm(..))) > 0 {
            self.allows();
        }
        self.forget_asking();
    }

    /// Zoho is unreachable, so the user removes the connection here only.
    #[track_caller]
    pub fn removes_here(&mut self, id: ConnectionId) {
        self.asks(RevokeIntent::RevokeAndDelete { id });
        let revokes = |e: &Effect| matches!(e, Effect::Send(_, call) if call.url.path().contains("revoke"));
        while self.count(revokes) > 0 {
            self.answer_where(revokes, Answer::Replied(Err(TransportError::Unreachable)));
        }
        self.asks_and_allows(RevokeIntent::DeleteHere { id });
    }

    /// Answers every open save.
    pub fn settles(&mut self) {
        while self.count(|e| matches!(e, Effect::Save(..))) > 0 {
            self.answer(Answer::Saved(Ok(None)));
        }
    }

    pub fn saving_fails(&mut self) {
        while self.count(|e| matches!(e, Effect::Save(..))) > 0 {
            self.answer(Answer::Saved(Err(no_space())));
        }
    }

    /// Practice has started.
    pub fn practice_starts(&mut self) {
        let origin = || Origin::new("http://127.0.0.1:40001").unwrap();
        let (accounts, api, cliq, console) = (origin(), origin(), origin(), origin());
        let region = Region { code: PRACTICE, name: "Practice".into(), accounts, api, cliq, console };
        self.answer(Answer::PracticeStarted(Ok(Box::new(region))));
    }

    /// Zoho responds to the oldest open request with HTTP 200 and this body.
    #[track_caller]
    pub fn zoho_says(&mut self, body: &str) {
        self.replies(reply(200, body));
    }

    /// Zoho responds to the oldest open request to this path with HTTP 200 and this body.
    #[track_caller]
    pub fn zoho_says_at(&mut self, path: &str, body: &str) {
        let at = |e: &Effect| matches!(e, Effect::Send(_, call) if call.url.path().ends_with(path));
        self.answer_where(at, Answer::Replied(reply(200, body)));
    }

    #[track_caller]
    pub fn no_answer(&mut self, why: TransportError) {
        self.replies(Err(why));
    }

    #[track_caller]
    pub fn replies(&mut self, outcome: Outcome) {
        self.answer(Answer::Replied(outcome));
    }

    /// Answers the oldest open effect that the answer fits.
    #[track_caller]
    pub fn answer(&mut self, answer: Answer) {
        self.answer_where(|_| true, answer);
    }

    /// Delivers every answer twice. The second time its ticket is old, and nothing may change.
    #[track_caller]
    fn answer_where(&mut self, which: impl Fn(&Effect) -> bool, answer: Answer) {
        let at = self.open.iter().position(|effect| fits(effect, &answer) && which(effect));
        let effect = at.and_then(|at| self.open.remove(at)).expect("an open effect fits this answer");
        let ticket = ticket(&effect).expect("the effect has a ticket");
        let echo = echo_of(&answer);
        self.happens(Event::Answered(ticket, answer));

        let before = (self.snapshot(), format!("{:?}", self.desk));
        let effects = self.desk.handle(Event::Answered(ticket, echo), self.now);
        assert!(effects.is_empty(), "an old ticket led to {effects:?}");
        assert_eq!((self.snapshot(), format!("{:?}", self.desk)), before, "an old ticket changed something");
    }

    /// The open requests.
    pub fn requests(&self) -> Vec<&Request> {
        self.open.iter().filter_map(|e| if let Effect::Send(_, call) = e { Some(call) } else { None }).collect()
    }

    /// The only open request.
    #[track_caller]
    pub fn request(&self) -> &Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0]
    }

    /// The text last copied.
    #[track_caller]
    pub fn clipboard(&self) -> &str {
        self.last(|e| if let Effect::Copy(_, text, _) = e { Some(text.expose_secret()) } else { None })
    }

    /// The report last copied, without the lines of the flight recorder.
    #[track_caller]
    pub fn report(&self) -> &str {
        self.last(|e| if let Effect::CopyReport(_, report) = e { Some(report.as_str()) } else { None })
    }

    /// The file last saved.
    #[track_caller]
    pub fn file(&self) -> &NewFile {
        self.last(|e| if let Effect::SaveFile(_, file) = e { Some(file) } else { None })
    }

    /// The last content for a live file.
    #[track_caller]
    pub fn live_file(&self) -> &str {
        self.last(
            |e| if let Effect::WriteLiveFile(_, _, content, _) = e { Some(content.expose_secret()) } else { None },
        )
    }

    /// The fingerprints of the contents that the last write of a live file may replace; empty if it may replace any.
    pub fn live_file_replaces(&self) -> Vec<Fingerprint> {
        self.last(|e| if let Effect::WriteLiveFile(_, _, _, ours) = e { Some(ours) } else { None }).clone()
    }

    /// The record of the save in flight.
    pub fn being_saved(&self) -> Option<&SecretSlice<u8>> {
        self.open.iter().find_map(|e| if let Effect::Save(_, record) = e { Some(record) } else { None })
    }

    /// Answers every open write of a live file.
    pub fn live_files_are_written(&mut self) {
        while self.count(|e| matches!(e, Effect::WriteLiveFile(..))) > 0 {
            self.answer(Answer::LiveFileWritten(Ok(())));
        }
    }

    /// The last content for `regions.json`.
    #[track_caller]
    pub fn regions_file(&self) -> &str {
        self.last(|e| if let Effect::SaveRegions(_, text, _) = e { Some(text.as_str()) } else { None })
    }

    /// The contents of `regions.json` that the save may replace; any other is set aside.
    #[track_caller]
    pub fn regions_file_replaces(&self) -> &[Fingerprint] {
        self.last(|e| if let Effect::SaveRegions(_, _, known) = e { Some(known.as_slice()) } else { None })
    }

    /// The handover last sealed.
    #[track_caller]
    pub fn sealing(&self) -> &Sealing {
        self.last(|e| if let Effect::SaveSealed(_, sealing) = e { Some(sealing) } else { None })
    }

    /// The address last opened in the browser.
    pub fn address(&self) -> &url::Url {
        self.browsed.as_ref().expect("a browser was opened")
    }

    #[track_caller]
    fn last<'a, T: ?Sized>(&'a self, what: impl Fn(&'a Effect) -> Option<&'a T>) -> &'a T {
        self.open.iter().rev().find_map(what).expect("an open effect of this kind")
    }

    pub fn count(&self, which: impl Fn(&Effect) -> bool) -> usize {
        self.open.iter().filter(|e| which(e)).count()
    }
}

fn opened(record: Option<SecretSlice<u8>>, notice: Option<Problem>) -> Opened {
    Opened { record, notice, own_key: Some(OWN_KEY.into()) }
}

pub fn no_space() -> Problem {
    Problem::NotSaved { reason: "no space left".into() }
}
