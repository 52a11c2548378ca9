//! The world around the Desk: Zoho, the attacker's server, the user, their clipboard and their files.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::VecDeque;
use std::sync::LazyLock;

use keyfob_core::cli::{Caller, CliRequest};
use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_core::custom_regions::PRACTICE;
use keyfob_core::effect::{NotUnsealed, Opened};
use keyfob_core::export_choice::Shape;
use keyfob_core::{Answer, Desk, Effect, Event, Moment, Problem, log_line};
use oauth2::{CsrfToken, PkceCodeVerifier};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::authorization_request::Nonce;
use zoho_oauth::region::{Origin, Region};
use zoho_oauth::request::{Outcome, Request, TransportError};

use super::chance::Chance;
use super::intents;
use super::plants::Plant;
use super::watch::{Watch, region_of};
use crate::scene::{AVAILABLE, NINE, OWN_KEY, REVOKED, Scene, identity, minutes, reply, seconds};

/// Part of every secret, so that one search finds any of them.
pub const MARK: &str = "5ec2e7";

/// A region that the user added for their own server, and one that the attacker talked them into adding.
pub const REGIONS: &str = r#"[
{"code":"own","name":"Own","accounts":"https://accounts.own.example","api":"https://api.own.example","cliq":"https://cliq.own.example","console":"https://console.own.example"},
{"code":"evil","name":"Evil","accounts":"https://accounts.evil.example","api":"https://api.evil.example","cliq":"https://cliq.evil.example","console":"https://console.evil.example"}]"#;

/// Private texts that the user copies elsewhere and that do not concern Keyfob.
const PRIVATE: [&str; 5] = [
    "my-bank-password-5ec2e7-hunter2",
    "ghp_5ec2e7C7e42F292c6912E7710c838347Ae178B4a",
    "-----BEGIN PRIVATE KEY-----5ec2e7",
    "1000.NOT5ec2e7ANID",
    "DE89 3704 0044 5ec2e7",
];

/// The vault's record: a connection in Europe, one at the user's own server, and a draft with a typed secret.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (mut scene, _) = Scene::connected();
    scene.connects("Second");
    scene.fills_in("eu");
    scene.settles();
    let saved = scene.saved.expect("a record");
    marked(&String::from_utf8_lossy(saved.expose_secret())).into_bytes()
});

/// The stories' record with [`MARK`] in each secret and the second connection moved to the region `own`.
fn marked(record: &str) -> String {
    let mut record: serde_json::Value = serde_json::from_str(record).expect("a record is JSON");
    let secrets = [("access", 'a'), ("refresh", 'b'), ("client_secret", 'c'), ("previous_refresh", 'd')];
    for (at, connection) in record["connections"].as_array_mut().expect("connections").iter_mut().enumerate() {
        let region = ["eu", "own"][at % 2];
        connection["registration"]["region"] = region.into();
        connection["grant"]["region"] = region.into();
        for (part, which) in [("grant", 0..2), ("grant", 3..4), ("registration", 2..3)] {
            for (field, letter) in &secrets[which] {
                if connection[part][*field].is_string() {
                    connection[part][*field] = secret(*letter, region, *field == "client_secret").into();
                }
            }
        }
    }
    record["draft"]["client_secret"] = secret('e', "eu", true).into();
    record.to_string()
}

/// A secret of this region in Zoho's format. The watch reads the region from the two digits after the mark.
pub fn secret(letter: char, region: &str, plain: bool) -> String {
    let place = ["eu", "own", "evil", "practice"].iter().position(|known| *known == region).unwrap_or_default();
    let body = format!("{letter}{letter}{MARK}{place:02}{:0<32}", "");
    if plain { body } else { format!("1000.{body}.{:f<32}", "") }
}

pub struct World<'a> {
    desk: Desk,
    now: Moment,
    pending: VecDeque<Effect>,
    clipboard: String,
    /// Whether the user allows everything that is asked outside the page, or nothing.
    allows: bool,
    states: usize,
    /// The last `state` that the browser was opened with, and the region of the server it was sent to.
    asked: Option<(String, &'static str)>,
    files: u32,
    watch: Watch,
    plant: Option<Plant>,
    /// The events so far, a line each; `None` when they are not recorded.
    story: &'a mut Option<Vec<String>>,
}

impl<'a> World<'a> {
    pub fn begins(chance: &mut Chance, plant: Option<Plant>, story: &'a mut Option<Vec<String>>) -> Self {
        let clipboard = chance.of_these(&PRIVATE).to_owned();
        let mut world = Self {
            desk: Desk::default(),
            now: NINE,
            pending: VecDeque::new(),
            clipboard,
            allows: chance.one_in(3),
            states: 0,
            asked: None,
            files: 0,
            watch: Watch::default(),
            plant,
            story,
        };
        world
            .happens(Event::Started { regions_file: Ok(Some(REGIONS.to_owned())), system: "linux".to_owned() }, chance);
        world.answers(chance);
        world
    }

    /// Sends an intent of the page and answers the effects. Sometimes another event happens first.
    pub fn step(&mut self, chance: &mut Chance) {
        match chance.below(16) {
            0 => self.clipboard = copied_elsewhere(chance),
            1 => self.browser_comes_back(chance),
            2 => {
                self.now = self.now.plus(chance.of_these(&[seconds(31), minutes(5), minutes(56)]));
                self.happens(Event::Looked, chance);
            }
            3 => {
                let name = chance.of_these(&["Finance bot", "Second"]).to_owned();
                let revokes = chance.one_in(4);
                let request = if revokes {
                    CliRequest::Revoke { name }
                } else {
                    CliRequest::Token { name, good_for: 60, shape: Shape::Token, issued_after: None }
                };
                self.happens(Event::ScriptAsked { caller: Caller(chance.below(4) as u64), request }, chance);
            }
            _ => {}
        }
        let intent = intents::any(chance);
        self.happens(Event::Asked(intent), chance);
        self.answers(chance);
    }

    pub fn leak(&self) -> Option<&str> {
        self.watch.leak()
    }

    fn writes(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(line());
        }
    }

    fn happens(&mut self, event: Event, chance: &mut Chance) {
        self.writes(|| format!("{event:?}"));
        self.watch.happens(&event);
        let mut recorded = vec![log_line::of_event(&event)];
        let mut effects = self.desk.handle(event, self.now);
        recorded.extend(effects.iter().map(log_line::of_effect));
        // Drawing a snapshot costs more than all the rest, so only some are checked.
        let snapshot = chance.one_in(8).then(|| self.desk.snapshot(self.now));
        let mut shown =
            snapshot.as_ref().map(|s| serde_json::to_string(s).expect("a snapshot is JSON")).unwrap_or_default();
        if let Some(plant) = self.plant {
            plant.leaks(&mut shown, &mut effects, &mut recorded);
        }
        self.watch.sees(&shown);
        self.watch.reads(&recorded);
        for effect in effects {
            self.writes(|| format!("  {effect:?}"));
            self.watch.wants(&effect);
            self.pending.push_back(effect);
        }
        if let Some(snapshot) = &snapshot {
            self.watch.counts(snapshot);
        }
    }

    /// Answers most effects immediately and a few only later.
    fn answers(&mut self, chance: &mut Chance) {
        for _ in 0..12 {
            let Some(effect) = self.pending.pop_front() else { return };
            if chance.one_in(8) {
                self.pending.push_back(effect);
                continue;
            }
            if let Some((ticket, answer)) = self.answer(effect, chance) {
                self.happens(Event::Answered(ticket, answer), chance);
            }
        }
    }

    fn answer(&mut self, effect: Effect, chance: &mut Chance) -> Option<(keyfob_core::Ticket, Answer)> {
        let well = !chance.one_in(10);
        let done = || if well { Ok(()) } else { Err(Problem::KeyringFaulty) };
        Some(match effect {
            Effect::OpenVault(ticket, _) => {
                let record = Some(SecretSlice::from(RECORD.clone()));
                (ticket, Answer::VaultOpened(Ok(Opened { record, notice: None, own_key: Some(OWN_KEY.to_owned()) })))
            }
            Effect::Save(ticket, _) => (ticket, Answer::Saved(done().map(|()| None))),
            Effect::CheckRedirect(ticket) => (ticket, Answer::RedirectChecked(done())),
            Effect::Listen(ticket, ports) => (ticket, Answer::Listening(Ok(ports[0]))),
            Effect::Draw(ticket) => (ticket, Answer::Drawn(self.nonce())),
            Effect::OpenBrowser(ticket, address) => {
                let state = address.url().query_pairs().find(|(name, _)| name == "state");
                let at = address.url().host_str().and_then(region_of);
                self.asked = state.map(|(_, state)| state.into_owned()).zip(at).or(self.asked.take());
                (ticket, Answer::BrowserOpened(done()))
            }
            Effect::Send(ticket, call) => (ticket, Answer::Replied(replies(&call, chance))),
            Effect::Confirm(ticket, question) => {
                let decision = if self.allows { Decision::Allow } else { Decision::Dismiss };
                if decision == Decision::Allow {
                    self.watch.allowed(&question);
                }
                self.writes(|| format!("  the user: {decision:?} {}", named(&question)));
                (ticket, Answer::Confirmed(decision))
            }
            Effect::Copy(ticket, text, _) => {
                text.expose_secret().clone_into(&mut self.clipboard);
                (ticket, Answer::Copied(done()))
            }
            Effect::CopyReport(ticket, report) => {
                self.clipboard = report;
                (ticket, Answer::Copied(done()))
            }
            Effect::Paste(ticket) => (ticket, Answer::Pasted(Ok(self.clipboard.clone().into()))),
            Effect::PickFile(ticket) => (ticket, Answer::FilePicked(Ok(None))),
            Effect::SaveFile(ticket, _) | Effect::SaveSealed(ticket, _) => {
                (ticket, Answer::FileSaved(Ok(well.then(|| "file".to_owned()))))
            }
            Effect::ChoosePlace(ticket, _) => {
                self.files += 1;
                let path = format!("/home/ada/{}", self.files);
                self.watch.chosen(&path);
                (ticket, Answer::PlaceChosen(Ok(well.then_some(path))))
            }
            Effect::WriteLiveFile(ticket, ..) => (ticket, Answer::LiveFileWritten(done())),
            Effect::RemoveLiveFile(ticket, ..) => (ticket, Answer::LiveFileRemoved(done())),
            Effect::Unseal(ticket, ..) => (ticket, Answer::Unsealed(Err(NotUnsealed::NeedsPassphrase))),
            Effect::SaveRegions(ticket, ..) => (ticket, Answer::RegionsSaved(done().map(|()| None))),
            Effect::StartAtLogin(ticket, on) => (ticket, Answer::StartsAtLogin(Ok(on))),
            Effect::StartPractice(ticket) => (ticket, Answer::PracticeStarted(Ok(Box::new(practice())))),
            _ => return None,
        })
    }

    fn nonce(&mut self) -> Nonce {
        self.states += 1;
        let state = format!("state-of-sign-in-{}", self.states);
        let verifier = format!("verifier-{MARK}-{:0>43}", self.states);
        Nonce { state: CsrfToken::new(state), verifier: PkceCodeVerifier::new(verifier) }
    }

    /// The redirect arrives after the user's approval, or a forged link does.
    fn browser_comes_back(&mut self, chance: &mut Chance) {
        let link = match &self.asked {
            Some((state, at)) if chance.one_in(2) => {
                let code = secret('9', at, false);
                // Zoho's and the user's servers mostly name their own region; the attacker's names any.
                let names_any = *at == "evil" || *at != "practice" && chance.one_in(4);
                let location = if names_any { chance.of_these(&["eu", "own", "evil"]) } else { at };
                format!("cliqkeyfob://callback?state={state}&code={code}&location={location}")
            }
            _ => "cliqkeyfob://callback?state=of-the-attacker&code=1000.ab.cd&location=evil".to_owned(),
        };
        self.happens(Event::LinkArrived(link.into_bytes()), chance);
    }
}

/// The user copies something private, or the client secret from Zoho's console again.
fn copied_elsewhere(chance: &mut Chance) -> String {
    if chance.one_in(3) { secret('c', "eu", true) } else { chance.of_these(&PRIVATE).to_owned() }
}

fn named(question: &Confirmation) -> &'static str {
    match question {
        Confirmation::AddRegion { .. } => "adds a region",
        Confirmation::AskRegion { .. } => "sends the secret",
        Confirmation::PasteSecret { .. } => "uses the copied secret",
        Confirmation::UseCode { .. } => "uses the file",
        Confirmation::UseRefreshToken { .. } => "sends the refresh token",
        Confirmation::GoElsewhere { .. } => "sends the code",
        Confirmation::AllowScripts { .. } => "lets scripts read",
        Confirmation::CopyRefreshToken { .. } => "copies a refresh token",
        Confirmation::Export { .. } => "exports secrets",
        Confirmation::Handover { .. } => "hands over",
        Confirmation::Forget { .. } => "forgets",
        Confirmation::Revoke { .. } => "lets a program revoke",
    }
}

fn practice() -> Region {
    let at = || Origin::new("http://127.0.0.1:40001").expect("an origin");
    let (accounts, api, cliq, console) = (at(), at(), at(), at());
    Region { code: PRACTICE, name: "Practice".to_owned(), accounts, api, cliq, console }
}

/// Each server issues tokens of its own region.
fn replies(call: &Request, chance: &mut Chance) -> Outcome {
    let host = call.host();
    let region = region_of(&host).unwrap_or("eu");
    let (access, refresh) = (secret('a', region, false), secret('b', region, false));
    let refusals =
        [r#"{"error":"invalid_client"}"#, r#"{"error":"invalid_code"}"#, r#"{"error":"access_denied"}"#, "<html>"];
    if chance.one_in(5) {
        return if chance.one_in(2) { Err(TransportError::TimedOut) } else { reply(200, chance.of_these(&refusals)) };
    }
    let body = match call.url.path() {
        "/oauth/v3/device/code" => format!(
            r#"{{"user_code":"FROM-SERVER-1","device_code":"{}","verification_url":"https://{host}/device","interval":30000,"expires_in":300000}}"#,
            secret('8', region, false)
        ),
        // Meant for an address, so it is no secret. The branch below returns an access token instead.
        "/oauth/v2/token/scopeenhance" if chance.one_in(2) => {
            r#"{"access_token":"1000.for.the-page","token_type":"update_scope","expires_in":600}"#.to_owned()
        }
        "/oauth/user/info" => identity(),
        path if path.contains("revoke") => REVOKED.to_owned(),
        path if path.contains("/token") => {
            format!(
                r#"{{"access_token":"{access}","refresh_token":"{refresh}","expires_in":3600,"token_type":"Bearer"}}"#
            )
        }
        _ => AVAILABLE.to_owned(),
    };
    reply(200, &body)
}
