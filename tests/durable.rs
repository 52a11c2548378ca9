//! Tests of private files that survive a crash.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob::storage::atomic_file::{self, Unreadable};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tempfile::tempdir;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_write_is_read_back_and_leaves_no_other_file() {
    let home = tempdir().unwrap();
    let file = home.path().join("list");
    assert_eq!(atomic_file::read(&file, 100), Ok(None));

    atomic_file::replace(&file, b"first").unwrap();
    atomic_file::replace(&file, b"second").unwrap();

    assert_eq!(atomic_file::read(&file, 100), Ok(Some(b"second".to_vec())));
    assert_eq!(names(home.path()), ["list"]);
}

/// The umask applies to the whole process, so this test runs in a child process.
#[test]
fn files_are_owner_only_whatever_the_umask() {
    if let Some(umask) = std::env::var_os("KEYFOB_STORY_UMASK") {
        let umask = u32::from_str_radix(umask.to_str().unwrap(), 8).unwrap();
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(umask));
        let home = tempdir().unwrap();
        let folder = home.path().join("keyfob");
        atomic_file::private_folder(&folder).unwrap();
        atomic_file::replace(&folder.join("list"), b"x").unwrap();
        assert_eq!((mode(&folder), mode(&folder.join("list"))), (0o700, 0o600));
        return;
    }
    for umask in ["000", "022", "077", "277"] {
        let told = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "files_are_owner_only_whatever_the_umask"])
            .env("KEYFOB_STORY_UMASK", umask)
            .output()
            .unwrap();
        assert!(told.status.success(), "umask {umask}: {}", String::from_utf8_lossy(&told.stdout));
    }
}

#[test]
fn a_file_that_was_open_to_all_is_private_after_the_next_write() {
    let home = tempdir().unwrap();
    let file = home.path().join("list");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();

    atomic_file::replace(&file, b"new").unwrap();

    assert_eq!(mode(&file), 0o600);
}

#[test]
fn a_folder_that_was_open_to_all_becomes_private() {
    let home = tempdir().unwrap();
    let folder = home.path().join("keyfob");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();

    atomic_file::private_folder(&folder).unwrap();

    assert_eq!(mode(&folder), 0o700);
}

// Shows T15.
#[test]
fn a_link_at_the_target_is_replaced_and_not_followed() {
    let home = tempdir().unwrap();
    let (elsewhere, file) = (home.path().join("elsewhere"), home.path().join("list"));
    fs::write(&elsewhere, "theirs").unwrap();
    symlink(&elsewhere, &file).unwrap();

    atomic_file::replace(&file, b"ours").unwrap();

    assert_eq!(fs::read(&elsewhere).unwrap(), b"theirs");
    assert!(fs::symlink_metadata(&file).unwrap().is_file());
    assert_eq!(fs::read(&file).unwrap(), b"ours");
}

// Shows S4.
#[test]
fn a_failed_write_leaves_the_folder_unchanged() {
    let home = tempdir().unwrap();
    let in_the_way = home.path().join("list");
    fs::create_dir(&in_the_way).unwrap();

    let refused = atomic_file::replace(&in_the_way, b"x").unwrap_err();

    assert_eq!(refused.kind(), ErrorKind::IsADirectory);
    assert_eq!(names(home.path()), ["list"]);
    let nowhere = atomic_file::replace(&home.path().join("no/such/folder"), b"x").unwrap_err();
    assert_eq!(nowhere.kind(), ErrorKind::NotFound);
}

// Shows S8.
#[test]
fn a_name_as_long_as_the_system_allows_can_be_written() {
    let home = tempdir().unwrap();
    let file = home.path().join("n".repeat(255));

    atomic_file::replace(&file, b"x").unwrap();

    assert_eq!(atomic_file::read(&file, 1), Ok(Some(b"x".to_vec())));
}

#[test]
fn only_plain_files_within_the_limit_are_read() {
    let home = tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("file"), "12345").unwrap();
    symlink(at("file"), at("link")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());

    assert_eq!(atomic_file::read(&at("file"), 5), Ok(Some(b"12345".to_vec())));
    assert_eq!(atomic_file::read(&at("file"), 4), Err(Unreadable::TooLarge));
    for odd in ["link", "folder", "pipe"] {
        assert_eq!(atomic_file::read(&at(odd), 5), Err(Unreadable::NotAFile), "{odd}");
    }
}

// Shows S5.
#[test]
fn a_link_swapped_in_during_a_read_is_not_followed() {
    let home = tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let (file, link, elsewhere, over) = (at("file"), at("link"), at("elsewhere"), AtomicBool::new(false));
    fs::write(&file, "ours").unwrap();
    fs::write(&elsewhere, "other").unwrap();

    let followed = thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                symlink(&elsewhere, &link).unwrap();
                fs::rename(&link, &file).unwrap();
                fs::write(&link, "ours").unwrap();
                fs::rename(&link, &file).unwrap();
            }
        });
        let followed = (0..50_000).any(|_| atomic_file::read(&file, 9) == Ok(Some(b"other".to_vec())));
        over.store(true, Ordering::Relaxed);
        followed
    });
    assert!(!followed);
}

// Shows S8.
#[test]
fn a_file_of_another_user_is_not_read() {
    let home = tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "x").unwrap();
    if std::os::unix::fs::chown(&file, Some(12345), None).is_err() {
        println!("only root can give a file away, so here a file that is root's stands in for it");
        assert_eq!(atomic_file::read(Path::new("/etc/passwd"), 1 << 20), Err(Unreadable::NotOurs));
        return;
    }

    assert_eq!(atomic_file::read(&file, 5), Err(Unreadable::NotOurs));
}

#[test]
fn sweeping_removes_only_files_of_killed_writes() {
    let home = tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    for name in [".keyfob-a1b2c3.part", ".keyfob-zzz.part", "vault.age", ".keyfob-notes", "other.part"] {
        fs::write(at(name), "x").unwrap();
    }
    fs::create_dir(at(".keyfob-folder.part")).unwrap();
    fs::write(home.path().join(OsStr::new("ünï")), "x").unwrap();

    atomic_file::sweep(home.path());

    assert_eq!(names(home.path()), [".keyfob-folder.part", ".keyfob-notes", "other.part", "vault.age", "ünï"]);
}

#[test]
fn a_write_sweeps_abandoned_files_but_not_locked_ones() {
    let home = tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at(".keyfob-written.part"), "by a running process").unwrap();
    fs::write(at(".keyfob-left.part"), "by a killed process").unwrap();
    let writer = fs::File::open(at(".keyfob-written.part")).unwrap();
    writer.lock().unwrap();

    atomic_file::replace(&at("list"), b"x").unwrap();
    assert_eq!(names(home.path()), [".keyfob-written.part", "list"]);

    drop(writer);
    atomic_file::replace(&at("list"), b"x").unwrap();
    assert_eq!(names(home.path()), ["list"]);
}

#[test]
fn concurrent_writers_do_not_sweep_each_others_files() {
    let home = tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let file = home.path().join(format!("list-{writer}"));
            scope.spawn(move || (0..200).for_each(|_| atomic_file::replace(&file, b"x").unwrap()));
        }
    });
    assert_eq!(names(home.path()), ["list-0", "list-1", "list-2", "list-3"]);
}

#[test]
fn removing_a_file_twice_reports_not_found() {
    let home = tempdir().unwrap();
    let file = home.path().join("list");
    atomic_file::replace(&file, b"x").unwrap();
    atomic_file::remove(&file).unwrap();
    assert!(names(home.path()).is_empty());
    assert_eq!(atomic_file::remove(&file).unwrap_err().kind(), ErrorKind::NotFound);
}
