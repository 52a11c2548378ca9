//! Tests of the sealed vault: what is on the disk before and after, whatever goes wrong in between.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(clippy::print_stdout, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob::storage::keychain::{Keychain, KeychainProblem};
use keyfob::storage::vault::{Generation, HeldBy, Key, LIMIT, Opened, Vault, VaultProblem};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

#[path = "vault/authenticity.rs"]
mod authenticity;

const CANARY: &str = "1000.canary-of-a-refresh-token";

#[test]
fn saved_contents_survive_a_restart() {
    let desk = Desk::new();
    let first = desk.open().unwrap();
    assert!(first.contents.is_none());
    assert_eq!(first.generation, Generation::Fresh);
    assert_eq!(first.vault.held_by(), HeldBy::Keyring);

    let mut vault = first.vault;
    vault.save(&bytes("one")).unwrap();
    vault.save(&bytes("two")).unwrap();

    desk.finds("two", Generation::Current);
}

#[test]
fn opening_an_empty_folder_creates_and_asks_nothing() {
    let desk = Desk::new();
    desk.keyring.answers(Mood::Refusing(KeychainProblem::Absent));
    assert_eq!(desk.open().unwrap().generation, Generation::Fresh);
    assert!(!desk.folder().exists());
}

// Shows S1.
#[test]
fn the_previous_generation_replaces_a_missing_current_one() {
    let desk = Desk::holding(&["one", "two", "three"]);
    fs::remove_file(desk.current()).unwrap();
    desk.finds("two", Generation::Previous);
}

#[test]
fn an_existing_vault_is_detected_without_the_key() {
    assert!(!Vault::is_in(&Desk::new().folder()));

    let desk = Desk::holding(&["one", "two"]);
    assert!(Vault::is_in(&desk.folder()));
    fs::remove_file(desk.current()).unwrap();
    assert!(Vault::is_in(&desk.folder()), "the previous generation exists");
    fs::remove_file(desk.previous()).unwrap();
    assert!(!Vault::is_in(&desk.folder()));

    fs::remove_dir_all(desk.folder()).unwrap();
    fs::write(desk.folder(), "a file where the folder should be").unwrap();
    assert!(Vault::is_in(&desk.folder()), "opening reports what is wrong");
}

// Shows T14; ASVS 13.3.1.
#[test]
fn no_file_shows_the_vaults_contents_or_key() {
    let desk = Desk::holding(&[CANARY, CANARY]);
    let key = desk.keyring.kept().unwrap();
    let identity = key.lines().next().unwrap();
    for (name, file) in desk.files() {
        for secret in [CANARY, identity] {
            assert!(!file.windows(secret.len()).any(|part| part == secret.as_bytes()), "{name}");
        }
    }
    let opened = desk.open().unwrap();
    assert!(!format!("{opened:?}").contains("canary"), "{opened:?}");
}

/// The vault was stored at commit `dd2ef93`.
#[test]
fn a_stored_vault_opens_with_its_record() {
    let (home, stored) = (tempfile::tempdir().unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stored"));
    let folder = home.path().join("keyfob");
    fs::create_dir(&folder).unwrap();
    for file in fs::read_dir(stored.join("vault")).unwrap().flatten() {
        let copy = folder.join(file.file_name());
        fs::copy(file.path(), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();

    let opened = Vault::open(&folder, passphrase("open sesame")).unwrap();
    assert_eq!(opened.generation, Generation::Current);
    let record = opened.contents.unwrap();
    assert_eq!(record.expose_secret(), fs::read(stored.join("record.json")).unwrap());
}

/// The umask applies to the whole process, so this test runs in a child process.
// Shows T14; ASVS 13.3.2.
#[test]
fn the_vault_is_owner_only_whatever_the_umask() {
    if std::env::var_os("KEYFOB_STORY_UMASK").is_some() {
        rustix::process::umask(rustix::fs::Mode::empty());
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("keyfob");
        let mut vault = Vault::open(&folder, passphrase("open sesame")).unwrap().vault;
        vault.save(&bytes("one")).unwrap();
        vault.save(&bytes("two")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode(&folder), 0o700);
        for name in ["vault.age", "vault.previous.age", "vault.key.age"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
        return;
    }
    let story = "the_vault_is_owner_only_whatever_the_umask";
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", story])
        .env("KEYFOB_STORY_UMASK", "000")
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
}

// Shows S5.
#[test]
fn a_truncated_vault_is_set_aside_for_the_previous_one() {
    let desk = Desk::holding(&["one", "two"]);
    let whole = fs::read(desk.current()).unwrap();
    for length in 0..whole.len() {
        desk.survives_as_current(&whole[..length], &format!("cut to {length}"));
    }
}

// Shows S5.
#[test]
fn a_vault_with_a_flipped_bit_is_set_aside() {
    let desk = Desk::holding(&["one", "two"]);
    let whole = fs::read(desk.current()).unwrap();
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        desk.survives_as_current(&flipped, &format!("bit {bit}"));
    }
}

#[test]
fn trailing_bytes_or_another_format_count_as_damage() {
    let desk = Desk::holding(&["one", "two"]);
    let whole = fs::read(desk.current()).unwrap();
    let longer = [&whole[..], b"x"].concat();
    let nuls = vec![0; whole.len()];
    let line_only = b"keyfob vault 1\n".to_vec();
    for odd in [longer, nuls, line_only, b"\n".to_vec(), b"{\"version\":1}\n".to_vec()] {
        desk.survives_as_current(&odd, &String::from_utf8_lossy(&odd));
    }
}

#[test]
fn a_changed_vault_with_a_valid_checksum_is_not_authentic() {
    let desk = Desk::holding(&["one", "two"]);
    let whole = fs::read(desk.current()).unwrap();
    let mut body = body_of(&whole);
    *body.last_mut().unwrap() ^= 1;
    desk.refuses_as_current(&in_envelope("vault", 2, &body), "the seal is broken");
}

#[test]
fn an_oversized_vault_is_set_aside() {
    let desk = Desk::holding(&["one", "two"]);
    let huge = fs::File::options().write(true).open(desk.current()).unwrap();
    huge.set_len(100 << 20).unwrap();
    let opened = desk.finds("one", Generation::Previous);
    assert_eq!(fs::metadata(&opened.set_aside[0]).unwrap().len(), 100 << 20);
}

#[test]
fn two_damaged_generations_are_set_aside_for_a_fresh_vault() {
    let desk = Desk::holding(&["one", "two"]);
    let key = desk.keyring.kept();
    fs::write(desk.current(), "damage 2").unwrap();
    fs::write(desk.previous(), "damage 1").unwrap();

    let opened = desk.open().unwrap();

    assert!(opened.contents.is_none());
    assert_eq!(opened.generation, Generation::Fresh);
    assert_eq!(opened.set_aside, [desk.at("vault.damaged-1.age"), desk.at("vault.previous.damaged-1.age")]);
    assert_eq!(fs::read(&opened.set_aside[0]).unwrap(), b"damage 2");
    assert_eq!(fs::read(&opened.set_aside[1]).unwrap(), b"damage 1");
    let mut vault = opened.vault;
    vault.save(&bytes("three")).unwrap();
    desk.finds("three", Generation::Current);
    assert_eq!(desk.keyring.kept(), key, "the key in the keyring is reused, not replaced");
}

#[test]
fn files_set_aside_are_never_overwritten() {
    let desk = Desk::holding(&["one", "two"]);
    for number in 1..=3 {
        let damage = format!("damage {number}");
        fs::write(desk.current(), &damage).unwrap();
        let mut vault = desk.finds("one", Generation::Previous).vault;
        assert_eq!(fs::read_to_string(desk.at(&format!("vault.damaged-{number}.age"))).unwrap(), damage);
        vault.save(&bytes("one")).unwrap();
    }
    assert_eq!(fs::read(desk.at("vault.damaged-1.age")).unwrap(), b"damage 1");
}

#[test]
fn damage_at_run_time_does_not_replace_the_good_generation() {
    let desk = Desk::holding(&["one"]);
    let mut vault = desk.open().unwrap().vault;
    vault.save(&bytes("two")).unwrap();
    fs::write(desk.current(), "damage").unwrap();

    vault.save(&bytes("three")).unwrap();

    assert_eq!(fs::read(desk.at("vault.damaged-1.age")).unwrap(), b"damage");
    fs::remove_file(desk.current()).unwrap();
    desk.finds("one", Generation::Previous);
}

// Shows S5.
#[test]
fn a_newer_keyfobs_vault_is_reported_and_not_touched() {
    let desk = Desk::holding(&["one", "two"]);
    let mut running = desk.open().unwrap().vault;
    let newer = in_envelope("vault", 3, b"who knows");
    for place in [desk.current(), desk.previous()] {
        let healthy = fs::read(&place).unwrap();
        fs::write(&place, &newer).unwrap();
        if place == desk.current() {
            assert_eq!(desk.open().unwrap_err(), VaultProblem::Newer { version: 3 });
        }
        let before = desk.files();
        assert_eq!(running.save(&bytes("three")), Err(VaultProblem::Newer { version: 3 }));
        assert_eq!(desk.files(), before);
        fs::write(&place, healthy).unwrap();
    }
}

#[test]
fn a_newer_previous_generation_is_not_touched_either() {
    let desk = Desk::holding(&["one", "two"]);
    fs::write(desk.current(), "damage").unwrap();
    fs::write(desk.previous(), in_envelope("vault", 7, b"who knows")).unwrap();
    let before = desk.files();
    assert_eq!(desk.open().unwrap_err(), VaultProblem::Newer { version: 7 });
    assert_eq!(desk.files(), before);
}

#[test]
fn a_missing_or_foreign_key_is_not_taken_for_damage() {
    let desk = Desk::holding(&["one", "two"]);
    let before = desk.files();
    let stranger = Desk::holding(&["theirs"]).keyring.kept();
    for kept in [None, stranger] {
        desk.keyring.set(kept);
        assert_eq!(desk.open().unwrap_err(), VaultProblem::KeyMissing);
        assert_eq!(desk.files(), before);
    }
    fs::write(desk.current(), "damage").unwrap();
    let before = desk.files();
    assert_eq!(desk.open().unwrap_err(), VaultProblem::KeyMissing);
    assert_eq!(desk.files(), before, "no file is renamed, not even the damaged one, without the key");
}

#[test]
fn a_keyring_problem_is_reported_and_changes_no_file() {
    let desk = Desk::holding(&["one", "two"]);
    let before = desk.files();
    for problem in [KeychainProblem::Absent, KeychainProblem::Locked, KeychainProblem::Slow] {
        desk.keyring.answers(Mood::Refusing(problem));
        assert_eq!(desk.open().unwrap_err(), VaultProblem::Keychain(problem));
        assert_eq!(desk.files(), before);
    }
    desk.keyring.answers(Mood::Faithful);
    desk.finds("two", Generation::Current);
}

#[test]
fn a_foreign_entry_in_the_keyring_is_kept() {
    let desk = Desk::new();
    desk.keyring.set(Some("canary, not a key".into()));
    let problem = desk.open().unwrap().vault.save(&bytes("one")).unwrap_err();
    assert!(matches!(problem, VaultProblem::Keychain(KeychainProblem::Refused { .. })), "{problem:?}");
    assert!(!format!("{problem} {problem:?}").contains("canary"));
    assert_eq!(desk.keyring.kept().unwrap(), "canary, not a key");
    assert!(!desk.current().exists());
}

// Shows T14, S6; ASVS 13.3.1.
#[test]
fn no_vault_is_written_before_its_key_is_stored() {
    for mood in [
        Mood::Refusing(KeychainProblem::Absent),
        Mood::Refusing(KeychainProblem::Locked),
        Mood::Forgetful,
        Mood::Confused,
    ] {
        let desk = Desk::new();
        let mut vault = desk.open().unwrap().vault;
        desk.keyring.answers(mood);

        let expected = match mood {
            Mood::Refusing(problem) => problem,
            _ => KeychainProblem::Unfaithful,
        };
        assert_eq!(vault.prove(), Err(VaultProblem::Keychain(expected)));
        assert_eq!(vault.save(&bytes("one")), Err(VaultProblem::Keychain(expected)));
        assert!(desk.files().is_empty(), "{mood:?}");

        desk.keyring.answers(Mood::Faithful);
        desk.keyring.set(None);
        vault.prove().unwrap();
        vault.save(&bytes("one")).unwrap();
        desk.finds("one", Generation::Current);
    }
}

#[test]
fn a_retry_offers_the_keyring_the_same_key() {
    let desk = Desk::new();
    let mut vault = desk.open().unwrap().vault;
    desk.keyring.answers(Mood::KeepsButSaysSlow);
    vault.save(&bytes("one")).unwrap_err();
    let late = desk.keyring.kept();
    desk.keyring.set(None);
    desk.keyring.answers(Mood::Faithful);
    vault.save(&bytes("one")).unwrap();
    assert_eq!(desk.keyring.kept(), late);
}

#[test]
fn proving_creates_the_key_and_the_folder_but_no_vault() {
    let desk = Desk::new();
    let mut vault = desk.open().unwrap().vault;
    vault.prove().unwrap();
    assert!(desk.keyring.kept().is_some());
    assert!(desk.folder().is_dir() && desk.files().is_empty());

    desk.keyring.answers(Mood::Refusing(KeychainProblem::Locked));
    assert_eq!(vault.prove(), Err(VaultProblem::Keychain(KeychainProblem::Locked)));
    vault.save(&bytes("the key is known by now")).unwrap();
}

// Shows T14.
#[test]
fn a_passphrase_opens_its_vault_and_a_wrong_one_does_not() {
    let desk = Desk::new();
    let mut vault = desk.open_with(passphrase("open sesame")).unwrap().vault;
    assert_eq!(vault.held_by(), HeldBy::Passphrase);
    vault.save(&bytes("one")).unwrap();
    let before = desk.files();

    assert_eq!(desk.open_with(passphrase("open barley")).unwrap_err(), VaultProblem::PassphraseWrong);
    assert_eq!(desk.open().unwrap_err(), VaultProblem::PassphraseNeeded);
    let opened = desk.open_with(passphrase("open sesame")).unwrap();
    assert_eq!(opened.contents.unwrap().expose_secret(), b"one");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_passphrase_does_not_open_a_keyring_vault() {
    let desk = Desk::holding(&["one"]);
    let before = desk.files();
    assert_eq!(desk.open_with(passphrase("open sesame")).unwrap_err(), VaultProblem::KeyMissing);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_wrong_passphrase_is_reported_before_the_first_save() {
    let desk = Desk::new();
    desk.open_with(passphrase("open sesame")).unwrap().vault.prove().unwrap();
    assert_eq!(desk.open_with(passphrase("open barley")).unwrap_err(), VaultProblem::PassphraseWrong);
}

#[test]
fn a_bad_key_file_is_not_taken_for_a_wrong_passphrase() {
    let desk = Desk::new();
    desk.open_with(passphrase("open sesame")).unwrap().vault.save(&bytes("one")).unwrap();
    let key = desk.at("vault.key.age");
    let whole = fs::read(&key).unwrap();
    let cut = whole[..whole.len() - 1].to_vec();
    let demanding = in_envelope("key", 1, &asking_for_work(&body_of(&whole), 21));
    let newer = in_envelope("key", 3, b"who knows");
    for (file, expected) in [
        (cut, VaultProblem::KeyDamaged),
        (demanding, VaultProblem::KeyDamaged),
        (newer, VaultProblem::Newer { version: 3 }),
    ] {
        fs::write(&key, file).unwrap();
        let before = desk.files();
        assert_eq!(desk.open_with(passphrase("open sesame")).unwrap_err(), expected);
        assert_eq!(desk.files(), before);
    }
}

// Shows T14.
#[test]
fn a_vault_for_this_run_uses_no_disk_and_no_keyring() {
    let desk = Desk::holding(&["one"]);
    desk.keyring.answers(Mood::Refusing(KeychainProblem::Absent));
    let before = desk.files();

    let opened = desk.open_with(Key::ThisRunOnly).unwrap();
    let mut vault = opened.vault;
    assert!(opened.contents.is_none());
    assert_eq!(vault.held_by(), HeldBy::ThisRunOnly);
    vault.prove().unwrap();
    vault.save(&bytes("two")).unwrap();

    assert_eq!(desk.files(), before);
}

#[test]
fn putting_a_vault_away_loses_none_of_its_files() {
    let desk = Desk::holding(&["one", "two"]);
    let before = desk.files();
    desk.keyring.set(None);

    let away = Vault::put_away(&desk.folder()).unwrap();

    assert_eq!(away, [desk.at("vault.put-away-1.age"), desk.at("vault.previous.put-away-1.age")]);
    assert_eq!(desk.files().len(), before.len());
    let mut vault = desk.open().unwrap().vault;
    vault.save(&bytes("three")).unwrap();
    desk.finds("three", Generation::Current);
    assert_eq!(fs::read(&away[0]).unwrap(), before["vault.age"]);
    assert_eq!(fs::read(&away[1]).unwrap(), before["vault.previous.age"]);
}

// Shows S5.
#[test]
fn links_and_folders_in_the_vaults_place_are_left_alone() {
    for name in ["vault.age", "vault.previous.age"] {
        let desk = Desk::holding(&["one", "two"]);
        let mut running = desk.open().unwrap().vault;
        let (place, elsewhere) = (desk.at(name), desk.home.path().join("elsewhere"));
        fs::rename(&place, &elsewhere).unwrap();
        let theirs = fs::read(&elsewhere).unwrap();
        let problem = VaultProblem::NotAFile { path: place.clone() };

        symlink(&elsewhere, &place).unwrap();
        assert_eq!(running.save(&bytes("three")).unwrap_err(), problem);
        fs::remove_file(&place).unwrap();
        fs::create_dir(&place).unwrap();
        assert_eq!(running.save(&bytes("three")).unwrap_err(), problem);
        if name == "vault.age" {
            assert_eq!(desk.open().unwrap_err(), problem);
        }
        assert!(place.is_dir());
        assert_eq!(fs::read(&elsewhere).unwrap(), theirs);
    }
}

// Shows S4.
#[test]
fn a_folder_that_cannot_be_created_fails_the_save() {
    let desk = Desk::new();
    let mut vault = desk.open().unwrap().vault;
    fs::write(desk.folder(), "a file where the folder should be").unwrap();
    let problem = VaultProblem::SaveFailed { kind: ErrorKind::AlreadyExists };
    assert_eq!(vault.save(&bytes("one")), Err(problem.clone()));
    assert_eq!(vault.prove(), Err(problem));
}

/// A file size limit simulates a full disk, since it applies to root as well. It applies to the whole process, so the
/// save runs in a child process.
// Shows S4.
#[test]
fn a_save_on_a_full_disk_fails_and_keeps_the_vault() {
    const FOLDER: &str = "KEYFOB_STORY_FOLDER";
    if let Some(folder) = std::env::var_os(FOLDER) {
        let opened = Vault::open(folder.as_ref(), passphrase("open sesame")).unwrap();
        let mut vault = opened.vault;
        let refused = vault.save(&bytes(&"x".repeat(1 << 20)));
        assert_eq!(refused, Err(VaultProblem::SaveFailed { kind: ErrorKind::FileTooLarge }));
        return;
    }
    let desk = Desk::new();
    let mut vault = desk.open_with(passphrase("open sesame")).unwrap().vault;
    vault.save(&bytes("one")).unwrap();
    vault.save(&bytes("two")).unwrap();

    let story = "a_save_on_a_full_disk_fails_and_keeps_the_vault";
    let limited = format!("trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact {story}");
    let told = Command::new("sh")
        .args(["-c", &limited])
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, desk.folder())
        .output()
        .unwrap();

    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
    assert_eq!(desk.files().into_keys().collect::<Vec<_>>(), ["vault.age", "vault.key.age", "vault.previous.age"]);
    let opened = desk.open_with(passphrase("open sesame")).unwrap();
    assert_eq!(opened.contents.unwrap().expose_secret(), b"two");
}

#[test]
fn oversized_contents_are_refused_and_the_vault_is_kept() {
    let desk = Desk::holding(&["one"]);
    let mut vault = desk.open().unwrap().vault;
    assert_eq!(vault.save(&SecretSlice::from(vec![7; LIMIT + 1])), Err(VaultProblem::TooLarge));
    desk.finds("one", Generation::Current);
}

// Shows S7.
#[test]
fn empty_and_large_contents_are_saved() {
    let desk = Desk::new();
    let thousand = "a connection, its registration and its grant ".repeat(40_000);
    for contents in ["", &thousand] {
        desk.open().unwrap().vault.save(&bytes(contents)).unwrap();
        desk.finds(contents, Generation::Current);
    }
}

// Shows S1.
#[test]
fn files_of_a_killed_save_are_swept_at_the_next_start() {
    let desk = Desk::holding(&["one"]);
    fs::write(desk.at(".keyfob-x7Kq2.part"), "half a vault").unwrap();
    desk.finds("one", Generation::Current);
    assert_eq!(desk.files().into_keys().collect::<Vec<_>>(), ["vault.age"]);
}

/// Pins the format: this file was written when version 1 was new.
#[test]
fn a_version_1_vault_still_opens() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    fs::write(desk.current(), include_bytes!("vault/version-1.age")).unwrap();
    desk.keyring.set(Some(include_str!("vault/version-1.key").trim().into()));
    desk.finds("kept since the first day", Generation::Current);
}

fn bytes(text: &str) -> SecretSlice<u8> {
    SecretSlice::from(text.as_bytes().to_vec())
}

fn passphrase(words: &str) -> Key {
    Key::Passphrase { passphrase: SecretString::from(words), work_factor: 2 }
}

fn body_of(file: &[u8]) -> Vec<u8> {
    let end = file.iter().position(|byte| *byte == b'\n').unwrap();
    file[end + 1..].to_vec()
}

/// Adds the first line as `envelope` describes it; implemented a second time here on purpose.
fn in_envelope(kind: &str, version: u32, body: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let title = format!("keyfob {kind} {version}");
    let sum = Sha256::digest([title.as_bytes(), b"\n", body].concat());
    [format!("{title} {sum:x}\n").as_bytes(), body].concat()
}

/// The same passphrase file, but requesting 2^`work` rounds.
fn asking_for_work(body: &[u8], work: u8) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = body.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let stanza = lines.iter_mut().find(|line| line.starts_with(b"-> scrypt ")).unwrap();
    let factor = stanza.iter().rposition(|byte| *byte == b' ').unwrap();
    stanza.truncate(factor + 1);
    stanza.extend_from_slice(work.to_string().as_bytes());
    lines.join(&b'\n')
}

/// The user's folder and keyring.
struct Desk {
    home: TempDir,
    keyring: Arc<PretendKeyring>,
}

impl Desk {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), keyring: Arc::default() }
    }

    fn holding(generations: &[&str]) -> Self {
        let desk = Self::new();
        let mut vault = desk.open().unwrap().vault;
        for contents in generations {
            vault.save(&bytes(contents)).unwrap();
        }
        desk
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("keyfob")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn current(&self) -> PathBuf {
        self.at("vault.age")
    }

    fn previous(&self) -> PathBuf {
        self.at("vault.previous.age")
    }

    fn open(&self) -> Result<Opened, VaultProblem> {
        let keychain = Arc::clone(&self.keyring) as Arc<dyn Keychain>;
        self.open_with(Key::Keyring { keychain, patience: Duration::from_secs(1) })
    }

    fn open_with(&self, key: Key) -> Result<Opened, VaultProblem> {
        Vault::open(&self.folder(), key)
    }

    fn finds(&self, contents: &str, generation: Generation) -> Opened {
        let opened = self.open().unwrap();
        assert_eq!(opened.generation, generation);
        assert_eq!(opened.contents.as_ref().unwrap().expose_secret(), contents.as_bytes());
        opened
    }

    /// Replaces the current generation with `file`, expects "one" from the previous one, and cleans up.
    fn survives_as_current(&self, file: &[u8], how: &str) {
        let opened = self.finds_one_behind(file, how);
        assert_eq!(opened.set_aside, [self.at("vault.damaged-1.age")], "{how}");
        assert!(opened.not_authentic.is_empty(), "{how}");
        assert_eq!(fs::read(&opened.set_aside[0]).unwrap(), file, "{how}");
        fs::remove_file(&opened.set_aside[0]).unwrap();
    }

    /// The same for a file that is whole but not authentic.
    fn refuses_as_current(&self, file: &[u8], how: &str) {
        let opened = self.finds_one_behind(file, how);
        assert_eq!(opened.not_authentic, [self.at("vault.not-authentic-1.age")], "{how}");
        assert!(opened.set_aside.is_empty(), "{how}");
        assert_eq!(fs::read(&opened.not_authentic[0]).unwrap(), file, "{how}");
        fs::remove_file(&opened.not_authentic[0]).unwrap();
    }

    fn finds_one_behind(&self, file: &[u8], how: &str) -> Opened {
        fs::write(self.current(), file).unwrap();
        let opened = self.open().unwrap_or_else(|problem| panic!("{how}: {problem}"));
        assert_eq!(opened.generation, Generation::Previous, "{how}");
        assert_eq!(opened.contents.as_ref().unwrap().expose_secret(), b"one", "{how}");
        opened
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.folder()) else {
            return BTreeMap::new();
        };
        let named = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
        entries.map(|entry| named(entry.unwrap().path())).collect()
    }
}

/// A fake keyring whose behaviour a test can change at any time.
#[derive(Default)]
struct PretendKeyring {
    kept: Mutex<Option<String>>,
    mood: Mutex<Mood>,
}

#[derive(Debug, Clone, Copy, Default)]
enum Mood {
    #[default]
    Faithful,
    Refusing(KeychainProblem),
    /// Reports success without storing anything.
    Forgetful,
    /// Returns another key than was stored.
    Confused,
    KeepsButSaysSlow,
    /// Returns what it has and refuses to store anything.
    ReadOnly,
}

impl PretendKeyring {
    fn answers(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn kept(&self) -> Option<String> {
        self.kept.lock().unwrap().clone()
    }

    fn set(&self, kept: Option<String>) {
        *self.kept.lock().unwrap() = kept;
    }

    fn mood(&self) -> Result<Mood, KeychainProblem> {
        match *self.mood.lock().unwrap() {
            Mood::Refusing(problem) => Err(problem),
            mood => Ok(mood),
        }
    }
}

impl Keychain for PretendKeyring {
    fn load(&self, _: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        self.mood()?;
        Ok(self.kept().map(SecretString::from))
    }

    fn store(&self, secret: &SecretString, _: Duration) -> Result<(), KeychainProblem> {
        let secret = secret.expose_secret().to_owned();
        match self.mood()? {
            Mood::Forgetful => {}
            Mood::ReadOnly => return Err(KeychainProblem::Locked),
            Mood::Confused => self.set(Desk::holding(&["another"]).keyring.kept()),
            Mood::KeepsButSaysSlow => {
                self.set(Some(secret));
                return Err(KeychainProblem::Slow);
            }
            _ => self.set(Some(secret)),
        }
        Ok(())
    }

    fn delete(&self, _: Duration) -> Result<(), KeychainProblem> {
        self.mood()?;
        self.set(None);
        Ok(())
    }

    fn probe(&self, _: Duration) -> Result<(), KeychainProblem> {
        match self.mood()? {
            Mood::Forgetful | Mood::Confused => Err(KeychainProblem::Unfaithful),
            _ => Ok(()),
        }
    }
}
