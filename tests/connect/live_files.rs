//! A job that reads the live file at any time finds a complete file with a valid token.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{RevokeIntent, ShareIntent, TokensIntent};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use keyfob::storage::live_file;
use keyfob_core::Problem;
use keyfob_core::export_choice::FileFormat;
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::Card;
use serde_json::Value;

use crate::world::{Keyfob, Time, Zoho};

const TOKENS: usize = 40;

fn token_in(file: &Path) -> String {
    let read: Value = serde_json::from_slice(&fs::read(file).unwrap()).expect("the file is complete");
    read["access_token"].as_str().unwrap().to_owned()
}

/// Reads the file continuously, as a job would; returns the number of different tokens.
fn job(file: &Path, over: &Arc<AtomicBool>) -> JoinHandle<usize> {
    let (file, over) = (file.to_owned(), Arc::clone(over));
    thread::spawn(move || {
        let mut met = std::collections::BTreeSet::new();
        while !over.load(Ordering::Relaxed) {
            met.insert(token_in(&file));
        }
        met.len()
    })
}

fn written(card: &Card) -> bool {
    card.live_file.as_ref().is_some_and(|live| live.written_at.is_some() && !live.writing && live.problem.is_none())
}

// Shows S1.
#[tokio::test(flavor = "multi_thread")]
async fn a_live_file_is_always_complete_with_a_valid_token() {
    let (time, folder) = (Time::new(), tempfile::tempdir().unwrap());
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    keyfob.chooses(folder.path());
    let id = zoho.connect(&keyfob).await.id;
    keyfob.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::Json });
    let card = keyfob.card("its file is written", written).await;
    let file = folder.path().join("zoho-cliq-Finance-bot.json");
    assert_eq!(card.live_file.unwrap().path, file.to_str().unwrap());

    let over = Arc::new(AtomicBool::new(false));
    let reading = job(&file, &over);
    for _ in 0..TOKENS {
        // Zoho issues at most ten tokens in ten minutes.
        time.passes(Duration::from_mins(2));
        let before = token_in(&file);
        keyfob.asks(TokensIntent::Refresh { id });
        keyfob.card("the file holds another token", |c| written(c) && token_in(&file) != before).await;
    }
    over.store(true, Ordering::Relaxed);
    assert!(reading.join().unwrap() > 1, "it read while tokens changed");

    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left there");
    assert_eq!(zoho.zoho.issued_access_tokens().last(), Some(&token_in(&file)));
    assert!(zoho.zoho.is_alive(&token_in(&file)), "Zoho takes it");

    keyfob.asks(RevokeIntent::RevokeAndDelete { id });
    keyfob.sees("it is gone", |s| s.connections.is_empty() && !file.exists()).await;
}

#[tokio::test]
async fn a_missing_folder_is_reported_and_written_to_once_back() {
    let (time, home) = (Time::new(), tempfile::tempdir().unwrap());
    let folder = home.path().join("jobs");
    fs::create_dir(&folder).unwrap();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    keyfob.chooses(&folder);
    let id = zoho.connect(&keyfob).await.id;
    keyfob.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::Json });
    keyfob.card("its file is written", written).await;

    fs::remove_dir_all(&folder).unwrap();
    keyfob.asks(TokensIntent::Refresh { id });
    let why = |c: &Card| c.live_file.as_ref().and_then(|live| live.problem.clone());
    let card = keyfob.card("it is not written", |c| why(c).is_some()).await;
    assert_eq!(why(&card), Some(Problem::LiveFileNotWritten { reason: "its folder is not there".into() }));

    fs::create_dir(&folder).unwrap();
    keyfob.asks(TokensIntent::Refresh { id });
    keyfob.card("it is written", written).await;
    assert!(zoho.zoho.issued_access_tokens().contains(&token_in(&folder.join("zoho-cliq-Finance-bot.json"))));

    // Keyfob does not remove what the user put in its place.
    let file = folder.join("zoho-cliq-Finance-bot.json");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    keyfob.asks(RevokeIntent::RevokeAndDelete { id });
    let left = |n: &keyfob_core::snapshot::NoticeView| {
        matches!(&n.what, NoticeKind::Trouble { problem: Problem::LiveFileLeft { .. }, .. })
    };
    keyfob.sees("the person is told", |s| s.notices.iter().any(left)).await;
    assert!(file.is_dir());
}

// Shows T15.
#[test]
fn a_symlink_in_its_place_is_replaced_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (other, file) = (folder.path().join("other"), folder.path().join("file"));
    fs::write(&other, "somebody's own").unwrap();
    symlink(&other, &file).unwrap();
    live_file::write(file.to_str().unwrap(), &"token".to_owned().into(), &[]).unwrap();
    assert_eq!(fs::read_to_string(&other).unwrap(), "somebody's own");
    assert_eq!(fs::read_to_string(&file).unwrap(), "token");

    fs::remove_file(&file).unwrap();
    symlink(&other, &file).unwrap();
    live_file::remove(file.to_str().unwrap(), &[]).unwrap();
    assert!(other.exists() && !file.exists());
    live_file::remove(file.to_str().unwrap(), &[]).unwrap();
}

#[test]
fn a_special_file_is_neither_replaced_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
    let path = pipe.to_str().unwrap();
    let reason = || "something other than a plain file is there".to_owned();
    assert_eq!(
        live_file::write(path, &"token".to_owned().into(), &[]).unwrap_err(),
        Problem::LiveFileNotWritten { reason: reason() }
    );
    assert_eq!(
        live_file::remove(path, &[]).unwrap_err(),
        Problem::LiveFileLeft { path: path.into(), reason: reason() }
    );
    assert!(pipe.exists());
}

// Shows T15.
#[test]
fn no_live_file_is_written_to_a_world_writable_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let write = || live_file::write(file.to_str().unwrap(), &"token".to_owned().into(), &[]);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    assert!(matches!(write(), Err(Problem::LiveFileNotWritten { reason }) if reason.contains("everybody")));
    assert!(!file.exists());

    // A folder below it could be replaced by another of the same name.
    let below = folder.path().join("below/deeper");
    fs::create_dir_all(&below).unwrap();
    let (inside, by_a_link) = (below.join("file"), tempfile::tempdir().unwrap());
    symlink(&below, by_a_link.path().join("link")).unwrap();
    for file in [&inside, &by_a_link.path().join("link/file")] {
        let written = live_file::write(file.to_str().unwrap(), &"token".to_owned().into(), &[]);
        assert!(matches!(written, Err(Problem::LiveFileNotWritten { reason }) if reason.contains("everybody")));
        assert!(!inside.exists());
    }

    // With the sticky bit, as in /tmp, only the owner can replace a file.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).unwrap();
    write().unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "token");
}

// Shows T15.
#[test]
fn a_changed_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let path = file.to_str().unwrap();
    let first = [Fingerprint::of(b"first")];
    live_file::write(path, &"first".to_owned().into(), &[]).unwrap();

    fs::write(&file, "the user's own").unwrap();
    let replaced = Problem::LiveFileReplaced { path: path.into() };
    assert_eq!(live_file::write(path, &"second".to_owned().into(), &first), Err(replaced.clone()));
    let left = Problem::LiveFileLeft { path: path.into(), reason: "it was changed since Keyfob wrote it".into() };
    assert_eq!(live_file::remove(path, &first), Err(left));
    assert_eq!(fs::read_to_string(&file).unwrap(), "the user's own");

    fs::remove_file(&file).unwrap();
    symlink("elsewhere", &file).unwrap();
    assert_eq!(live_file::write(path, &"second".to_owned().into(), &first), Err(replaced));
    fs::remove_file(&file).unwrap();
    live_file::write(path, &"second".to_owned().into(), &first).unwrap();
    live_file::write(path, &"second".to_owned().into(), &first).expect("the content is the same");
    live_file::remove(path, &[Fingerprint::of(b"second")]).unwrap();
    assert!(!file.exists());
}
