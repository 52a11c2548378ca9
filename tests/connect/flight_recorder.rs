//! The flight recorder of a running engine: in a report, at the socket, on the command line, and after the engine
//! breaks.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{AppIntent, ChecksIntent, SignInIntent};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;

use keyfob::app::engine::Engine;
use keyfob::app::host::{Answers, Host};
use keyfob::diagnostics::flight_recorder::{CrashFile, as_text, read_json};
use keyfob::ipc::socket;
use keyfob_core::report_place::ReportAbout;
use keyfob_core::{Desk, Effect, Moment};
use keyfob_practice::{Endpoint, Scripted};
use tokio::time::timeout;

use crate::command_line::{AN_HOUR, BOT, Desk as Desktop};
use crate::world::{Keyfob, Time, Zoho};

const SOON: Duration = Duration::from_secs(20);

/// The private values: of the connection, its owner and its client.
fn private(zoho: &Zoho) -> Vec<String> {
    let mut private = vec![BOT.to_owned(), "admin@practice.example".to_owned(), zoho.registered.client_id.clone()];
    private.push(zoho.registered.client_secret.clone());
    private.extend(zoho.zoho.issued_access_tokens());
    private.extend(zoho.zoho.kept_refresh_tokens());
    private
}

#[track_caller]
fn holds_nothing_private(text: &str, zoho: &Zoho) {
    for private in private(zoho) {
        assert!(!text.contains(&private), "{private} is private: {text}");
    }
}

// Shows T11.
#[tokio::test]
async fn a_report_ends_with_the_last_events() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let id = zoho.connect(&keyfob).await.id;
    for _ in 0..50 {
        keyfob.asks(SignInIntent::GoHome);
    }
    zoho.zoho.answer_next(Endpoint::Status, Scripted::json(418, "{}"));
    keyfob.asks(ChecksIntent::Test { id });
    keyfob.card("it was tested", |card| card.tested.as_ref().is_some_and(|tested| tested.problem.is_some())).await;

    keyfob.asks(AppIntent::CopyReport { about: ReportAbout::Test { id } });
    let report = keyfob.copied().await;
    assert!(report.starts_with("Keyfob ") && report.contains("Problem: cliqUnclear (status=418)"), "{report}");
    let (_, recorded) = report.split_once("the newest at the end:\n").expect("the recorder's lines follow");
    assert_eq!(recorded.lines().count(), 50, "{recorded}");
    assert!(
        recorded.lines().last().expect("a line").contains(" asked: copyReport (about=test) -> copyReport "),
        "{recorded}"
    );
    assert!(recorded.contains(" asked: test #1 -> ") && recorded.contains(": replied: 418 (content=application/json"));
    holds_nothing_private(&report, &zoho);
}

#[tokio::test]
async fn the_doctor_prints_the_events_of_the_running_keyfob() {
    let desk = Desktop::with_connection_made(AN_HOUR, true).await;
    let none = desk.runs(&["doctor", "--log"]).await;
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("No Keyfob is running, and none"), "{none:?}");
    assert_eq!(desk.runs(&["doctor", "--log", "--json"]).await.out, "[]\n");

    let instance = desk.keyfob_runs();
    assert_eq!(desk.runs(&["refresh", BOT]).await.code, 0);
    let told = desk.runs(&["doctor", "--log"]).await;
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert!(told.out.contains(" asked: refresh -> send "), "{told:?}");
    assert!(told.out.contains(": replied: 200 (content=application/json"), "{told:?}");
    holds_nothing_private(&told.out, &desk.zoho);
    let json = desk.runs(&["doctor", "--log", "--json"]).await;
    assert_eq!(as_text(&read_json(json.out.as_bytes()).expect("entries")), told.out, "asking is not recorded");
    drop(instance);
}

#[tokio::test]
async fn the_doctor_prints_the_events_of_a_broken_keyfob() {
    let desk = Desktop::with_connection_made(AN_HOUR, true).await;
    let left = desk.folder().join("flight-recorder.json");
    fs::write(&left, r#"[{"at":"2026-11-23T09:00:00Z","event":"looked","effects":null,"left_out":0}]"#).unwrap();
    let told = desk.runs(&["doctor", "--log"]).await;
    assert_eq!((told.code, told.out.as_str()), (0, "2026-11-23T09:00:00Z looked -> not finished\n"));
    assert!(told.err.contains("the last one that made a mistake"), "{told:?}");

    fs::write(&left, "[{\"at\":\"\\u001b[2J\"}]").unwrap();
    let told = desk.runs(&["doctor", "--log"]).await;
    assert_eq!((told.code, told.out.as_str()), (1, ""));
    assert!(told.err.ends_with("it is not what Keyfob writes there.\n"), "{told:?}");
}

/// A world in which quitting breaks the engine.
struct Fragile;

impl Host for Fragile {
    fn perform(&self, effect: Effect, _: Answers) {
        assert!(!matches!(effect, Effect::Quit), "the window cannot be closed");
    }
}

// Shows S9.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_engine_leaves_its_last_events() {
    let folder = tempfile::tempdir().unwrap();
    let clock = || Moment::from_millis(1_795_424_400_000);
    let engine = Engine::start(Desk::default(), Arc::new(Fragile), Arc::new(clock), Ok(None), "a test".to_owned());
    engine.ask(SignInIntent::Keep { name: "ada@firm.example".to_owned() });
    engine.ask(AppIntent::Quit);
    timeout(SOON, engine.ended()).await.expect("it breaks");

    let left = CrashFile::in_folder(folder.path());
    assert!(left.leave(engine.recorder()).contains("keyfob doctor --log"), "the message says so");
    let entries = left.read().unwrap().expect("a file");
    let text = as_text(&entries);
    assert!(text.ends_with("2026-11-23T09:00:00Z asked: quit -> quit\n"), "{text}");
    assert!(text.contains(" asked: keep") && !text.contains("ada@"), "{text}");
    let file = folder.path().join("flight-recorder.json");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(socket::recorded(folder.path()).await, Ok(None), "nobody runs there");
}
