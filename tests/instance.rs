//! Tests of the lock that lets Keyfob run once.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob::storage::instance_lock::{Instance, NotClaimed};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, Stdio};
use tempfile::tempdir;

const FOLDER: &str = "KEYFOB_STORY_FOLDER";

// Shows T5.
#[test]
fn a_second_claim_fails_until_the_first_is_released() {
    let home = tempdir().unwrap();
    let folder = home.path().join("keyfob");

    let first = Instance::claim(&folder).unwrap();
    assert_eq!(Instance::claim(&folder).unwrap_err(), NotClaimed::Taken);

    drop(first);
    Instance::claim(&folder).unwrap();
}

// Shows S8.
#[test]
fn locks_of_two_folders_are_independent() {
    let home = tempdir().unwrap();
    let _ada = Instance::claim(&home.path().join("ada")).unwrap();
    let _ben = Instance::claim(&home.path().join("ben")).unwrap();
}

#[test]
fn the_lock_and_its_folder_are_private() {
    let home = tempdir().unwrap();
    let folder = home.path().join("keyfob");
    let _held = Instance::claim(&folder).unwrap();

    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.join("keyfob.lock")), 0o600);
    assert_eq!(mode(folder), 0o700);
}

/// The other process: claims the folder in its environment, prints that, and holds it until it is killed.
#[test]
fn another_process() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let _held = Instance::claim(folder.as_ref()).unwrap();
    println!("\nclaimed");
    std::io::stdout().flush().unwrap();
    std::io::stdin().lines().for_each(drop);
}

fn another_process_holding(folder: &std::path::Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "another_process", "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.as_mut().unwrap()).lines().map_while(Result::ok);
    assert!(said.into_iter().any(|line| line == "claimed"));
    child
}

// Shows T5, D7.
#[test]
fn a_killed_process_no_longer_holds_the_lock() {
    let home = tempdir().unwrap();
    let mut other = another_process_holding(home.path());
    assert_eq!(Instance::claim(home.path()).unwrap_err(), NotClaimed::Taken);

    other.kill().unwrap();
    other.wait().unwrap();

    Instance::claim(home.path()).unwrap();
}

#[test]
fn a_child_process_does_not_keep_the_lock() {
    let home = tempdir().unwrap();
    let held = Instance::claim(home.path()).unwrap();
    let mut browser = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();

    drop(held);

    let again = Instance::claim(home.path());
    browser.kill().unwrap();
    browser.wait().unwrap();
    again.unwrap();
}

// Shows T5.
#[test]
fn a_link_in_the_lock_files_place_is_not_followed() {
    let home = tempdir().unwrap();
    let elsewhere = home.path().join("elsewhere");
    symlink(&elsewhere, home.path().join("keyfob.lock")).unwrap();

    assert!(matches!(Instance::claim(home.path()), Err(NotClaimed::Failed(_))));
    assert!(!elsewhere.exists());
}
