//! Random events in any order: presses, good and bad answers, links, clock jumps and sudden ends. The rules hold.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{
    AppIntent, ChecksIntent, CliIntent, RevokeIntent, ShareIntent, SignInIntent, TokensIntent, VaultIntent,
};
use std::collections::BTreeSet;

use keyfob_core::cli::{Caller, CliRequest};
use keyfob_core::confirmation::Decision;
use keyfob_core::connection::ConnectionId;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::export_choice::{Export, FileFormat, Shape};
use keyfob_core::fields::ZohoPage;
use keyfob_core::handover_file::{Lasts, Lock};
use keyfob_core::redirect_method::LOOPBACK_PORTS;
use keyfob_core::report_place::ReportAbout;
use keyfob_core::revocation::RevocationId;
use keyfob_core::settings::OnClose;
use keyfob_core::snapshot::{Card, Doing};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Effect, Event, Intent, Moment, Problem};
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;
use zoho_oauth::scope::FIRST_ONLY;

use crate::scene::*;

/// A scene, the durably saved record, and what must happen only once.
struct Chaos {
    scene: Scene,
    durable: Option<SecretSlice<u8>>,
    states: u32,
    codes_sent: BTreeSet<String>,
    browsed: Option<url::Url>,
    /// The last sealed handover, which this Keyfob may open itself.
    sealed: Option<SecretSlice<u8>>,
}

impl Chaos {
    /// Begins with two connections and a third one filled in.
    fn begins() -> Self {
        let mut scene = Scene::first_start();
        scene.by_chance = true;
        scene.connects("First");
        scene.connects("Second");
        scene.fills_in("eu");
        scene.settles();
        // Chaos ends the saves itself, since it keeps track of what is on the disk.
        scene.slow_disk = true;
        let (durable, browsed) = (scene.saved.clone(), scene.browsed.clone());
        Self { scene, durable, browsed, states: 0, codes_sent: BTreeSet::new(), sealed: None }
    }

    fn step(&mut self, what: u8, how: u8) {
        match what {
            0..=79 => self.scene.asks(press(what, how)),
            80..=184 => self.answers(how),
            185..=234 => self.link(how),
            235..=241 => self.scene.later(minutes(u64::from(how) / 8)),
            242 | 243 => self.scene.the_clock_says(Moment::from_millis(NINE.millis() / 200 * u64::from(how))),
            245 if how < 100 => self.scene.happens(Event::CloseAsked { tray: how.is_multiple_of(2) }),
            244 => self.scene.happens(if how.is_multiple_of(2) { Event::Woke } else { Event::NetworkBack }),
            245 => self.scene.happens(Event::ScriptAsked { caller: Caller(u64::from(how)), request: request(how) }),
            246..=250 => self.scene.link(&"x".repeat(usize::from(how) * 50)),
            _ => self.starts_again(),
        }
        self.rules_hold();
    }

    /// Answers a pending effect, with success or failure.
    fn answers(&mut self, how: u8) {
        let good = how < 150;
        let problem = Problem::KeyringFaulty;
        let result = |good: bool| if good { Ok(()) } else { Err(problem.clone()) };
        if self.scene.count(|e| matches!(e, Effect::Save(..))) > 0 && how.is_multiple_of(2) {
            if good {
                self.durable.clone_from(&self.scene.saved);
            }
            return self.scene.answer(Answer::Saved(result(good).map(|()| None)));
        }
        let waits = |which: fn(&Effect) -> bool| self.scene.count(which) > 0;
        if waits(|e| matches!(e, Effect::Draw(_))) {
            self.states += 1;
            self.scene.draws_state(&format!("{STATE}-{}", self.states));
        } else if waits(|e| matches!(e, Effect::CheckRedirect(_))) {
            self.scene.redirect_method(result(good));
        } else if waits(|e| matches!(e, Effect::Listen(..))) {
            if good { self.scene.listens_on(LOOPBACK_PORTS[0]) } else { self.scene.ports_are_busy(&LOOPBACK_PORTS) }
        } else if waits(|e| matches!(e, Effect::OpenVault(..))) {
            self.scene.vault_opens(self.durable.clone());
        } else if waits(|e| matches!(e, Effect::StartPractice(_))) {
            self.scene.practice_starts();
        } else if waits(|e| matches!(e, Effect::OpenBrowser(..))) {
            self.scene.answer(Answer::BrowserOpened(result(good)));
        } else if waits(|e| matches!(e, Effect::Confirm(..))) {
            let decision = [Decision::Allow, Decision::Deny, Decision::Dismiss][usize::from(how % 3)];
            self.scene.answer(Answer::Confirmed(decision));
        } else if waits(|e| matches!(e, Effect::Copy(..) | Effect::CopyReport(..))) {
            self.scene.answer(Answer::Copied(result(good)));
        } else if waits(|e| matches!(e, Effect::SaveFile(..))) {
            self.scene.answer(Answer::FileSaved(result(good).map(|()| Some("file".into()))));
        } else if waits(|e| matches!(e, Effect::SaveSealed(..))) {
            self.sealed = Some(self.scene.sealing().content.clone());
            self.scene.answer(Answer::FileSaved(result(good).map(|()| Some("file".into()))));
        } else if waits(|e| matches!(e, Effect::ChoosePlace(..))) {
            let path = format!("/home/jobs/{}.env", how % 2);
            self.scene.answer(Answer::PlaceChosen(result(good).map(|()| Some(path))));
        } else if waits(|e| matches!(e, Effect::WriteLiveFile(..))) {
            self.scene.answer(Answer::LiveFileWritten(result(good)));
        } else if waits(|e| matches!(e, Effect::RemoveLiveFile(..))) {
            self.scene.answer(Answer::LiveFileRemoved(result(good)));
        } else if waits(|e| matches!(e, Effect::PickFile(_))) {
            self.scene.answer(Answer::FilePicked(Ok(Some(file(how)))));
        } else if waits(|e| matches!(e, Effect::Unseal(..))) {
            let opened = self.sealed.clone().filter(|_| good).ok_or(NotUnsealed::NeedsPassphrase);
            self.scene.answer(Answer::Unsealed(opened));
        } else if let Some(call) = self.scene.requests().first() {
            let code = field(call, "code").filter(|code| code != DEVICE_CODE);
            let first = code.is_none_or(|code| self.codes_sent.insert(code));
            assert!(first, "a code was sent twice");
            self.replies(how);
        }
    }

    fn replies(&mut self, how: u8) {
        let path = self.scene.requests()[0].url.path().to_owned();
        match (how % 12, path.as_str()) {
            (0, _) => self.scene.no_answer(TransportError::TimedOut),
            (1, _) => self.scene.replies(web_page()),
            (2, _) => self.scene.zoho_says(TOO_MANY),
            (3, _) => self.scene.zoho_says(GONE),
            (8, "/oauth/v2/token") => self.scene.zoho_says(r#"{"error":"invalid_client"}"#),
            (4, _) => self.scene.replies(reply(429, "{}")),
            (_, "/oauth/user/info") => self.scene.zoho_says(&identity()),
            (_, "/oauth/v3/device/code") => self.scene.zoho_says(&device_code()),
            (5..=7, "/oauth/v3/device/token") => self.scene.zoho_says(r#"{"error":"authorization_pending"}"#),
            (8, "/oauth/v3/device/token") => self.scene.zoho_says(r#"{"error":"other_dc","user_location":"in"}"#),
            (9, "/oauth/v3/device/token") => self.scene.zoho_says(r#"{"error":"slow_down"}"#),
            (_, "/oauth/v2/revoke/token" | "/oauth/v2/token/revoke") => self.scene.zoho_says(REVOKED),
            (5, "/oauth/v2/token") => self.scene.zoho_says(&one_hour()),
            (6, "/oauth/v2/token") => self.scene.zoho_says(&renewed_for(SECOND_ACCESS, 60)),
            (7, "/oauth/v2/token") => self.scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH)),
            (_, "/oauth/v2/token" | "/oauth/v3/device/token") => self.scene.zoho_says(&tokens()),
            _ => self.scene.zoho_says(AVAILABLE),
        }
    }

    /// The link of this consent or of an earlier one, each with another code.
    fn link(&mut self, how: u8) {
        let state = format!("{STATE}-{}", self.states.saturating_sub(u32::from(how.is_multiple_of(7))));
        let code = format!("1000.{how}.{state}");
        match how % 9 {
            0 => self.scene.link(&link(&[("state", &state), ("error", "access_denied")])),
            1 => self.scene.link(&link(&[("error", "access_denied")])),
            3..=5 => {
                let asked = link(&[("state", &state), ("code", &code)]).replace("cliqkeyfob://", "/");
                self.scene.port_is_asked(asked.as_bytes());
            }
            2 => {
                self.scene
                    .asks(SignInIntent::PasteAddress { text: link(&[("state", &state), ("code", &code)]).into() });
            }
            _ => self.scene.link(&link(&[("state", &state), ("code", &code), ("location", "in")])),
        }
    }

    /// Restarts. If the save of "the code was sent" was lost, the user's link may deliver the code again.
    fn starts_again(&mut self) {
        let kept = self.kept();
        self.codes_sent.retain(|code| !kept.contains(code.rsplit('.').next().unwrap_or_default()));
        self.scene.saved.clone_from(&self.durable);
        self.scene = self.scene.is_started_again();
        self.scene.slow_disk = true;
    }

    /// The record that a sudden end would leave.
    fn kept(&self) -> String {
        self.durable.as_ref().map(|r| String::from_utf8_lossy(r.expose_secret()).into_owned()).unwrap_or_default()
    }

    #[track_caller]
    fn rules_hold(&mut self) {
        let scene = &self.scene;
        if self.browsed != scene.browsed {
            self.browsed.clone_from(&scene.browsed);
            // Practice ends with the run, so its consents are not saved.
            let real = scene.browsed.iter().filter(|url| url.host_str() != Some("127.0.0.1"));
            let state = real.flat_map(url::Url::query_pairs).find(|(name, _)| name == "state");
            let kept = self.kept();
            assert!(
                state.is_none_or(|(_, state)| kept.contains(&*state)),
                "the browser opened before the consent was saved"
            );
        }
        assert!(scene.count(|e| matches!(e, Effect::Save(..))) <= 1, "two saves at the same time");
        if scene.count(|e| matches!(e, Effect::CopyReport(..))) > 0 {
            let report = scene.report();
            assert!(
                found(report).is_none() && !report.contains("firm.example") && !report.contains(CLIENT_ID),
                "{report}"
            );
        }
        let snapshot = scene.snapshot();
        let ids: BTreeSet<_> = snapshot.connections.iter().map(|c| c.id).collect();
        let names: BTreeSet<_> = snapshot.connections.iter().map(|c| &c.name).collect();
        assert_eq!((ids.len(), names.len()), (snapshot.connections.len(), snapshot.connections.len()));
        let files: Vec<_> = snapshot.connections.iter().filter_map(|c| c.live_file.as_ref()).collect();
        let paths: BTreeSet<_> = files.iter().map(|live| &live.path).collect();
        assert_eq!(files.len(), paths.len(), "two connections write the same file");
        // No card is due before the Desk's timer, unless four are being refreshed.
        let busy = |c: &&Card| matches!(c.doing, Some(Doing::Refreshing | Doing::Revoking));
        if snapshot.connections.iter().filter(busy).count() < 4 {
            let due = snapshot.connections.iter().filter(|c| !busy(c)).filter_map(|c| c.refreshes_at).min();
            let looks_at = scene.looks_at.unwrap_or(Moment::from_millis(u64::MAX));
            assert!(due.is_none_or(|at| looks_at <= at.max(scene.now)), "due at {due:?}, looks at {looks_at:?}");
        }
        for call in scene.requests() {
            let known = snapshot
                .regions
                .iter()
                .map(|r| &r.region)
                .any(|r| [&r.accounts, &r.cliq].iter().any(|o| o.host() == call.host()));
            assert!(known && call.url.query().is_none_or(|query| query == FIRST_ONLY), "{}", call.url);
        }
    }
}

fn press(what: u8, how: u8) -> Intent {
    let id = ConnectionId(u64::from(how % 4));
    let on = how.is_multiple_of(2);
    let step = [Step::Region, Step::Register, Step::Credentials, Step::Scopes, Step::Approve, Step::Confirm, Step::Use];
    let shapes = [Shape::Token, Shape::Curl, Shape::RefreshToken, Shape::Json];
    match what {
        0 => Intent::Vault(VaultIntent::TryVaultAgain),
        1 => Intent::Vault(VaultIntent::UseThisRunOnly),
        2 => Intent::Vault(VaultIntent::RetrySave),
        3 => Intent::SignIn(SignInIntent::Start),
        4 => Intent::App(AppIntent::Practise),
        5 => Intent::SignIn(SignInIntent::OpenPractice),
        6 => Intent::SignIn(SignInIntent::GoHome),
        7 => Intent::SignIn(SignInIntent::Open { id }),
        8 => Intent::SignIn(SignInIntent::GoTo { step: step[usize::from(how) % step.len()] }),
        9 => Intent::SignIn(SignInIntent::Next),
        10 => Intent::SignIn(SignInIntent::Back),
        11 => Intent::SignIn(SignInIntent::ForgetDraft),
        12 => Intent::App(AppIntent::Dismiss { notice: u32::from(how % 8) }),
        13 => Intent::SignIn(SignInIntent::ChooseRegion {
            region: RegionCode::new(if on { "in" } else { "eu" }).unwrap(),
        }),
        14 if on => Intent::SignIn(SignInIntent::OpenConnectedApps),
        14 => Intent::SignIn(SignInIntent::OpenConsole),
        15 => Intent::SignIn(SignInIntent::TypeClientId { text: CLIENT_ID.into() }),
        16 => Intent::SignIn(SignInIntent::TypeClientSecret { text: CLIENT_SECRET.into() }),
        17 => Intent::SignIn(SignInIntent::ChooseTask { task: "read-channels".into(), on }),
        18 => Intent::SignIn(SignInIntent::KeepAccess { on }),
        19 | 53..=63 => Intent::SignIn(SignInIntent::SignIn { anyway: on }),
        20 if on => Intent::SignIn(SignInIntent::HaveAdded),
        20..=22 => Intent::SignIn(SignInIntent::OpenAgain),
        23 if on => Intent::SignIn(SignInIntent::CopyLink),
        23 => Intent::App(AppIntent::CopyReport { about: place(how) }),
        24 => Intent::SignIn(SignInIntent::CancelConsent),
        25 => Intent::SignIn(SignInIntent::CheckAgain),
        26 | 67..=79 => Intent::SignIn(SignInIntent::Keep { name: if on { "Bot".into() } else { String::new() } }),
        27 => Intent::SignIn(SignInIntent::NotMe),
        28 => Intent::Share(ShareIntent::Copy { id, shape: shapes[usize::from(how) % shapes.len()] }),
        29 | 31 if how.is_multiple_of(3) => {
            Intent::Share(ShareIntent::ChooseLiveFile { id, format: FileFormat::DotEnv })
        }
        31 if how.is_multiple_of(5) => Intent::Share(ShareIntent::WriteLiveFile { id }),
        29 => Intent::Share(ShareIntent::Export {
            id,
            export: Export { format: FileFormat::Json, refresh_token: on, client_secret: on },
        }),
        30 if how.is_multiple_of(8) => Intent::Share(ShareIntent::StopLiveFile { id }),
        30 => Intent::Tokens(TokensIntent::Refresh { id }),
        31 => Intent::Checks(ChecksIntent::Test { id }),
        33 if on => Intent::Checks(ChecksIntent::ProbeScopes { id }),
        33 => Intent::Checks(ChecksIntent::StopProbing { id }),
        34 if on => Intent::SignIn(SignInIntent::AddPermissions { id }),
        32 if how.is_multiple_of(7) => Intent::Cli(CliIntent::CopyCommand { id }),
        32 if how.is_multiple_of(3) => Intent::Cli(CliIntent::AllowScripts { id, on }),
        32 => {
            if on {
                Intent::App(AppIntent::Rename { id, name: "Bot".into() })
            } else {
                Intent::SignIn(SignInIntent::SignInAgain { id })
            }
        }
        38 | 39 => Intent::SignIn(SignInIntent::ChooseClientType {
            client_type: if on { ClientType::ServerBased } else { ClientType::Mobile },
        }),
        36 => Intent::App(AppIntent::PauseRefreshing { on }),
        35 if on => Intent::Tokens(TokensIntent::KeepFresh { id, on: how.is_multiple_of(4) }),
        37 if on => Intent::App(AppIntent::ChooseOnClose { on_close: OnClose::Stay }),
        34 | 35 => Intent::SignIn(SignInIntent::ChooseClientType {
            client_type: if on { ClientType::NonBrowser } else { ClientType::Mobile },
        }),
        37 => Intent::SignIn(SignInIntent::CopyUserCode),
        40 => Intent::SignIn(SignInIntent::Saw { page: ZohoPage::Client }),
        41 if on => Intent::SignIn(SignInIntent::AskRegion { region: RegionCode::new("in").unwrap() }),
        41 => Intent::SignIn(SignInIntent::AskOtherRegions),
        42 => Intent::SignIn(SignInIntent::SwitchRegion {
            region: RegionCode::new(if on { "in" } else { "uk" }).unwrap(),
        }),
        43 => Intent::SignIn(SignInIntent::StopAsking),
        44 => Intent::Share(ShareIntent::SaveSetup { id }),
        45 => Intent::Share(ShareIntent::BeginHandover { id }),
        46 => Intent::Share(ShareIntent::Handover { to: "Ben".into(), lasts: Lasts::Day, lock: lock(on) }),
        47 => Intent::Share(ShareIntent::StopHandover),
        48 => Intent::SignIn(SignInIntent::OpenFile),
        49 => Intent::SignIn(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() }),
        50 => Intent::SignIn(SignInIntent::TakeOffer),
        51 => Intent::SignIn(SignInIntent::LeaveOffer),
        52 if on => Intent::Revoke(RevokeIntent::RevokeAndDelete { id }),
        52 => Intent::Revoke(RevokeIntent::DeleteHere { id }),
        64 => Intent::Revoke(RevokeIntent::RevokeLater { id }),
        65 => Intent::Revoke(RevokeIntent::RevokeNow { revocation: RevocationId(u64::from(how % 8)) }),
        66 => Intent::Revoke(RevokeIntent::ForgetRevocation { revocation: RevocationId(u64::from(how % 8)) }),
        _ => unreachable!("no press has this number"),
    }
}

/// A place to report a problem from, which may be gone by then.
fn place(how: u8) -> ReportAbout {
    let id = ConnectionId(u64::from(how / 16 % 4));
    match how / 2 % 8 {
        0 => ReportAbout::Notice { notice: u32::from(how / 16) },
        1 => ReportAbout::Connection { id },
        2 => ReportAbout::Test { id },
        3 => ReportAbout::Note { nth: u32::from(how / 16 % 2) },
        4 => ReportAbout::Saving,
        5 if how.is_multiple_of(32) => ReportAbout::LiveFile { id },
        5 => ReportAbout::Handover,
        6 => ReportAbout::Offer,
        _ => ReportAbout::Approval,
    }
}

fn lock(by_key: bool) -> Lock {
    if by_key { Lock::Key { key: OWN_KEY.into() } } else { Lock::Passphrase { passphrase: PASSPHRASE.into() } }
}

/// A setup, a sealed file, or a file of an unknown kind.
fn file(how: u8) -> SecretSlice<u8> {
    let setup = format!(
        r#"{{"keyfob":"set-up","version":1,"name":"Bot","region":"eu","clientType":"mobile","clientId":"{CLIENT_ID}","scopes":["ZohoCliq.Channels.READ"],"keepAccess":true}}"#
    );
    match how % 3 {
        0 => setup.into_bytes(),
        1 => b"age-encryption.org/v1\n-> ".to_vec(),
        _ => vec![how; 40],
    }
    .into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_rules_hold(steps in prop::collection::vec(any::<(u8, u8)>(), 0..250)) {
        let mut chaos = Chaos::begins();
        for (what, how) in steps {
            chaos.step(what, how);
        }
    }
}

fn request(how: u8) -> CliRequest {
    let name = "Finance bot".to_owned();
    match how % 5 {
        0 => CliRequest::List,
        1 => CliRequest::Token { name, good_for: u64::from(how) * 20, shape: Shape::Token, issued_after: None },
        2 => CliRequest::Refresh { name },
        3 => CliRequest::Revoke { name },
        _ => CliRequest::Test { name },
    }
}
