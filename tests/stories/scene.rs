//! A Desk on a stage: the story says what happens, the scene notes what the Desk wants done.

use std::collections::VecDeque;
use std::time::Duration;

use keyfob_core::call::{Call, Outcome, Reply, Unanswered};
use keyfob_core::connection::ConnectionId;
use keyfob_core::consent::Nonce;
use keyfob_core::effect::{KeptBy, Opened, Sensitivity};
use keyfob_core::region::RegionCode;
use keyfob_core::snapshot::{Approval, Candidate, Card, Draft, NoticeKind, Screen};
use keyfob_core::{Answer, Desk, Effect, Event, Intent, Moment, Problem, Snapshot, Ticket};
use oauth2::{CsrfToken, PkceCodeVerifier};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

/// 2026-11-23 09:00 UTC.
pub const NINE: Moment = Moment::from_millis(1_795_424_400_000);
pub const STATE: &str = "state-of-the-first-consent-0123456789";
/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CLIENT_ID: &str = "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123";
pub const CLIENT_SECRET: &str = "0123456789abcdef0123456789abcdef0123456789";
pub const ACCESS: &str = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01";
pub const REFRESH: &str = "1000.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb02";

/// One Desk, one clock, and the effects that have not been answered yet.
pub struct Scene {
    pub desk: Desk,
    pub now: Moment,
    open: VecDeque<Effect>,
    did: Vec<String>,
    /// The record last asked to be saved.
    pub saved: Option<SecretSlice<u8>>,
}

impl Scene {
    /// A fresh Desk; nothing has happened.
    pub fn new() -> Self {
        Self { desk: Desk::default(), now: NINE, open: VecDeque::new(), did: Vec::new(), saved: None }
    }

    /// Keyfob's first start, with an open and empty vault.
    pub fn first_start() -> Self {
        let mut scene = Self::new();
        scene.starts(None);
        scene.vault_opens(None);
        scene.did(&["open the vault with the keyring"]);
        scene
    }

    /// The wizard, filled in up to the approval.
    pub fn ready_to_approve() -> Self {
        let mut scene = Self::first_start();
        scene.fills_in("eu");
        scene.settles();
        scene.did.clear();
        scene
    }

    /// The browser is open and the consent is kept.
    pub fn waiting() -> Self {
        let mut scene = Self::ready_to_approve();
        scene.asks(Intent::SignIn { anyway: false });
        scene.way_home(Ok(()));
        scene.draws();
        scene.settles();
        scene.browser_opens();
        scene.did.clear();
        scene
    }

    /// Tokens came, and are to be confirmed.
    pub fn candidate() -> Self {
        let mut scene = Self::waiting();
        scene.link(&scene.good_link());
        scene.zoho_says(&tokens());
        scene.settles();
        scene.did.clear();
        scene
    }

    /// One connection, kept and proven.
    pub fn connected() -> (Self, ConnectionId) {
        let mut scene = Self::candidate();
        scene.zoho_says(&identity());
        scene.zoho_says(r#"{"data":{"status":"available"}}"#);
        scene.asks(Intent::Keep { name: "Finance bot".into() });
        scene.settles();
        scene.asks(Intent::GoHome);
        scene.settles();
        scene.did.clear();
        let id = scene.card().id;
        (scene, id)
    }

    pub fn starts(&mut self, regions_file: Option<&str>) {
        self.happens(Event::Started { regions_file: regions_file.map(str::to_owned) });
    }

    /// Everything is gone but what was saved; Keyfob starts anew.
    pub fn starts_again(&self) -> Self {
        let mut again = Self { now: self.now, ..Self::new() };
        again.starts(None);
        again.vault_opens(self.saved.clone());
        again.saved.clone_from(&self.saved);
        again.did.clear();
        again
    }

    pub fn fills_in(&mut self, region: &str) {
        self.asks(Intent::Start);
        self.asks(Intent::ChooseRegion { region: RegionCode::new(region).unwrap() });
        self.asks(Intent::TypeClientId { text: CLIENT_ID.into() });
        self.asks(Intent::TypeClientSecret { text: CLIENT_SECRET.into() });
        self.asks(Intent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    }

    /// A person asks.
    pub fn asks(&mut self, intent: Intent) {
        self.happens(Event::Asked(intent));
    }

    /// A link of ours is opened by somebody.
    pub fn link(&mut self, link: &str) {
        self.happens(Event::LinkArrived(link.as_bytes().to_vec()));
    }

    /// What Zoho sends back for this consent.
    pub fn good_link(&self) -> String {
        link(&[
            ("state", STATE),
            ("code", "1000.c0de.c0de"),
            ("location", "eu"),
            ("accounts-server", "https://accounts.zoho.eu"),
        ])
    }

    pub fn happens(&mut self, event: Event) {
        for effect in self.desk.handle(event, self.now) {
            if let Effect::LookAt(_) = effect {
                continue;
            }
            self.did.push(described(&effect));
            if let Effect::Save(_, record) = &effect {
                self.saved = Some(record.clone());
            }
            self.open.push_back(effect);
        }
    }

    /// Time passes, and the Desk looks again.
    pub fn later(&mut self, span: Duration) {
        self.now = self.now.plus(span);
        self.happens(Event::Looked);
    }

    /// What the Desk wanted done since this was last asked.
    #[track_caller]
    pub fn did(&mut self, expected: &[&str]) {
        assert_eq!(std::mem::take(&mut self.did), expected);
    }

    pub fn vault_opens(&mut self, record: Option<SecretSlice<u8>>) {
        self.answer(Answer::VaultOpened(Ok(Opened { record, notice: None })));
    }

    pub fn vault_fails(&mut self, problem: Problem) {
        self.answer(Answer::VaultOpened(Err(problem)));
    }

    pub fn way_home(&mut self, proof: Result<(), Problem>) {
        self.answer(Answer::WayHomeProven(proof));
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

    /// Answers every open save.
    pub fn settles(&mut self) {
        while self.open.iter().any(|e| matches!(e, Effect::Save(..))) {
            self.answer(Answer::Saved(Ok(())));
        }
    }

    pub fn saving_fails(&mut self) {
        while self.open.iter().any(|e| matches!(e, Effect::Save(..))) {
            self.answer(Answer::Saved(Err(Problem::NotSaved { reason: "no space left".into() })));
        }
    }

    /// Zoho answers the oldest open request with HTTP 200 and this.
    pub fn zoho_says(&mut self, body: &str) {
        self.replies(reply(200, body));
    }

    pub fn no_answer(&mut self, why: Unanswered) {
        self.replies(Err(why));
    }

    pub fn replies(&mut self, outcome: Outcome) {
        self.answer(Answer::Replied(outcome));
    }

    /// Answers the oldest open effect that such an answer fits.
    #[track_caller]
    pub fn answer(&mut self, answer: Answer) {
        let at = self.open.iter().position(|effect| fits(effect, &answer));
        let effect = at.and_then(|at| self.open.remove(at)).expect("an effect waits for this answer");
        self.happens(Event::Answered(ticket(&effect).expect("it answers"), answer));
    }

    /// The open requests, as they would be sent.
    pub fn requests(&self) -> Vec<&Call> {
        self.open.iter().filter_map(|e| if let Effect::Send(_, call) = e { Some(call) } else { None }).collect()
    }

    /// The text last put on the clipboard.
    pub fn clipboard(&self) -> Option<&SecretString> {
        self.open.iter().rev().find_map(|e| if let Effect::Copy(_, text, _) = e { Some(text) } else { None })
    }

    pub fn snapshot(&self) -> Snapshot {
        self.desk.snapshot(self.now)
    }

    pub fn screen(&self) -> Screen {
        self.snapshot().screen
    }

    #[track_caller]
    pub fn draft(&self) -> Draft {
        self.snapshot().draft.expect("there is a draft")
    }

    #[track_caller]
    pub fn approval(&self) -> Approval {
        self.draft().approval
    }

    /// Why the last attempt ended.
    #[track_caller]
    pub fn attempt_ended_with(&self) -> Problem {
        match self.approval() {
            Approval::Ready { problem: Some(problem) } => problem,
            other => panic!("the attempt has not ended with a problem: {other:?}"),
        }
    }

    #[track_caller]
    pub fn to_confirm(&self) -> Candidate {
        self.draft().candidate.expect("there is a candidate")
    }

    /// The only connection.
    #[track_caller]
    pub fn card(&self) -> Card {
        let mut cards = self.snapshot().connections;
        assert_eq!(cards.len(), 1);
        cards.remove(0)
    }

    pub fn notices(&self) -> Vec<NoticeKind> {
        self.snapshot().notices.into_iter().map(|n| n.what).collect()
    }
}

/// The redirect URI with these parameters.
pub fn link(pairs: &[(&str, &str)]) -> String {
    url::Url::parse_with_params("cliqkeyfob://callback", pairs).unwrap().into()
}

/// An answer with a status and a JSON body.
pub fn reply(status: u16, body: &str) -> Outcome {
    let content_type = Some("application/json;charset=UTF-8".to_owned());
    Ok(Reply { status, content_type, body: body.as_bytes().to_vec().into() })
}

/// What Zoho answers to a good exchange.
pub fn tokens() -> String {
    format!(
        r#"{{"access_token":"{ACCESS}","refresh_token":"{REFRESH}","scope":"AaaServer.profile.READ ZohoCliq.Channels.READ ZohoCliq.Profile.READ","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}}"#
    )
}

/// What Zoho answers to a good refresh.
pub fn renewed(access: &str) -> String {
    format!(r#"{{"access_token":"{access}","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}}"#)
}

/// Whose token it is.
pub fn identity() -> String {
    r#"{"ZUID":1,"Email":"ada@firm.example","Display_Name":"Ada"}"#.to_owned()
}

/// A request's form field.
pub fn field(call: &Call, name: &str) -> Option<String> {
    call.form.iter().flatten().find(|(n, _)| *n == name).map(|(_, v)| v.expose_secret().to_owned())
}

fn described(effect: &Effect) -> String {
    match effect {
        Effect::OpenVault(_, KeptBy::Keyring) => "open the vault with the keyring".into(),
        Effect::OpenVault(_, KeptBy::Passphrase(_)) => "open the vault with a passphrase".into(),
        Effect::OpenVault(_, KeptBy::ThisRun) => "keep things for this run".into(),
        Effect::Save(..) => "save".into(),
        Effect::ProveWayHome(_) => "prove the way home".into(),
        Effect::Draw(_) => "draw".into(),
        Effect::OpenBrowser(_, url) => format!("browse {}{}", url.host_str().unwrap_or_default(), url.path()),
        Effect::Send(_, call) => {
            let kind = field(call, "grant_type").map(|g| format!(" {g}")).unwrap_or_default();
            let verb = if call.form.is_some() { "POST" } else { "GET" };
            format!("{verb} {}{}{kind}", call.host(), call.url.path())
        }
        Effect::Copy(_, _, Sensitivity::Secret) => "copy a secret".into(),
        Effect::Copy(_, text, Sensitivity::Plain) => format!("copy {}", text.expose_secret()),
        Effect::ClearClipboard => "clear the clipboard".into(),
        Effect::Paste(_) => "paste".into(),
        Effect::SaveFile(_, file) => format!("save a file as {}", file.name),
        Effect::SaveRegions(..) => "save the regions".into(),
        Effect::StartPractice(_) => "start Practice".into(),
        Effect::Raise => "raise".into(),
        Effect::LookAt(at) => format!("look at {at:?}"),
    }
}

fn fits(effect: &Effect, answer: &Answer) -> bool {
    matches!(
        (effect, answer),
        (Effect::OpenVault(..), Answer::VaultOpened(_))
            | (Effect::Save(..), Answer::Saved(_))
            | (Effect::ProveWayHome(_), Answer::WayHomeProven(_))
            | (Effect::Draw(_), Answer::Drawn(_))
            | (Effect::OpenBrowser(..), Answer::BrowserOpened(_))
            | (Effect::Send(..), Answer::Replied(_))
            | (Effect::Copy(..), Answer::Copied(_))
            | (Effect::Paste(_), Answer::Pasted(_))
            | (Effect::SaveFile(..), Answer::FileSaved(_))
            | (Effect::SaveRegions(..), Answer::RegionsSaved(_))
            | (Effect::StartPractice(_), Answer::PracticeStarted(_))
    )
}

fn ticket(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::OpenVault(t, _)
        | Effect::Save(t, _)
        | Effect::ProveWayHome(t)
        | Effect::Draw(t)
        | Effect::OpenBrowser(t, _)
        | Effect::Send(t, _)
        | Effect::Copy(t, ..)
        | Effect::Paste(t)
        | Effect::SaveFile(t, _)
        | Effect::SaveRegions(t, _)
        | Effect::StartPractice(t) => Some(*t),
        Effect::ClearClipboard | Effect::Raise | Effect::LookAt(_) => None,
    }
}
