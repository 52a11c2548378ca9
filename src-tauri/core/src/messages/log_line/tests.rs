//! One of each event, intent, answer and effect, filled with what must not be recorded.

use crate::domain::connection::ConnectionId;
use crate::messages::intent::{ChecksIntent, SignInIntent};
use oauth2::{CsrfToken, PkceCodeVerifier};
use serde_json::{Value, json};
use zoho_oauth::authorization_request::Nonce;
use zoho_oauth::probe::Proof;
use zoho_oauth::region::Regions;
use zoho_oauth::request::{Request, Response, TransportError};

use super::*;
use crate::domain::export_choice::Shape;
use crate::domain::fingerprint::Fingerprint;
use crate::formats::handover_file::{Lasts, Lock};
use crate::formats::new_file::NewFile;
use crate::messages::browser::Address;
use crate::messages::cli::{Caller, CliAnswer, CliError, CliReply, CliRequest};
use crate::messages::confirmation::{Account, Confirmation, Decision};
use crate::messages::effect::{KeptBy, NotUnsealed, Opened, Sealing, Sensitivity, Unlock};
use crate::messages::loopback::{LoopbackPage, LoopbackRequest};
use crate::{Answer, Effect, Event, Intent, Moment, Ticket};

const E_MAIL: &str = "ada@firm.example";
const TOKEN: &str = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const NAME: &str = "Finance bot";
const PATH: &str = "/home/ada/Finance bot.json";
const PRIVATE: [&str; 4] = [E_MAIL, TOKEN, NAME, PATH];

fn moment() -> Moment {
    Moment::from_millis(1_795_424_400_000)
}

/// The content of every text field.
fn text() -> String {
    PRIVATE.join(" ")
}

fn account() -> Account {
    Account { email: Some(E_MAIL.to_owned()), organisation: None, host: Some("accounts.zoho.eu".to_owned()) }
}

#[track_caller]
fn assert_nothing_private(line: &str) {
    for part in PRIVATE.into_iter().chain(["ada", "Finance", "firm.example", "aaaa", "bbbb", "/home"]) {
        assert!(!line.contains(part), "the line holds {part}: {line}");
    }
    assert!(!line.contains(char::is_control), "more than one line: {line:?}");
}

/// The variant names of an enum of this crate, as its source lists them.
fn variants<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let body = source.split(&format!("pub enum {name} {{")).nth(1).unwrap().split("\n}").next().unwrap();
    let indented = body.lines().filter_map(|line| line.strip_prefix("    "));
    let listed = indented.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    listed.map(|line| line.split([' ', '(', ',', '{']).next().unwrap()).collect()
}

/// Each machine, with the enum of its intents and the enum's source.
const INTENTS: [(&str, &str, &str); 8] = [
    ("vault", "VaultIntent", include_str!("../intent/vault.rs")),
    ("app", "AppIntent", include_str!("../intent/app.rs")),
    ("signIn", "SignInIntent", include_str!("../intent/sign_in.rs")),
    ("tokens", "TokensIntent", include_str!("../intent/tokens.rs")),
    ("checks", "ChecksIntent", include_str!("../intent/checks.rs")),
    ("share", "ShareIntent", include_str!("../intent/share.rs")),
    ("revoke", "RevokeIntent", include_str!("../intent/revoke.rs")),
    ("cli", "CliIntent", include_str!("../intent/cli.rs")),
];

/// An intent with this name, each field filled; a new field has to be added here.
fn intent(machine: &str, name: &str) -> Intent {
    let tag = name[..1].to_lowercase() + &name[1..];
    let form =
        json!({ "code": text(), "name": text(), "accounts": text(), "api": text(), "cliq": text(), "console": text() });
    let page = |field: &str| -> Value {
        json!({
            "machine": machine, "intent": tag, "id": 7, "text": text(), "name": text(), "passphrase": text(), "address": text(), "to": text(),
            "region": text(), "task": text(), "organisation": text(), "scope": text(), "form": form, "field": field, "on": true, "notice": 7,
            "revocation": 7, "minutes": 3, "anyway": true, "step": "scopes", "onClose": "stay", "clientType": "mobile",
            "page": "client", "shape": "token", "format": "json", "lasts": "day", "lock": { "kind": "key", "key": text() },
            "export": { "format": "json", "refreshToken": true, "clientSecret": true },
            "about": { "place": "connection", "id": 7 },
        })
    };
    let read = ["homepage", "clientSecret"].into_iter().find_map(|field| serde_json::from_value(page(field)).ok());
    read.unwrap_or_else(|| panic!("{name} has a field that is not filled in here"))
}

fn events() -> Vec<(Event, &'static str)> {
    let bytes = || text().into_bytes();
    let caller = Caller(5);
    let unreadable = || Problem::FileNotRead { reason: format!("{E_MAIL} {TOKEN} /home/ada/x.json is a folder") };
    vec![
        (Event::Started { regions_file: Ok(Some(text())), system: text() }, "started (regionsFile=some)"),
        (Event::Asked(Intent::SignIn(SignInIntent::Keep { name: text() })), "asked: keep"),
        (Event::LinkArrived(bytes()), "linkArrived (bytes=126)"),
        (Event::LoopbackAsked { request: LoopbackRequest(2), target: bytes() }, "loopbackAsked (request=2, bytes=126)"),
        (Event::LoopbackRefused, "loopbackRefused"),
        (Event::HttpsAsked, "httpsAsked"),
        (Event::FileDropped(Err(unreadable())), "fileDropped (file=failed: fileNotRead (reason=… … … is a folder))"),
        (Event::CloseAsked { tray: true }, "closeAsked (tray=true)"),
        (Event::StartsAtLogin(false), "startsAtLogin (on=false)"),
        (
            Event::ScriptAsked {
                caller,
                request: CliRequest::Token { name: text(), good_for: 300, shape: Shape::Curl, issued_after: None },
            },
            "script 5 asked: token (goodFor=300, shape=Curl, fresh=false)",
        ),
        (Event::ScriptLeft(caller), "script 5 left"),
        (Event::Answered(Ticket(9), Answer::Pasted(Ok(text().into()))), "answered 9: pasted: a text"),
        (Event::Looked, "looked"),
        (Event::Woke, "woke"),
        (Event::NetworkBack, "networkBack"),
    ]
}

fn answers() -> Vec<(Answer, &'static str)> {
    let secret = || text().into_bytes().into();
    let drawn = Nonce { state: CsrfToken::new(text()), verifier: PkceCodeVerifier::new(text()) };
    let reply = Response { status: 200, content_type: Some(text()), retry_after: Some(text()), body: secret() };
    let opened = Opened { record: Some(secret()), notice: Some(Problem::VaultOlder), own_key: Some(text()) };
    let eu = Regions::built_in().iter().next().unwrap().clone();
    let server = || Problem::Refused { error: format!("{E_MAIL} {TOKEN} odd") };
    vec![
        (Answer::VaultOpened(Ok(opened)), "vaultOpened: done (record=some, ownKey=some, notice=vaultOlder)"),
        (Answer::Saved(Ok(Some(Problem::VaultChanged { set_aside: text() }))), "saved: vaultChanged"),
        (Answer::RedirectChecked(Err(Problem::LinkNotOurs { owner: None })), "redirectChecked: failed: linkNotOurs"),
        (Answer::Listening(Ok(28_473)), "listening: 28473"),
        (Answer::Drawn(drawn), "drawn"),
        (Answer::BrowserOpened(Ok(())), "browserOpened: done"),
        (Answer::Replied(Ok(reply)), "replied: 200 (content=other, retryAfter=some)"),
        (Answer::Confirmed(Decision::Deny), "confirmed: Deny"),
        (Answer::Copied(Err(Problem::ClipboardClosed)), "copied: failed: clipboardClosed"),
        (Answer::Pasted(Ok(text().into())), "pasted: a text"),
        (Answer::FilePicked(Ok(Some(secret()))), "filePicked: some"),
        (Answer::FileSaved(Ok(Some(text()))), "fileSaved: some"),
        (Answer::PlaceChosen(Ok(Some(text()))), "placeChosen: some"),
        (
            Answer::LiveFileWritten(Err(Problem::LiveFileReplaced { path: text() })),
            "liveFileWritten: failed: liveFileReplaced",
        ),
        (Answer::LiveFileRemoved(Ok(())), "liveFileRemoved: done"),
        (Answer::Unsealed(Err(NotUnsealed::NotForUs)), "unsealed: failed: NotForUs"),
        (Answer::RegionsSaved(Ok(Some(text()))), "regionsSaved: some"),
        (Answer::StartsAtLogin(Ok(true)), "startsAtLogin: true"),
        (Answer::PracticeStarted(Ok(Box::new(eu))), "practiceStarted: us"),
        (Answer::Replied(Err(TransportError::TimedOut)), "replied: failed: TimedOut"),
        (Answer::RegionsSaved(Err(server())), "regionsSaved: failed: refused (error=… … odd)"),
    ]
}

fn effects() -> Vec<(Effect, &'static str)> {
    let (ticket, secret) = (Ticket(9), || text().into());
    let url = || url::Url::parse_with_params("https://accounts.zoho.eu/oauth/v2/auth", [("state", text())]).unwrap();
    let call = Request { url: url(), form: Some(vec![("code", secret())]), authorization: Some(secret()) };
    let key = || Lock::Key { key: text() };
    let ours = Vec::<Fingerprint>::new;
    let question =
        Confirmation::Handover { name: text(), account: account(), to: text(), lasts: Lasts::Week, key: Some(text()) };
    vec![
        (Effect::OpenVault(ticket, KeptBy::Passphrase(secret())), "openVault 9 (key=passphrase)"),
        (Effect::Save(ticket, text().into_bytes().into()), "save 9"),
        (Effect::CheckRedirect(ticket), "checkRedirect 9"),
        (Effect::Listen(ticket, vec![28_473]), "listen 9 (ports=[28473])"),
        (Effect::AnswerLoopback(LoopbackRequest(2), LoopbackPage::Done), "answerLoopback (request=2, page=Done)"),
        (Effect::StopListening, "stopListening"),
        (Effect::Draw(ticket), "draw 9"),
        (Effect::OpenBrowser(ticket, Address::Private(url())), "openBrowser 9 (at=private accounts.zoho.eu)"),
        (Effect::Send(ticket, call), "send 9 (request=POST accounts.zoho.eu/oauth/v2/auth)"),
        (Effect::Confirm(ticket, question), "confirm 9 (question=handover (lasts=Week, key=some))"),
        (Effect::StopConfirming(ticket), "stopConfirming 9"),
        (Effect::Copy(ticket, secret(), Sensitivity::Secret), "copy 9 (text=Secret)"),
        (Effect::CopyReport(ticket, text()), "copyReport 9"),
        (Effect::ClearClipboard, "clearClipboard"),
        (Effect::Paste(ticket), "paste 9"),
        (Effect::PickFile(ticket), "pickFile 9"),
        (Effect::SaveFile(ticket, NewFile { name: text(), content: secret() }), "saveFile 9"),
        (Effect::ChoosePlace(ticket, text()), "choosePlace 9"),
        (Effect::WriteLiveFile(ticket, text(), secret(), ours()), "writeLiveFile 9 (fingerprints=0)"),
        (Effect::RemoveLiveFile(ticket, text(), ours()), "removeLiveFile 9 (fingerprints=0)"),
        (
            Effect::SaveSealed(ticket, Sealing { name: text(), content: text().into_bytes().into(), lock: key() }),
            "saveSealed 9 (lock=key)",
        ),
        (
            Effect::Unseal(ticket, text().into_bytes().into(), Unlock::Passphrase(secret())),
            "unseal 9 (with=passphrase)",
        ),
        (Effect::SaveRegions(ticket, text(), Vec::new()), "saveRegions 9 (fingerprints=0)"),
        (Effect::StartPractice(ticket), "startPractice 9"),
        (Effect::TellScript(Caller(5), CliReply::Token(secret())), "tell script 5: token"),
        (Effect::Raise, "raise"),
        (Effect::Withdraw, "withdraw"),
        (Effect::Quit, "quit"),
        (Effect::StartAtLogin(ticket, true), "startAtLogin 9 (on=true)"),
        (Effect::LookAt(moment()), "lookAt (at=2026-11-23T09:00:00Z)"),
    ]
}

// Shows T11.
#[test]
fn intents_are_recorded_without_typed_text() {
    assert_eq!(INTENTS.len(), variants(include_str!("../intent.rs"), "Intent").len(), "one of each");
    let all =
        INTENTS.iter().flat_map(|(machine, of, source)| variants(source, of).into_iter().map(|name| (*machine, name)));
    let all: Vec<_> = all.collect();
    assert!(all.len() > 80, "the lists were read: {all:?}");
    for (machine, name) in all {
        let line = of_event(&Event::Asked(intent(machine, name)));
        let told = format!("asked: {}{}", name[..1].to_lowercase(), &name[1..]);
        assert!(line.starts_with(&told), "{line}");
        assert_nothing_private(&line);
    }
}

// Shows T11.
#[test]
fn events_are_recorded_without_private_data() {
    let all = events();
    for (event, expected) in &all {
        assert_eq!(of_event(event), *expected);
        assert_nothing_private(expected);
    }
    assert_eq!(all.len(), variants(include_str!("../event.rs"), "Event").len(), "one of each");
}

#[test]
fn answers_are_recorded_without_private_data() {
    let all = answers();
    for (answer, expected) in &all {
        assert_eq!(answer::of_answer(answer), *expected);
        assert_nothing_private(expected);
    }
    let listed = variants(include_str!("../effect/answer.rs"), "Answer").len();
    let kinds: std::collections::BTreeSet<_> =
        all.iter().map(|(a, _)| std::mem::discriminant(a)).map(|d| format!("{d:?}")).collect();
    assert_eq!(kinds.len(), listed, "one of each");
}

// Shows T11.
#[test]
fn effects_are_recorded_without_private_data() {
    let all = effects();
    for (effect, expected) in &all {
        assert_eq!(of_effect(effect), *expected);
        assert_nothing_private(expected);
    }
    assert_eq!(all.len(), variants(include_str!("../effect.rs"), "Effect").len(), "one of each");
}

#[test]
fn replies_to_programs_are_recorded_without_names() {
    let why = |why: CliError| CliReply::Said(CliAnswer::NotDone { why });
    let problem = || Problem::HandoverHere { name: text() };
    for (told, expected) in [
        (CliReply::Asking, "asking"),
        (CliReply::Said(CliAnswer::Tested { proof: Proof::Works }), "tested (proof=Works)"),
        (CliReply::Said(CliAnswer::Refreshed { expires_at: moment() }), "refreshed (expiresAt=2026-11-23T09:00:00Z)"),
        (CliReply::Said(CliAnswer::Listed { now: moment(), connections: Vec::new() }), "listed (connections=0)"),
        (why(CliError::Unknown { names: vec![text()] }), "not done: unknown (connections=1)"),
        (why(CliError::NotOpen { problem: problem() }), "not done: notOpen (problem=handoverHere)"),
        (
            why(CliError::Failed { problem: problem(), needs_you: true }),
            "not done: failed (problem=handoverHere, needsYou=true)",
        ),
    ] {
        assert_eq!(script::of_told(&told), expected);
    }
}

#[test]
fn questions_are_recorded_without_names() {
    let name = text;
    for question in [
        Confirmation::AllowScripts { name: name(), account: account(), to_front: true },
        Confirmation::CopyRefreshToken { name: name(), account: account() },
        Confirmation::Export { name: name(), account: account(), refresh_token: true, client_secret: true },
        Confirmation::Forget { name: name(), account: account() },
        Confirmation::Revoke { name: name(), account: account(), to_front: true },
    ] {
        assert_nothing_private(&of_effect(&Effect::Confirm(Ticket(9), question)));
    }
}

#[test]
fn an_invalid_region_code_is_left_out() {
    let region = |code: &str| super::region(&serde_json::from_value(json!(code)).unwrap());
    assert_eq!(region("eu"), "eu");
    for other in [E_MAIL, TOKEN, NAME, PATH, "e\nu", "abcdef0123456789", ""] {
        assert_eq!(region(other), "…");
    }
}

#[test]
fn a_number_as_long_as_a_credential_is_left_out() {
    let request =
        |good_for| CliRequest::Token { name: String::new(), good_for, shape: Shape::Token, issued_after: None };
    let asked = |good_for| of_event(&Event::ScriptAsked { caller: Caller(1), request: request(good_for) });
    assert_eq!(asked(3_540), "script 1 asked: token (goodFor=3540, shape=Token, fresh=false)");
    assert_eq!(asked(u64::MAX), "script 1 asked: token (goodFor=…, shape=Token, fresh=false)");
    let id = ConnectionId(1_234_567_890_123_456);
    assert_eq!(of_event(&Event::Asked(ChecksIntent::Test { id }.into())), "asked: test #…");
}
