//! Tests with a real gnome-keyring on a private bus.
//!
//! A process finds the keyring through its environment, so Keyfob's side runs in child processes: this test binary,
//! started again as `the_keyfob_side`, prints one line for each line that it reads.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod session;

use keyfob::storage::keychain::{Keychain, OsKeychain};
use rustix::process::Signal;
use secrecy::{ExposeSecret, SecretString};
use session::{Session, until};
use std::fs;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

const MARK: &str = "KEYFOB_STORY";
const ABSENT: &str = "Err(Absent)";
const LOCKED: &str = "Err(Locked)";
const SLOW: &str = "Err(Slow)";
const DONE: &str = "Ok(())";
const NOTHING: &str = "Ok(None)";
/// Far longer than a healthy keyring takes on a busy machine.
const PATIENT: &str = "20000";
const HASTY: &str = "150";

// Shows D5.
#[test]
fn without_a_session_bus_the_keyring_is_absent() {
    let desk = Session::new();
    let mut keyfob = desk.keyfob();
    assert_eq!(keyfob.ask(&["probe", PATIENT]), ABSENT);
    assert_eq!(keyfob.ask(&["load", PATIENT]), ABSENT);
    assert_eq!(keyfob.ask(&["store", PATIENT, "key"]), ABSENT);
    assert_eq!(keyfob.ask(&["delete", PATIENT]), ABSENT);
}

#[test]
fn without_a_secret_service_the_keyring_is_absent() {
    let mut desk = Session::new();
    desk.start_bus();
    assert_eq!(desk.keyfob().ask(&["probe", PATIENT]), ABSENT);
}

#[test]
fn a_keyring_that_was_never_set_up_counts_as_locked() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_locked();
    let mut keyfob = desk.keyfob();
    assert_eq!(keyfob.ask(&["load", PATIENT]), LOCKED);
    assert_eq!(keyfob.ask(&["probe", PATIENT]), LOCKED);
    assert_eq!(keyfob.ask(&["store", PATIENT, "key"]), LOCKED);
}

#[test]
fn a_secret_is_shared_replaced_and_deleted_across_processes() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let (mut first, mut second) = (desk.keyfob(), desk.keyfob());

    assert_eq!(first.ask(&["load", PATIENT]), NOTHING);
    assert_eq!(first.ask(&["probe", PATIENT]), DONE);
    assert_eq!(first.ask(&["store", PATIENT, "key-one"]), DONE);
    assert_eq!(second.ask(&["load", PATIENT]), "Ok(Some(key-one))");

    assert_eq!(first.ask(&["store", PATIENT, "key-two"]), DONE);
    assert_eq!(second.ask(&["load", PATIENT]), "Ok(Some(key-two))");

    assert_eq!(second.ask(&["delete", PATIENT]), DONE);
    assert_eq!(second.ask(&["delete", PATIENT]), DONE);
    assert_eq!(first.ask(&["load", PATIENT]), NOTHING);
}

#[test]
fn probing_keeps_the_key_and_leaves_no_entry_behind() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let mut keyfob = desk.keyfob();
    keyfob.ask(&["store", PATIENT, "key"]);
    assert_eq!(keyfob.ask(&["probe", PATIENT]), DONE);

    assert_eq!(keyfob.ask(&["load", PATIENT]), "Ok(Some(key))");
    assert_eq!(desk.secret_tool(&["username", "vault key"]).trim(), "key");
    assert_eq!(desk.secret_tool(&["username", "probe"]), "");
}

#[test]
fn a_locked_keyring_is_reported_and_keeps_the_key() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    assert_eq!(desk.keyfob().ask(&["store", PATIENT, "key"]), DONE);
    desk.stop_keyring();
    desk.start_keyring_locked();
    let mut keyfob = desk.keyfob();

    assert_eq!(keyfob.ask(&["load", PATIENT]), LOCKED);
    assert_eq!(keyfob.ask(&["probe", PATIENT]), LOCKED);
    assert_eq!(keyfob.ask(&["store", PATIENT, "other"]), LOCKED);

    desk.stop_keyring();
    desk.start_keyring_unlocked();
    assert_eq!(keyfob.ask(&["load", PATIENT]), "Ok(Some(key))");
}

#[test]
fn a_keyring_with_missing_files_does_not_count_as_empty() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    assert_eq!(desk.keyfob().ask(&["store", PATIENT, "key"]), DONE);
    desk.stop_keyring();
    let (files, away) = (desk.home.path().join("data/keyrings"), desk.home.path().join("away"));
    fs::rename(&files, &away).unwrap();
    desk.start_keyring_locked();
    assert_eq!(desk.keyfob().ask(&["load", PATIENT]), LOCKED, "the key is not gone");

    desk.stop_keyring();
    if files.exists() {
        fs::remove_dir_all(&files).unwrap();
    }
    fs::rename(&away, &files).unwrap();
    desk.start_keyring_unlocked();
    assert_eq!(desk.keyfob().ask(&["load", PATIENT]), "Ok(Some(key))");
}

#[test]
fn a_bus_and_a_keyring_started_later_are_found() {
    let mut desk = Session::new();
    let mut keyfob = desk.keyfob();
    assert_eq!(keyfob.ask(&["probe", PATIENT]), ABSENT);

    desk.start_bus();
    assert_eq!(keyfob.ask(&["probe", PATIENT]), ABSENT);

    desk.start_keyring_unlocked();
    assert_eq!(keyfob.ask(&["probe", PATIENT]), DONE);
    assert_eq!(keyfob.ask(&["store", PATIENT, "key"]), DONE);
    assert_eq!(keyfob.ask(&["load", PATIENT]), "Ok(Some(key))");
}

// Shows S6.
#[test]
fn a_hanging_keyring_times_out_and_serves_again_later() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let mut keyfob = desk.keyfob();
    assert_eq!(keyfob.ask(&["store", PATIENT, "key"]), DONE);

    desk.signal_keyring(Signal::STOP);
    let asked = Instant::now();
    assert_eq!(keyfob.ask(&["load", HASTY]), SLOW);
    assert_eq!(keyfob.ask(&["probe", HASTY]), SLOW);
    assert!(asked.elapsed() < Duration::from_secs(10), "the time limit is kept");

    desk.signal_keyring(Signal::CONT);
    assert_eq!(keyfob.ask(&["load", PATIENT]), "Ok(Some(key))");
}

#[test]
fn hanging_calls_use_few_threads_which_end_later() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let mut keyfob = desk.keyfob();

    desk.signal_keyring(Signal::STOP);
    for _ in 0..4 {
        assert_eq!(keyfob.ask(&["load", HASTY]), SLOW);
    }
    assert_eq!(keyfob.threads(), 4);
    let asked = Instant::now();
    assert_eq!(keyfob.ask(&["load", PATIENT]), SLOW);
    assert!(asked.elapsed() < Duration::from_secs(10), "with all threads hanging the call fails immediately");
    assert_eq!(keyfob.threads(), 4);

    desk.signal_keyring(Signal::CONT);
    until("the abandoned threads end", || keyfob.threads() == 0);
    assert_eq!(keyfob.ask(&["probe", PATIENT]), DONE);
}

#[test]
fn a_store_that_timed_out_does_not_write_later() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let mut keyfob = desk.keyfob();

    desk.signal_keyring(Signal::STOP);
    assert_eq!(keyfob.ask(&["store", HASTY, "late"]), SLOW);
    desk.signal_keyring(Signal::CONT);
    until("the abandoned thread ends", || keyfob.threads() == 0);

    assert_eq!(keyfob.ask(&["load", PATIENT]), NOTHING);
}

// Shows S6.
#[test]
fn a_keyring_that_dies_mid_call_is_absent_until_restarted() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    let mut keyfob = desk.keyfob();
    assert_eq!(keyfob.ask(&["store", PATIENT, "key"]), DONE);

    let mut died = 0;
    for nth in 1.. {
        let killer = desk.kills_keyring_at_answer(nth);
        let said = [&["probe", PATIENT][..], &["load", PATIENT]].map(|words| keyfob.ask(words));
        killer.ends();
        if !desk.has_keyring() {
            died += 1;
            desk.stop_keyring();
            desk.start_keyring_unlocked();
        }
        println!("killed at answer {nth}: {said:?}");
        let [probed, loaded] = said;
        assert!([DONE, ABSENT].contains(&probed.as_str()), "{probed}");
        assert!(["Ok(Some(key))", ABSENT].contains(&loaded.as_str()), "{loaded}");
        assert_eq!(keyfob.ask(&["load", PATIENT]), "Ok(Some(key))", "the key is still stored");
        if probed == DONE && loaded != ABSENT {
            break;
        }
    }
    assert!(died > 5, "it died at {died} answers");
}

#[test]
fn several_entries_are_refused_without_showing_them() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    for (extra, secret) in [("one", "canary-one"), ("two", "canary-two")] {
        desk.secret_tool_store(&["username", "vault key", "extra", extra], secret);
    }

    let said = desk.keyfob().ask(&["load", PATIENT]);

    assert!(said.starts_with("Err(Refused"), "{said}");
    assert!(!said.contains("canary"), "{said}");
}

#[test]
fn an_entry_that_is_not_text_is_refused_without_showing_it() {
    let mut desk = Session::new();
    desk.start_bus();
    desk.start_keyring_unlocked();
    assert_eq!(desk.keyfob().ask(&["store-bytes", PATIENT]), DONE);

    let said = desk.keyfob().ask(&["load", PATIENT]);

    assert!(said.starts_with("Err(Refused"), "{said}");
    assert!(!said.contains("canary"), "{said}");
}

/// Keyfob's side of each test: reads one request a line, and prints one answer a line.
#[test]
fn the_keyfob_side() {
    if std::env::var_os(MARK).is_none() {
        return;
    }
    let keychain = OsKeychain::default();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        println!("\n> {}", answer(&keychain, &words));
        std::io::stdout().flush().unwrap();
    }
}

fn answer(keychain: &OsKeychain, words: &[&str]) -> String {
    let patience = || Duration::from_millis(words[1].parse().unwrap());
    match words[0] {
        "probe" => format!("{:?}", keychain.probe(patience())),
        "delete" => format!("{:?}", keychain.delete(patience())),
        "store" => format!("{:?}", keychain.store(&SecretString::from(words[2]), patience())),
        "store-bytes" => {
            let store = zbus_secret_service_keyring_store::Store::new().unwrap();
            let entry = keyring_core::api::CredentialStoreApi::build(&*store, "app.keyfob.cliq", "vault key", None);
            format!("{:?}", entry.unwrap().set_secret(b"canary \xff"))
        }
        "load" => match keychain.load(patience()) {
            Ok(Some(secret)) => format!("Ok(Some({}))", secret.expose_secret()),
            other => format!("{other:?}"),
        },
        "threads" => fs::read_dir("/proc/self/task")
            .unwrap()
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok())
            .filter(|name| name.trim() == "keychain")
            .count()
            .to_string(),
        other => panic!("unknown request {other}"),
    }
}

impl Session {
    fn keyfob(&self) -> Keyfob {
        let mut process = self
            .command(std::env::current_exe().unwrap())
            .args(["--exact", "the_keyfob_side", "--nocapture"])
            .env(MARK, "1")
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Keyfob { process, said }
    }
}

struct Keyfob {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Keyfob {
    fn ask(&mut self, words: &[&str]) -> String {
        writeln!(self.process.stdin.as_mut().unwrap(), "{}", words.join(" ")).unwrap();
        let mut answers = self.said.by_ref().map(Result::unwrap);
        answers.find_map(|line| line.strip_prefix("> ").map(str::to_owned)).expect("an answer")
    }

    fn threads(&mut self) -> usize {
        self.ask(&["threads"]).parse().unwrap()
    }
}

impl Drop for Keyfob {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
