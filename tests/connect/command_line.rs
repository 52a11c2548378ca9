//! `keyfob` on the command line, in its own processes, with a real keyring and vault and a Zoho on loopback.
//!
//! 1. Standard output holds the requested text and nothing else; no secret is anywhere else.
//! 2. The result is the same whether Keyfob runs or not; and parallel commands cost one request to Zoho.
//! 3. Each kind of next step has its exit code.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{AppIntent, CliIntent};
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use keyfob::storage::folders::IDENTIFIER;
use keyfob::storage::instance_lock::Instance;
use keyfob::storage::keychain::Keychain;
use keyfob::storage::vault::{Key, Vault};
use keyfob_core::confirmation::Decision;
use keyfob_practice::{Endpoint, Gate, Scripted};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::noted::Noted;
use crate::proof;
use crate::relay::Relay;
use crate::scripts::refreshes;
use crate::session::Session;
use crate::world::{Keyfob, Time, Zoho, moved};

pub const AN_HOUR: Duration = Duration::from_hours(1);
pub const BOT: &str = "Finance bot";

/// The user's session with a connection in its vault, without a running Keyfob.
pub struct Desk {
    pub session: Session,
    pub zoho: Zoho,
    pub keyfob: Keyfob,
    pub time: Time,
    /// For a session of another user.
    _relay: Option<Relay>,
}

impl Desk {
    /// Creates a session whose connection was made `ago`; scripts are allowed, or not decided about.
    pub async fn with_connection_made(ago: Duration, allowed: bool) -> Self {
        Self::in_a(Session::new(), ago, allowed).await
    }

    /// The same in a given session.
    pub async fn in_a(mut session: Session, ago: Duration, allowed: bool) -> Self {
        let time = Time::ago(ago);
        let zoho = Zoho::start("here", &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        let id = zoho.connect(&keyfob).await.id;
        if allowed {
            keyfob.asks_and_allows(CliIntent::AllowScripts { id, on: true }).await;
        }
        let scripts = if allowed { r#""scripts":"allowed""# } else { r#""name":"Finance bot""# };
        let record = keyfob.record_with(scripts).await;
        // Keyfob sends nothing at plain http to a server of another user.
        let relay = session.owner().map(|owner| Relay::of(owner, zoho.region().1));
        let origin = relay.as_ref().map_or(zoho.region().1, |relay| &relay.origin).to_owned();
        let record = moved(&record, zoho.region().1, &origin);

        session.start_bus();
        session.start_keyring_unlocked();
        let desk = Self { session, zoho, keyfob, time, _relay: relay };
        let noted = Arc::new(Noted::default());
        let keychain: Arc<dyn Keychain> = noted.clone();
        let mut opened = Vault::open(&desk.folder(), Key::Keyring { keychain, patience: AN_HOUR }).unwrap();
        opened.vault.save(&record).unwrap();
        let key = noted.load(AN_HOUR).unwrap().unwrap();
        desk.session.secret_tool_store(&["username", "vault key"], key.expose_secret());

        let config = desk.session.home.path().join("config").join(IDENTIFIER);
        fs::create_dir_all(&config).unwrap();
        let code = desk.zoho.region().0;
        let region = json!([{ "code": code, "name": code, "accounts": origin, "api": origin, "cliq": origin, "console": origin }]);
        fs::write(config.join("regions.json"), region.to_string()).unwrap();
        desk.session.handover();
        desk
    }

    pub fn folder(&self) -> PathBuf {
        self.session.home.path().join("data").join(IDENTIFIER)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.session.command(self.session.reaches(env!("CARGO_BIN_EXE_keyfob").as_ref()));
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        command.args(arguments).stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }

    pub fn starts(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Runs a command and waits on another thread, since Zoho runs on this one.
    pub async fn runs(&self, arguments: &[&str]) -> Said {
        ends(self.starts(arguments)).await
    }

    /// Simulates a running Keyfob, which holds the lock and serves programs.
    pub fn keyfob_runs(&self) -> Instance {
        let instance = Instance::claim(&self.folder()).unwrap();
        self.keyfob.attends(&self.folder());
        instance
    }

    pub fn newest_token(&self) -> String {
        self.zoho.zoho.issued_access_tokens().pop().unwrap()
    }
}

/// The result of a command.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Makes `by` start this command, with the command as its last arguments.
pub fn through(mut by: Command, command: &Command) -> Command {
    by.arg(command.get_program()).args(command.get_args());
    by.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    by
}

pub async fn ends(child: Child) -> Said {
    let said = ends_as_it_may(child).await;
    assert!(
        said.code == 0 || said.out.is_empty(),
        "a failed command prints nothing that could be taken for a token: {said:?}"
    );
    said
}

async fn ends_as_it_may(child: Child) -> Said {
    let Output { status, stdout, stderr } =
        tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let said = Said { code: status.code().unwrap(), out: text(stdout), err: text(stderr) };
    assert!(!said.err.contains("1000."), "a token or a client ID was printed: {}", said.err);
    said
}

#[track_caller]
pub fn failed(said: &Said, code: i32, sentence: &str) {
    assert_eq!((said.code, said.out.as_str()), (code, ""), "{said:?}");
    assert!(said.err.starts_with("keyfob: ") && said.err.contains(sentence), "{sentence:?} in {said:?}");
}

#[tokio::test]
async fn a_valid_token_is_printed_without_a_request() {
    let desk = Desk::with_connection_made(Duration::from_mins(10), true).await;
    let token = desk.newest_token();
    assert_eq!(desk.runs(&["token", BOT]).await, Said { code: 0, out: format!("{token}\n"), err: String::new() });
    let header = desk.runs(&["token", BOT, "--format", "header"]).await;
    assert_eq!(header.out, format!("Authorization: Zoho-oauthtoken {token}\n"));
    let read: serde_json::Value =
        serde_json::from_str(&desk.runs(&["token", BOT, "--format", "json"]).await.out).unwrap();
    assert!(read.to_string().contains(&token));
    let env = desk.runs(&["token", BOT, "--format", "env"]).await.out;
    assert!(env.lines().any(|line| line.contains(&token)) && env.ends_with('\n') && !env.ends_with("\n\n"), "{env}");
    assert_eq!(refreshes(&desk.zoho), 0);

    let long = desk.runs(&["token", BOT, "--min-valid", "55m"]).await;
    assert_eq!((long.code, refreshes(&desk.zoho)), (0, 1), "fifty minutes are less than requested");
    assert_eq!(long.out.trim(), desk.newest_token());
    assert!(desk.zoho.zoho.is_alive(long.out.trim()));
}

// Shows C1.
#[tokio::test]
async fn without_keyfob_four_parallel_commands_share_a_request() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    let gate = Gate::new();
    for _ in 0..4 {
        desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::usual().held(&gate));
    }
    let asking: Vec<Child> = (0..4).map(|_| desk.starts(&["token", BOT])).collect();
    gate.reached(1).await;
    // The first one waits for Zoho, long enough for the others to send a request too, if they would.
    let others = tokio::time::timeout(Duration::from_secs(2), gate.reached(2)).await;
    assert!(others.is_err(), "only the first one sends a request");
    gate.open();
    for child in asking {
        let said = ends(child).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
    assert_eq!(refreshes(&desk.zoho), 1, "the others read what the first one saved");
}

// Shows C1.
#[tokio::test]
async fn tasks_and_processes_share_one_request_of_keyfob() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    desk.keyfob.asks(AppIntent::PauseRefreshing { on: true });
    desk.keyfob.sees("nothing goes on by itself", |s| s.settings.paused).await;
    let before = refreshes(&desk.zoho);
    let _instance = desk.keyfob_runs();
    desk.time.passes(AN_HOUR);
    let processes: Vec<Child> = (0..4).map(|_| desk.starts(&["token", BOT])).collect();
    let folder = desk.folder();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let folder = folder.clone();
            tokio::spawn(async move {
                let mut talk = keyfob::ipc::socket::Talk::begin(&folder, &crate::scripts::token(BOT)).await.unwrap();
                match talk.hears().await {
                    Some(keyfob_core::cli::CliReply::Token(text)) => text.expose_secret().to_owned(),
                    told => panic!("a token, not {told:?}"),
                }
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), desk.newest_token());
    }
    for child in processes {
        let said = ends(child).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
    assert_eq!(refreshes(&desk.zoho) - before, 1);
}

/// Eight parallel commands all get the newest token.
async fn eight_race(desk: &Desk) {
    let racing: Vec<Child> = (0..8).map(|_| desk.starts(&["token", BOT])).collect();
    for child in racing {
        let said = ends(child).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
}

// Shows C1.
#[tokio::test]
async fn round_after_round_eight_processes_cost_one_request() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    desk.keyfob.asks(AppIntent::PauseRefreshing { on: true });
    desk.keyfob.sees("nothing goes on by itself", |s| s.settings.paused).await;
    let _instance = desk.keyfob_runs();
    let before = refreshes(&desk.zoho);
    let rounds = proof::rounds(25, 1_000);
    for round in 1..=rounds {
        desk.time.passes(AN_HOUR);
        eight_race(&desk).await;
        assert_eq!(refreshes(&desk.zoho) - before, round, "in round {round}");
    }
    proof::figure("rounds of 8 processes and a running Keyfob, one refresh each", rounds, "25, or 1,000");
}

// Shows C1.
#[tokio::test]
async fn round_after_round_without_keyfob_one_request_for_eight() {
    let rounds = proof::rounds(5, 30);
    for round in 1..=rounds {
        let desk = Desk::with_connection_made(AN_HOUR, true).await;
        eight_race(&desk).await;
        assert_eq!(refreshes(&desk.zoho), 1, "in round {round}");
    }
    proof::figure("rounds of 8 processes and no running Keyfob, one refresh each", rounds, "5, or 30");
}

#[tokio::test]
async fn the_running_keyfob_asks_the_user_first() {
    let desk = Desk::with_connection_made(Duration::ZERO, false).await;
    let alone = desk.runs(&["token", BOT]).await;
    failed(&alone, 4, "Open it in Keyfob and tick “Allow scripts to read this connection”");

    let _instance = desk.keyfob_runs();
    let waiting = desk.starts(&["token", BOT]);
    desk.keyfob.decides(Decision::Allow).await;
    let said = ends(waiting).await;
    assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()));
    assert_eq!(said.err, "keyfob: Keyfob asks in a dialog whether scripts may read “Finance bot”.\n");

    let id = desk.keyfob.sees("the card", |s| !s.connections.is_empty()).await.connections[0].id;
    desk.keyfob.asks(CliIntent::AllowScripts { id, on: false });
    failed(&desk.runs(&["refresh", BOT]).await, 4, "Scripts are turned away from “Finance bot”");
}

#[tokio::test]
async fn an_unknown_connection_suggests_a_similar_name() {
    let desk = Desk::with_connection_made(Duration::ZERO, true).await;
    failed(&desk.runs(&["token", "Finanse bot"]).await, 3, "Did you mean “Finance bot”?");
    assert_eq!(desk.runs(&["token", "#1"]).await.code, 0, "its number is accepted");
}

#[tokio::test]
async fn a_locked_and_a_missing_keyring_are_reported() {
    let mut desk = Desk::with_connection_made(Duration::ZERO, true).await;
    desk.session.stop_keyring();
    failed(&desk.runs(&["token", BOT]).await, 6, "keyring");
    desk.session.start_keyring_locked();
    failed(&desk.runs(&["token", BOT]).await, 6, "Your keyring is locked");
    failed(&desk.runs(&["list"]).await, 6, "Your keyring is locked");

    desk.session.stop_keyring();
    desk.session.start_keyring_unlocked();
    assert_eq!(desk.runs(&["token", BOT]).await.code, 0, "nothing was lost");
}

#[tokio::test]
async fn an_unreachable_zoho_exits_with_try_later() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::closed());
    failed(&desk.runs(&["token", BOT]).await, 7, "“Finance bot”: ");
    let asked = refreshes(&desk.zoho);
    failed(&desk.runs(&["refresh", BOT]).await, 7, "“Finance bot”: ");
    assert_eq!(refreshes(&desk.zoho), asked, "Zoho is not asked again within half a minute");
}

#[tokio::test]
async fn a_sign_in_ended_by_zoho_needs_the_user() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::json(200, r#"{"error":"invalid_code"}"#));
    failed(&desk.runs(&["token", BOT]).await, 5, "Zoho has ended this sign-in");
    failed(&desk.runs(&["token", BOT]).await, 5, "Zoho has ended this sign-in");
    assert_eq!(refreshes(&desk.zoho), 1);
    assert!(desk.runs(&["list"]).await.out.contains("needs you"));
}

#[tokio::test]
async fn a_token_that_cannot_be_saved_is_printed_with_a_warning() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    let keyfob = desk.command(&[]);
    let mut no_room = desk.session.command("sh");
    no_room.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]).arg(keyfob.get_program());
    no_room.args(["token", BOT]).stdin(Stdio::null()).stderr(Stdio::piped());
    let said = ends(no_room.spawn().unwrap()).await;
    assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    assert!(said.err.starts_with("keyfob: It could not be saved."), "{said:?}");
}

#[tokio::test]
async fn refresh_test_and_list_report_their_result() {
    let desk = Desk::with_connection_made(Duration::from_mins(10), true).await;
    let before = desk.newest_token();
    let said = desk.runs(&["refresh", BOT]).await;
    assert!(said.code == 0 && said.out.starts_with("“Finance bot” has a new token, good until 20"), "{said:?}");
    assert_ne!(desk.newest_token(), before);

    let said = desk.runs(&["test", BOT]).await;
    assert!(said.code == 0 && said.out.starts_with("“Finance bot” works"), "{said:?}");

    let said = desk.runs(&["list"]).await;
    let lines: Vec<Vec<&str>> =
        said.out.lines().map(|line| line.split("  ").filter(|s| !s.is_empty()).map(str::trim).collect()).collect();
    assert_eq!(lines[0], ["NAME", "STATE", "LEFT", "SCRIPTS"]);
    assert_eq!((lines[1][0], lines[1][1], lines[1][3]), (BOT, "fresh", "allowed"));
    let listed: serde_json::Value = serde_json::from_str(&desk.runs(&["list", "--json"]).await.out).unwrap();
    assert_eq!((&listed[0]["name"], &listed[0]["state"]), (&json!(BOT), &json!("fresh")));
}

// Shows T18.
#[tokio::test]
async fn the_doctor_reports_each_check_and_changes_nothing() {
    let mut desk = Desk::with_connection_made(Duration::ZERO, true).await;
    let looks = async |desk: &Desk| {
        let mut command = desk.command(&["doctor", "--json"]);
        command.env("HTTPS_PROXY", "http://ada:1000.secret@proxy.example:3128");
        let said = ends_as_it_may(command.spawn().unwrap()).await;
        assert!(!said.out.contains("1000."), "the password of a proxy was printed: {}", said.out);
        let found: Vec<serde_json::Value> = serde_json::from_str(&said.out).unwrap();
        let by_name = |what: &str| {
            let one = found.iter().find(|f| f["what"] == what);
            one.map(|f| (f["state"].as_str().unwrap().to_owned(), f["said"].as_str().unwrap().to_owned()))
                .unwrap_or_default()
        };
        (said.code, ["vault", "keyring", "tray", "links", "browser", "network", "clock", "proxy"].map(by_name))
    };
    let (code, [vault, keyring, tray, links, browser, network, clock, proxy]) = looks(&desk).await;
    let told = |state: &str, said: &str| (state.to_owned(), said.to_owned());
    assert_eq!(vault, told("ok", "opens, with 1 connection"));
    assert_eq!(keyring, told("ok", "keeps a secret and gives it back"));
    assert_eq!(network, told("ok", "127.0.0.1 answers"));
    assert!(clock.1.starts_with("agrees with Zoho's to"), "{clock:?}");
    assert_eq!(proxy, told("note", "HTTPS_PROXY is set: proxy.example:3128"));
    assert_eq!((tray.0.as_str(), links.0.as_str()), ("note", "note"), "{tray:?} {links:?}");
    assert_eq!(code, i32::from(browser.0 == "wrong"), "a browser may be there or not");
    assert!(!desk.session.home.path().join("data/applications").exists(), "the link scheme was not registered");

    desk.session.stop_keyring();
    let (code, [vault, keyring, ..]) = looks(&desk).await;
    assert_eq!((code, vault.0.as_str(), keyring.0.as_str()), (1, "wrong", "wrong"));
}

#[tokio::test]
async fn without_a_vault_no_file_is_created() {
    let desk = Desk::with_connection_made(Duration::ZERO, true).await;
    let other = Session::new();
    let run = |arguments: &[&str]| {
        let mut command = other.command(env!("CARGO_BIN_EXE_keyfob"));
        command.args(arguments).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap()
    };
    let said = ends(run(&["list"])).await;
    assert_eq!((said.code, said.err.as_str()), (0, "keyfob: There is no connection yet. Open Keyfob to make one.\n"));
    assert_eq!(ends(run(&["list", "--json"])).await.out, "[]\n");
    failed(&ends(run(&["token", BOT])).await, 3, "There is none yet. Open Keyfob to make one.");
    assert_eq!(fs::read_dir(other.home.path()).unwrap().count(), 0, "no folder, no lock, no vault");
    drop(desk);
}

#[tokio::test]
async fn help_and_mistyped_arguments_are_explained() {
    let session = Session::new();
    let run = |arguments: &[&str]| {
        let mut command = session.command(env!("CARGO_BIN_EXE_keyfob"));
        command.args(arguments).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap()
    };
    let help = ends(run(&["--help"])).await;
    assert!(help.code == 0 && help.out.contains("Exit codes:") && help.out.contains("token"), "{help:?}");
    let version = ends(run(&["--version"])).await;
    assert_eq!(version.out, format!("keyfob {}\n", env!("CARGO_PKG_VERSION")));
    for wrong in
        [&["tokn", BOT][..], &["token"], &["token", BOT, "--min-valid", "1d"], &["token", BOT, "--format", "xml"]]
    {
        let said = ends(run(wrong)).await;
        assert!(said.code == 2 && !said.err.is_empty(), "{wrong:?}: {said:?}");
    }
    assert!(ends(run(&["tokn"])).await.err.contains("'token'"), "the closest command is suggested");
    let completions = ends(run(&["completions", "bash"])).await;
    assert!(completions.code == 0 && completions.out.contains("_keyfob"), "{}", completions.out.len());
}
