//! Tests of the vault's thread, which answers asynchronously.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(missing_docs, reason = "a test crate has no public interface")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfob::storage::keychain::{Keychain, KeychainProblem};
use keyfob::storage::vault_thread::VaultThread;
use keyfob_core::Problem;
use keyfob_core::effect::{KeptBy, Opened};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use tempfile::tempdir;

const SOON: Duration = Duration::from_secs(20);

#[test]
fn the_last_save_survives_a_restart() {
    let (folder, keyring) = (tempdir().unwrap(), Keyring::fine());
    let vault = started(folder.path(), &keyring);
    assert!(open(&vault).unwrap().record.is_none());
    let (said, heard) = mpsc::channel();
    for number in 0..5_u8 {
        let said = said.clone();
        vault.save(SecretSlice::from(vec![number]), move |saved| said.send((number, saved)).unwrap());
    }
    let heard: Vec<_> = (0..5).map(|_| heard.recv_timeout(SOON).unwrap()).collect();
    assert_eq!(heard, (0..5).map(|number| (number, Ok(None))).collect::<Vec<_>>(), "in order");

    let again = open(&started(folder.path(), &keyring)).unwrap();
    assert_eq!(again.record.unwrap().expose_secret(), [4]);
    assert_eq!(again.notice, None);
}

#[test]
fn a_first_start_reports_keyring_problems_and_recovers() {
    use KeychainProblem::{Absent, Locked, Refused, Slow, Unfaithful};
    for (trouble, told) in [
        (Absent, Problem::KeyringAbsent),
        (Locked, Problem::KeyringLocked),
        (Slow, Problem::KeyringSlow),
        (Unfaithful, Problem::KeyringFaulty),
        (Refused { reason: "no" }, Problem::KeyringFaulty),
    ] {
        let (folder, keyring) = (tempdir().unwrap(), Keyring::troubled(trouble));
        let vault = started(folder.path(), &keyring);
        assert_eq!(open(&vault).unwrap_err(), told);
        keyring.0.lock().unwrap().trouble = None;
        assert!(open(&vault).is_ok());
    }
}

// Shows S3.
#[test]
fn a_keyring_that_locks_later_does_not_stop_saves() {
    use KeychainProblem::{Absent, Locked, Slow};
    for trouble in [Absent, Locked, Slow] {
        let (folder, keyring) = (tempdir().unwrap(), Keyring::fine());
        let vault = started(folder.path(), &keyring);
        assert!(open(&vault).is_ok());
        assert_eq!(save(&vault), Ok(None));
        keyring.0.lock().unwrap().trouble = Some(trouble);
        assert_eq!(save(&vault), Ok(None), "Keyfob keeps the key while it runs");

        let next = started(folder.path(), &keyring);
        assert!(open(&next).is_err(), "the next start needs the keyring");
        keyring.0.lock().unwrap().trouble = None;
        assert_eq!(open(&next).unwrap().record.unwrap().expose_secret(), [1], "nothing was lost");
    }
}

#[test]
fn damage_is_reported_once_even_after_a_locked_keyring() {
    let (folder, keyring) = (tempdir().unwrap(), Keyring::troubled(KeychainProblem::Locked));
    fs::write(folder.path().join("vault.age"), "not a vault").unwrap();
    let vault = started(folder.path(), &keyring);
    assert_eq!(open(&vault).unwrap_err(), Problem::KeyringLocked);
    keyring.0.lock().unwrap().trouble = None;

    let Some(Problem::VaultDamaged { set_aside, recovered: false }) = open(&vault).unwrap().notice else {
        panic!("it is reported");
    };
    assert_eq!(fs::read_to_string(set_aside).unwrap(), "not a vault");
    assert_eq!(open(&vault).unwrap().notice, None);
}

// Shows S10.
#[test]
fn a_vault_changed_at_run_time_is_reported_once() {
    let (folder, keyring) = (tempdir().unwrap(), Keyring::fine());
    let vault = started(folder.path(), &keyring);
    open(&vault).unwrap();
    assert_eq!(save(&vault), Ok(None));
    fs::write(folder.path().join("vault.age"), "not a vault").unwrap();

    let Ok(Some(Problem::VaultChanged { set_aside })) = save(&vault) else { panic!("it is reported") };
    assert_eq!(fs::read_to_string(set_aside).unwrap(), "not a vault");
    assert_eq!(save(&vault), Ok(None));
    assert_eq!(open(&started(folder.path(), &keyring)).unwrap().record.unwrap().expose_secret(), [1]);
}

#[test]
fn a_changed_vault_is_reported_after_a_failed_save() {
    let (folder, keyring) = (tempdir().unwrap(), Keyring::fine());
    let (current, previous) = (folder.path().join("vault.age"), folder.path().join("vault.previous.age"));
    let vault = started(folder.path(), &keyring);
    open(&vault).unwrap();
    fs::write(previous, "not a vault").unwrap();
    fs::create_dir(&current).unwrap();
    assert!(matches!(save(&vault), Err(Problem::NotSaved { .. })));

    fs::remove_dir(current).unwrap();
    let Ok(Some(Problem::VaultChanged { set_aside })) = save(&vault) else { panic!("it is reported") };
    assert_eq!(fs::read_to_string(set_aside).unwrap(), "not a vault");
}

#[test]
fn saving_fails_before_the_vault_is_open() {
    let folder = tempdir().unwrap();
    let vault = started(folder.path(), &Keyring::fine());
    assert!(matches!(save(&vault), Err(Problem::NotSaved { .. })));
}

#[test]
fn a_vault_for_this_run_writes_nothing() {
    let (folder, keyring) = (tempdir().unwrap(), Keyring::troubled(KeychainProblem::Absent));
    let vault = started(folder.path(), &keyring);
    let (said, heard) = mpsc::channel();
    vault.open(KeptBy::ThisRun, move |opened| said.send(opened).unwrap());
    assert!(heard.recv_timeout(SOON).unwrap().unwrap().record.is_none());
    assert_eq!(save(&vault), Ok(None));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn started(folder: &Path, keyring: &Keyring) -> VaultThread {
    VaultThread::start(folder.to_owned(), Arc::new(keyring.clone())).unwrap()
}

fn open(vault: &VaultThread) -> Result<Opened, Problem> {
    let (said, heard) = mpsc::channel();
    vault.open(KeptBy::Keyring, move |opened| said.send(opened).unwrap());
    heard.recv_timeout(SOON).unwrap()
}

fn save(vault: &VaultThread) -> Result<Option<Problem>, Problem> {
    let (said, heard) = mpsc::channel();
    vault.save(SecretSlice::from(vec![1]), move |saved| said.send(saved).unwrap());
    heard.recv_timeout(SOON).unwrap()
}

/// A keyring in memory that can be made to fail.
#[derive(Clone, Default)]
struct Keyring(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    kept: Option<SecretString>,
    trouble: Option<KeychainProblem>,
}

impl Keyring {
    fn fine() -> Self {
        Self::default()
    }

    fn troubled(trouble: KeychainProblem) -> Self {
        Self(Arc::new(Mutex::new(Inside { kept: None, trouble: Some(trouble) })))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inside) -> T) -> Result<T, KeychainProblem> {
        let mut inside = self.0.lock().unwrap();
        match inside.trouble {
            Some(trouble) => Err(trouble),
            None => Ok(work(&mut inside)),
        }
    }
}

impl Keychain for Keyring {
    fn load(&self, _: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        self.with(|inside| inside.kept.clone())
    }

    fn store(&self, secret: &SecretString, _: Duration) -> Result<(), KeychainProblem> {
        self.with(|inside| inside.kept = Some(secret.clone()))
    }

    fn delete(&self, _: Duration) -> Result<(), KeychainProblem> {
        self.with(|inside| inside.kept = None)
    }

    fn probe(&self, _: Duration) -> Result<(), KeychainProblem> {
        self.with(|_| ())
    }
}
