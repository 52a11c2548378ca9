//! Who holds the vault's key, and how it comes into being.
//!
//! **Invariant:** nothing is sealed to a key that was not first kept and read back; and a key that is already kept is
//! used, never replaced.

use super::VaultProblem;
use super::drawer::{Drawer, Found, Slot};
use super::hand_over;
use super::seal::{self, Unsealed};
use crate::keychain::{Keychain, KeychainProblem};
use age::scrypt;
use age::x25519::Identity;
use keyfob_core::effect::NotUnsealed;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::sync::Arc;
use std::time::Duration;

/// How hard a passphrase is to try out: 2^18 rounds, some 256 MiB and a second.
pub const WORK_FACTOR: u8 = 18;
/// A key file asking for more than this is not ours: 2^20 rounds take 1 GiB.
pub(super) const MOST_WORK: u8 = 20;

/// The three ways to hold the key. There is no fourth: it never lies on the disk in the clear.
#[derive(Clone)]
pub enum Key {
    /// In the desktop's keyring, each call to it waiting at most `patience`.
    Keyring {
        /// Which keyring.
        keychain: Arc<dyn Keychain>,
        /// How long a call may take.
        patience: Duration,
    },
    /// In `vault.key.age`, sealed by a passphrase.
    Passphrase {
        /// What the person types at each start.
        passphrase: SecretString,
        /// For a new key file; [`WORK_FACTOR`] unless this is a test.
        work_factor: u8,
    },
    /// Nowhere. Nothing is written, and all is gone when Keyfob ends.
    ThisRunOnly,
}

/// [`Key`] without what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    /// The desktop's keyring.
    Keyring,
    /// A passphrase only the person knows.
    Passphrase,
    /// Nobody: this run only.
    ThisRunOnly,
}

pub(super) struct Custody {
    key: Key,
    /// Known to be kept where `key` says.
    kept: Option<Identity>,
    /// Made by us and not yet known to be kept. It stays the same however often keeping it fails, so that a keyring
    /// that did keep it after all does no harm.
    made: Option<Identity>,
}

impl Custody {
    pub(super) fn new(key: Key) -> Self {
        Self { key, kept: None, made: None }
    }

    pub(super) fn held_by(&self) -> HeldBy {
        match self.key {
            Key::Keyring { .. } => HeldBy::Keyring,
            Key::Passphrase { .. } => HeldBy::Passphrase,
            Key::ThisRunOnly => HeldBy::ThisRunOnly,
        }
    }

    pub(super) fn own_key(&self) -> Option<String> {
        self.kept.as_ref().map(|identity| identity.to_public().to_string())
    }

    /// A file from elsewhere, sealed to our key or not.
    pub(super) fn unseal_other(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        hand_over::open_with(self.kept.as_ref().map(|identity| identity as &dyn age::Identity), file)
    }

    /// Says early that this is the wrong way to hold this vault's key, or the wrong passphrase.
    pub(super) fn check(&mut self, drawer: &Drawer) -> Result<(), VaultProblem> {
        match self.key {
            Key::Keyring { .. } if drawer.holds(Slot::Key)? => Err(VaultProblem::PassphraseNeeded),
            Key::Passphrase { .. } => self.fetch(drawer),
            Key::Keyring { .. } | Key::ThisRunOnly => Ok(()),
        }
    }

    /// `None` when `sealed` is damaged in a way only the key could show.
    pub(super) fn unseal(&mut self, drawer: &Drawer, sealed: &[u8]) -> Result<Option<SecretSlice<u8>>, VaultProblem> {
        self.fetch(drawer)?;
        let identity = self.kept.as_ref().ok_or(VaultProblem::KeyMissing)?;
        match seal::unseal(identity, sealed) {
            Unsealed::Contents(contents) => Ok(Some(contents)),
            Unsealed::WrongKey => Err(VaultProblem::KeyMissing),
            Unsealed::Damaged => Ok(None),
        }
    }

    pub(super) fn seal(&mut self, drawer: &Drawer, contents: &[u8]) -> Result<Vec<u8>, VaultProblem> {
        self.ensure(drawer)?;
        let identity = self.kept.as_ref().ok_or(VaultProblem::KeyMissing)?;
        seal::seal(&identity.to_public(), contents)
    }

    pub(super) fn prove(&mut self, drawer: &Drawer) -> Result<(), VaultProblem> {
        if let Key::Keyring { keychain, patience } = &self.key {
            keychain.probe(*patience)?;
        }
        self.ensure(drawer)
    }

    fn ensure(&mut self, drawer: &Drawer) -> Result<(), VaultProblem> {
        self.fetch(drawer)?;
        if self.kept.is_some() {
            return Ok(());
        }
        let made = self.made.get_or_insert_with(Identity::generate).to_string();
        match &self.key {
            Key::Keyring { keychain, patience } => {
                keychain.store(&made, *patience)?;
                self.fetch(drawer)?;
            }
            Key::Passphrase { passphrase, work_factor } => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor((*work_factor).clamp(1, MOST_WORK));
                let sealed = seal::seal(&recipient, made.expose_secret().as_bytes())?;
                drawer.put(Slot::Key, &sealed)?;
                self.fetch(drawer)?;
            }
            Key::ThisRunOnly => return Ok(()),
        }
        match &self.kept {
            Some(kept) if same(kept, &made) => Ok(()),
            _ => {
                self.kept = None;
                Err(KeychainProblem::Unfaithful.into())
            }
        }
    }

    /// Looks for a key that is already kept.
    fn fetch(&mut self, drawer: &Drawer) -> Result<(), VaultProblem> {
        if self.kept.is_some() {
            return Ok(());
        }
        self.kept = match &self.key {
            Key::Keyring { keychain, patience } => keychain.load(*patience)?.map(|text| parse(&text)).transpose()?,
            Key::Passphrase { passphrase, .. } => from_file(drawer, passphrase)?,
            Key::ThisRunOnly => None,
        };
        Ok(())
    }
}

fn same(identity: &Identity, text: &SecretString) -> bool {
    identity.to_string().expose_secret() == text.expose_secret()
}

fn parse(text: &SecretString) -> Result<Identity, VaultProblem> {
    let reason = "what it keeps under our name is not the key of a vault";
    text.expose_secret().parse().map_err(|_| KeychainProblem::Refused { reason }.into())
}

fn from_file(drawer: &Drawer, passphrase: &SecretString) -> Result<Option<Identity>, VaultProblem> {
    let sealed = match drawer.look(Slot::Key)? {
        Found::Nothing => return Ok(None),
        Found::Damaged => return Err(VaultProblem::KeyDamaged),
        Found::Sealed(sealed) => sealed,
    };
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    match seal::unseal(&identity, &sealed) {
        Unsealed::Contents(text) => {
            let text = std::str::from_utf8(text.expose_secret()).map_err(|_| VaultProblem::KeyDamaged)?;
            Ok(Some(text.parse().map_err(|_| VaultProblem::KeyDamaged)?))
        }
        Unsealed::WrongKey => Err(VaultProblem::PassphraseWrong),
        Unsealed::Damaged => Err(VaultProblem::KeyDamaged),
    }
}
