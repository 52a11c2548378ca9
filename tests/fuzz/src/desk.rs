//! What reaches the Desk unchanged: links, the vault's record, the page's intents and programs' requests.
//!
//! Each run begins with one connection and a pending sign-in. After every event the scene searches all that can be seen
//! or logged for secrets.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::SignInIntent;
use std::cell::RefCell;
use std::sync::LazyLock;

use keyfob_core::cli::{Caller, CliReply};
use keyfob_core::effect::Sensitivity;
use keyfob_core::snapshot::{DraftView, Screen};
use keyfob_core::{Answer, Effect, Event, Intent};
use secrecy::ExposeSecret;
use url::form_urlencoded;
use zoho_oauth::request::Request;
use zoho_oauth::scope::FIRST_ONLY;

use super::dialect::ACCOUNTS;
use super::scene::{SECRETS, STATE, Scene, found};
use super::wire;

/// The vault's record in that state.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (mut scene, _) = Scene::connected();
    scene.fills_in("eu");
    scene.signs_in();
    scene.settles();
    scene.saved.expect("a record").expose_secret().to_vec()
});

thread_local! {
    /// Reused while only stray links arrive.
    static WAITING: RefCell<Waiting> = RefCell::new(Waiting::begins());
}

/// A pending sign-in, and its draft at the beginning.
struct Waiting {
    scene: Scene,
    draft: DraftView,
    strays: u32,
}

impl Waiting {
    fn begins() -> Self {
        let scene = begins();
        Self { draft: scene.draft(), scene, strays: 0 }
    }

    /// Drawing a snapshot costs more than handling a link, so only every 128th link is followed by a check.
    fn stray(&mut self) {
        self.strays += 1;
        if self.strays.is_multiple_of(128) {
            assert!(self.scene.is_waiting(), "one of the last links ended the sign-in");
            // An error code without a state is shown, and changes nothing else.
            let draft = DraftView { approval: self.draft.approval.clone(), ..self.scene.draft() };
            assert_eq!(draft, self.draft, "one of the last links changed the sign-in");
        }
    }
}

/// The record of a pending sign-in: a seed for [`record`].
pub fn kept() -> Vec<u8> {
    assert!(!shows_a_secret(&RECORD), "the seed must pass the filter of `record`");
    RECORD.clone()
}

fn begins() -> Scene {
    opened(RECORD.clone())
}

fn opened(record: Vec<u8>) -> Scene {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_opens(Some(record.into()));
    scene
}

/// A link without the sign-in's `state` is only counted; a code with it is exchanged at a server of the region table.
pub fn link(bytes: &[u8]) {
    WAITING.with_borrow_mut(|waiting| {
        let effects = waiting.scene.desk.handle(Event::LinkArrived(bytes.to_vec()), waiting.scene.now);
        if effects.is_empty() {
            return waiting.stray();
        }
        let query = bytes.splitn(2, |byte| *byte == b'?').nth(1).unwrap_or_default();
        let query = query.split(|byte| *byte == b'#').next().unwrap_or_default();
        let is_ours = form_urlencoded::parse(query).any(|(name, value)| name == "state" && value == STATE);
        assert!(is_ours, "a link without the state led to {effects:?}");
        for effect in &effects {
            stays_within(effect);
        }
        *waiting = Waiting::begins();
    });
}

/// Whether the input holds one of the scene's secrets, which a fuzzer learns from comparisons. Input may be shown.
fn says_a_secret(bytes: &[u8]) -> bool {
    found(&String::from_utf8_lossy(bytes)).is_some()
}

/// The fields that hold secrets in the seeds of [`record`].
const SEALED: [&str; 5] = ["access", "client_secret", "refresh", "state", "verifier"];

/// Whether a secret is in a field that is shown. Keyfob writes no such record, and nobody else can seal one.
fn shows_a_secret(record: &[u8]) -> bool {
    let text = String::from_utf8_lossy(record);
    let is_sealed = |at| SEALED.iter().any(|field| text[..at].ends_with(&format!("\"{field}\":\"")));
    SECRETS.iter().flat_map(|secret| text.match_indices(secret)).any(|(at, _)| !is_sealed(at))
}

/// A record that is unreadable or from a newer Keyfob is never overwritten; a readable one causes requests only to
/// servers of the region table.
pub fn record(bytes: &[u8]) {
    if shows_a_secret(bytes) {
        return;
    }
    let mut scene = Scene::new();
    scene.starts(None);
    scene.forget_what_it_did();
    scene.vault_opens(Some(bytes.to_vec().into()));
    let is_open = !matches!(scene.screen(), Screen::Starting | Screen::Vault { .. });
    assert!(is_open || scene.saved.is_none(), "a record that was not understood was overwritten");
    for call in scene.requests() {
        goes_to_the_table(&scene, call);
    }
    if is_open {
        scene.happens(Event::Looked);
        scene.asks(SignInIntent::GoHome);
    }
}

/// Whatever intents the page sends, one a line: no secret is shown, no program gets a reply, and only servers of the
/// region table get requests.
pub fn intent(bytes: &[u8]) {
    if says_a_secret(bytes) {
        return;
    }
    let asked = bytes.split(|byte| *byte == b'\n').take(8);
    let mut intents = asked.filter_map(|line| serde_json::from_slice::<Intent>(line).ok()).peekable();
    if intents.peek().is_none() {
        return;
    }
    let mut scene = begins();
    for intent in intents {
        scene.asks(intent);
        answers(&mut scene);
        for call in scene.requests() {
            goes_to_the_table(&scene, call);
        }
        assert_eq!(
            scene.count(|effect| matches!(effect, Effect::TellScript(..))),
            0,
            "a program got a reply to the page's intent"
        );
        assert_eq!(scene.count(tells_in_the_clear), 0, "a secret was copied as plain text");
    }
}

/// A line on the socket is a request, a reply, a second start or ignored. No program gets a token without consent.
pub fn cli_request(bytes: &[u8]) {
    if let Some(told) = wire::read_told(bytes) {
        let line = wire::told_line(&told).expect("what was read is written");
        assert!(wire::read_told(line.expose_secret().as_bytes()).is_some(), "and read again");
    }
    if let Some(start) = wire::read_start(bytes) {
        let line = wire::start_line(&start).expect("what was read is written");
        assert!(wire::read_start(line.expose_secret().as_bytes()).is_some(), "and read again");
        assert!(wire::read_request(bytes).is_none(), "a start was read as a request too");
    }
    let Some(request) = wire::read_request(bytes).filter(|_| !says_a_secret(bytes)) else { return };
    let line = wire::request_line(&request).expect("what was read is written");
    assert_eq!(wire::read_request(line.expose_secret().as_bytes()).as_ref(), Some(&request), "and read again");
    let mut scene = begins();
    scene.happens(Event::ScriptAsked { caller: Caller(1), request });
    let given = scene.count(|effect| matches!(effect, Effect::TellScript(_, CliReply::Token(_))));
    assert_eq!(given, 0, "a program got a token without the user's consent");
    let ended = scene.requests().iter().any(|call| call.url.path().contains("revoke"));
    assert!(!ended, "a program revoked a connection without the user's consent");
}

/// Answers the pending effects, with success.
fn answers(scene: &mut Scene) {
    scene.settles();
    if scene.count(|effect| matches!(effect, Effect::CheckRedirect(_))) > 0 {
        scene.redirect_method(Ok(()));
    }
    if scene.count(|effect| matches!(effect, Effect::Draw(_))) > 0 {
        scene.draws();
        scene.settles();
    }
    if scene.count(|effect| matches!(effect, Effect::OpenBrowser(..))) > 0 {
        scene.browser_opens();
    }
    if scene.count(|effect| matches!(effect, Effect::Copy(..) | Effect::CopyReport(..))) > 0 {
        scene.answer(Answer::Copied(Ok(())));
    }
}

fn tells_in_the_clear(effect: &Effect) -> bool {
    if let Effect::CopyReport(_, report) = effect {
        return found(report).is_some();
    }
    let Effect::Copy(_, text, Sensitivity::Plain) = effect else { return false };
    // The address of a consent is copied with its `state`, which is useless without the verifier.
    let text = text.expose_secret();
    !text.contains("state=") && found(text).is_some()
}

fn goes_to_the_table(scene: &Scene, call: &Request) {
    let regions = scene.snapshot().regions;
    let known = regions
        .iter()
        .any(|region| [&region.region.accounts, &region.region.cliq].iter().any(|o| o.host() == call.host()));
    assert!(known && call.url.query().is_none_or(|query| query == FIRST_ONLY), "{}", call.url);
}

/// What a link with the right `state` may cause.
fn stays_within(effect: &Effect) {
    if let Effect::Send(_, call) = effect {
        assert!(ACCOUNTS.contains(&call.url.origin().ascii_serialization().as_str()), "{}", call.url);
    }
}
