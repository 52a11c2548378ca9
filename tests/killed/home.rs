//! The files of a trial: the vault's folder, a keyring, and a folder of the user's.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use keyfob::storage::keychain::Keychain;
use keyfob::storage::vault::{Key, Opened, Vault, VaultProblem};
use secrecy::SecretSlice;
use tempfile::TempDir;

use crate::before_authentication;
use crate::keyring::FileKeyring;
use crate::story::{HeldBy, Operation, Story};

/// A low work factor, for tests.
pub const WORK_FACTOR: u8 = 2;

/// The damaged vault that a save finds.
const DAMAGE: &[u8] = b"keyfob vault 1 and then nonsense";
const OLDER_DAMAGE: &[u8] = b"damage of another day";
/// The file that a killed write leaves.
const STRAY: &str = ".keyfob-stray1.part";

pub struct Home(PathBuf);

impl Home {
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn folder(&self) -> PathBuf {
        self.0.join("keyfob")
    }

    pub fn persons_folder(&self) -> PathBuf {
        self.0.join("documents")
    }

    /// The user's file that is written.
    pub fn file(&self) -> PathBuf {
        self.persons_folder().join("token.env")
    }

    pub fn keyring(&self) -> PathBuf {
        self.0.join("keyring")
    }

    pub fn key(&self, held_by: HeldBy, passphrase: &str) -> Key {
        match held_by {
            HeldBy::Keyring => {
                let keychain: Arc<dyn Keychain> = Arc::new(FileKeyring(self.keyring()));
                Key::Keyring { keychain, patience: Duration::from_secs(1) }
            }
            HeldBy::Passphrase => Key::Passphrase { passphrase: passphrase.into(), work_factor: WORK_FACTOR },
        }
    }

    /// Creates a home as it is before the story.
    pub fn before(story: &Story) -> TempDir {
        let home = room();
        Self::at(home.path()).furnish(story);
        home
    }

    fn furnish(&self, story: &Story) {
        fs::create_dir(self.persons_folder()).unwrap();
        if story.operation == Operation::FirstSave {
            return;
        }
        if !story.operation.is_on_the_vault() {
            if let Some(number) = story.operation.before() {
                fs::write(self.file(), story.content(number)).unwrap();
                fs::write(self.persons_folder().join(STRAY), story.content(number)).unwrap();
            }
            return;
        }
        if story.operation == Operation::Renew {
            return before_authentication::furnish(self, story);
        }
        let mut vault = Vault::open(&self.folder(), self.key(story.held_by, "open sesame")).unwrap().vault;
        for number in 1..=story.operation.before().unwrap() {
            vault.save(&SecretSlice::from(story.content(number))).unwrap();
        }
        match story.operation {
            Operation::SaveOverDamage => {
                vault.save(&SecretSlice::from(story.content(2))).unwrap();
                fs::write(self.folder().join("vault.age"), DAMAGE).unwrap();
                fs::write(self.folder().join("vault.damaged-1.age"), OLDER_DAMAGE).unwrap();
            }
            Operation::Sweep => {
                for stray in [STRAY, ".keyfob-stray2.part", ".keyfob-stray3.part"] {
                    fs::write(self.folder().join(stray), "half of a save").unwrap();
                }
            }
            Operation::PutAway => FileKeyring(self.keyring()).delete(Duration::ZERO).unwrap(),
            _ => {}
        }
    }

    /// Copies the home.
    pub fn copy(&self) -> TempDir {
        let copy = room();
        copy_into(&self.0, copy.path());
        copy
    }

    pub fn open(&self, held_by: HeldBy, passphrase: &str) -> Result<Opened, VaultProblem> {
        Vault::open(&self.folder(), self.key(held_by, passphrase))
    }

    /// Returns every file of a folder: its name and content.
    pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
    }

    /// Returns the content that was set aside before the story, or damaged, and must survive it.
    pub fn keepsakes(story: &Story) -> &'static [&'static [u8]] {
        if story.operation == Operation::SaveOverDamage { &[DAMAGE, OLDER_DAMAGE] } else { &[] }
    }
}

/// Whether a killed write leaves files with such a name.
pub fn is_part(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "part")
}

/// Creates a folder in memory if possible: thousands of flushes would wear a disk without proving more.
fn room() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copy = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&copy).unwrap();
            fs::set_permissions(&copy, entry.metadata().unwrap().permissions()).unwrap();
            copy_into(&entry.path(), &copy);
        } else {
            fs::copy(entry.path(), copy).unwrap();
        }
    }
}
