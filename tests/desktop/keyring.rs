//! The keyring in each possible state, and the window's response.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::patience::until;
use crate::pulse;
use crate::stage::{Lock, Running, Stage, Theme};
use crate::window::{Window, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// The time for quitting when nothing is pending, and the longest it may ever take: see desktop/quit.rs.
const QUIT: Duration = Duration::from_secs(2);
const QUIT_AT_LAST: Duration = Duration::from_millis(5400);

/// The limit until the window says that the keyring does not respond, from the start of the program.
const TOLD: Duration = Duration::from_secs(10);

const OURS: [&str; 4] = ["service", "app.keyfob.cliq", "username", "vault key"];

/// All files that Keyfob keeps for the user, except its lock and socket. Folders belong to the web view, as does its
/// list of hosts.
fn kept(stage: &Stage) -> BTreeMap<String, Vec<u8>> {
    let folder = stage.home().join(".local/share/app.keyfob.cliq");
    let files = fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let files = files.into_iter().filter(|file| file.path().is_file());
    let named = files.map(|file| (file.file_name().into_string().unwrap(), file.path()));
    let passing = ["keyfob.lock", "keyfob.socket", "hsts-storage"];
    let lasting = named.filter(|(name, _)| !passing.iter().any(|begins| name.starts_with(begins)));
    lasting.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

/// Checks that the window shows this message, a next step, and an alternative.
async fn says(window: &Window, code: &str, sentence: &str) {
    window.sees(&format!("[data-test=\"vault\"][data-code=\"{code}\"]")).await;
    window.reads_at_last("vault", sentence).await;
    let step = window.sees("[data-test=\"try-vault-again\"]:not(:disabled)").await;
    assert_eq!(step.text().await.unwrap(), "Try again");
    assert!(window.has("this-run-only").await, "{code} has another way");
}

/// Starts Keyfob, checks its message, and closes it.
async fn starts_and_says(stage: &Stage, code: &str, sentence: &str) {
    let window = Window::open(stage).await;
    says(&window, code, sentence).await;
    window.close(stage).await;
}

/// Starts Keyfob while the keyring hangs.
async fn waits_for_the_keyring(stage: &Stage) -> Window {
    let window = Window::open(stage).await;
    window.sees("main[aria-busy=\"true\"]").await;
    window
}

// Shows S6.
#[tokio::test]
async fn without_a_keyring_it_says_so_and_writes_nothing() {
    let mut stage = Stage::without_a_keyring(Theme::Light);
    starts_and_says(&stage, "keyringAbsent", "This computer has no keyring running").await;
    assert_eq!(kept(&stage), BTreeMap::new());

    // The keyring was never set up and no password prompt exists, which to the user means locked.
    stage.starts_keyring(Lock::Locked);
    let window = Window::open(&stage).await;
    says(&window, "keyringLocked", "Your keyring is locked").await;
    assert_eq!(kept(&stage), BTreeMap::new());

    // The next step works: with a working keyring the vault opens.
    stage.stops_keyring();
    stage.starts_keyring(Lock::Open);
    window.clicks("try-vault-again").await;
    window.sees("[data-test=\"start\"]").await;
    window.close(&stage).await;
}

// Shows S6.
#[tokio::test]
async fn in_any_keyring_state_the_vault_is_kept_and_the_ui_responds() {
    let mut stage = Stage::without_a_keyring(Theme::Light);
    stage.starts_keyring(Lock::Open);
    let window = Window::open(&stage).await;
    window.clicks("start").await;
    until("something is kept", PATIENCE, || kept(&stage).contains_key("vault.age"));
    window.close(&stage).await;
    let before = kept(&stage);

    stage.stops_keyring();
    starts_and_says(&stage, "keyringAbsent", "None answered").await;
    stage.starts_keyring(Lock::Locked);
    starts_and_says(&stage, "keyringLocked", "Unlock it").await;
    assert_eq!(kept(&stage), before);

    // The keyring hangs: the window does not, and the user reads about it in time.
    stage.stops_keyring();
    stage.starts_keyring(Lock::Open);
    stage.signals_keyring(Signal::STOP);
    let begun = Instant::now();
    let window = waits_for_the_keyring(&stage).await;
    pulse::is_lively(&window, "the keyring hangs").await;
    says(&window, "keyringSlow", "The keyring does not answer").await;
    pulse::took("from the start until the window says that the keyring hangs", begun.elapsed(), TOLD, PATIENCE);
    stage.photograph_as("keyring-hangs");
    window.clicks("try-vault-again").await;
    window.sees("[data-test=\"try-vault-again\"]:disabled").await;
    quits_within_two_seconds(&stage, window, "while the keyring hangs again");
    assert_eq!(kept(&stage), before);

    // The keyring dies during a call.
    let calls = stage.home().join("calls");
    let mut listening = stage.command("dbus-monitor");
    listening.arg("destination=org.freedesktop.secrets").stdout(Stdio::from(stage.log("calls")));
    let listening = Running::start(&mut listening);
    let heard = |what: &str| fs::read_to_string(&calls).unwrap_or_default().contains(what);
    until("the calls are listened to", PATIENCE, || heard("NameAcquired"));
    let window = waits_for_the_keyring(&stage).await;
    until("it is asked", PATIENCE, || heard("member=OpenSession"));
    stage.stops_keyring();
    says(&window, "keyringAbsent", "None answered").await;
    drop(listening);
    assert_eq!(kept(&stage), before);

    // The keyring is slow: Keyfob waits, and the vault opens unchanged.
    stage.starts_keyring(Lock::Open);
    stage.signals_keyring(Signal::STOP);
    window.clicks("try-vault-again").await;
    window.sees("[data-test=\"try-vault-again\"]:disabled").await;
    stage.signals_keyring(Signal::CONT);
    window.reads_at_last("start", "Go on").await;
    window.close(&stage).await;

    // The keyring returns something else: no key at all, and another key.
    for (other, code, sentence) in [
        ("hunter2", "keyringFaulty", "The keyring answered oddly"),
        ("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX", "keyMissing", "is gone"),
    ] {
        let now = kept(&stage);
        stage.run("secret-tool", &[&["clear"], &OURS[..]].concat());
        assert!(stage.keeps(&OURS, other), "the keyring has another secret");
        let window = Window::open(&stage).await;
        says(&window, code, sentence).await;
        assert!(!window.everything().await.contains(other), "the keyring's answer is not shown");
        window.close(&stage).await;
        assert_eq!(kept(&stage), now);
    }
    let log = fs::read_to_string(stage.home().join("app.log")).unwrap();
    assert!(!log.contains("hunter2") && !log.contains("AGE-SECRET-KEY-1"), "nor logged");
}

// Shows S6.
#[tokio::test]
async fn the_window_responds_while_the_keyring_asks_a_password() {
    let mut stage = Stage::set(Theme::Dark, "http://localhost:1");
    stage.stops_keyring();
    stage.starts_keyring(Lock::Locked);

    let window = Window::open(&stage).await;
    until("the keyring asks", PATIENCE, || stage.runs("gcr-prompter"));
    pulse::is_lively(&window, "the keyring asks for its password").await;
    says(&window, "keyringSlow", "It may be showing a question in another window").await;
    stage.photograph_as("keyring-asks");
    assert_eq!(kept(&stage), BTreeMap::new());
    quits_within_two_seconds(&stage, window, "while the keyring asks");

    // The keyring's prompt is still open; once it is answered, the next start works.
    stage.run("xdotool", &["type", "stage"]);
    stage.run("xdotool", &["key", "Return"]);
    until("the keyring has its answer", PATIENCE, || !stage.runs("gcr-prompter"));
    let window = Window::open(&stage).await;
    window.sees("[data-test=\"start\"]").await;
    window.close(&stage).await;
}

fn quits_within_two_seconds(stage: &Stage, window: Window, when: &str) {
    let begun = Instant::now();
    stage.presses_close();
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    pulse::took(&format!("quitting {when}"), begun.elapsed(), QUIT, QUIT_AT_LAST);
    window.forget();
}
