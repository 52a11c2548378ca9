//! The vault's key: where it is stored, and how it is created.
//!
//! The key is stored as text: the age identity and, on a separate line, [`AUTHENTIC_ONLY`]. That line records that
//! authenticated vaults were written. It is stored with the key, since a program that can write to the folder could
//! remove it there. An older key has only the identity, and the line is added once.
//!
//! **Invariant:** nothing is sealed to a key before it was stored and read back; and a key that is already stored is
//! used, never replaced.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "keeps the vault's key")]

use super::VaultProblem;
use super::authenticity::{self, Authentic, Secret};
use super::envelope::{UNAUTHENTICATED, Whole};
use super::seal::{self, Unsealed};
use super::slots::{Found, Slot, Slots};
use super::transfer;
use crate::storage::keychain::{Keychain, KeychainProblem};
use age::scrypt;
use age::x25519::Identity;
use keyfob_core::effect::NotUnsealed;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::sync::Arc;
use std::time::Duration;

/// The scrypt work factor of a passphrase: 2^18 rounds take some 256 MiB and a second.
pub const WORK_FACTOR: u8 = 18;
/// The highest work factor that is accepted: 2^20 rounds take 1 GiB.
pub(super) const MOST_WORK: u8 = 20;

/// The three ways to store the key. There is no fourth: it is never on the disk unencrypted.
#[derive(Clone)]
pub enum Key {
    /// In the desktop's keyring.
    Keyring {
        /// The keyring.
        keychain: Arc<dyn Keychain>,
        /// The time limit of a call.
        patience: Duration,
    },
    /// In `vault.key.age`, sealed by a passphrase.
    Passphrase {
        /// The passphrase, which the user enters at each start.
        passphrase: SecretString,
        /// The work factor of a new key file; [`WORK_FACTOR`] except in tests.
        work_factor: u8,
    },
    /// Nowhere. Nothing is written, and everything is lost when Keyfob ends.
    ThisRunOnly,
}

/// The variant of a [`Key`], without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    /// The desktop's keyring.
    Keyring,
    /// A passphrase that only the user knows.
    Passphrase,
    /// Nothing: this run only.
    ThisRunOnly,
}

/// With this line, a vault without proof of who wrote it is not accepted.
const AUTHENTIC_ONLY: &str = "keyfob vault 2";

/// A stored key, with what is needed to verify a file.
pub(super) struct Reader {
    identity: Identity,
    pub(super) secret: Secret,
    /// Whether the key is stored with [`AUTHENTIC_ONLY`].
    authentic_only: bool,
}

/// The contents of a whole file.
pub(super) enum Contents {
    Ours { contents: SecretSlice<u8>, generation: u64 },
    Damaged,
    NotAuthentic,
}

pub(super) struct KeyHolder {
    key: Key,
    /// The key that is known to be stored where `key` says.
    kept: Option<Reader>,
    /// A new key that is not yet known to be stored. It stays the same however often storing it fails, so that a
    /// keyring that did store it after all does no harm.
    made: Option<Identity>,
}

impl KeyHolder {
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
        self.kept.as_ref().map(|kept| kept.identity.to_public().to_string())
    }

    /// Opens a file from elsewhere that may be sealed to this key.
    pub(super) fn unseal_other(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        transfer::open_with(self.kept.as_ref().map(|kept| &kept.identity as &dyn age::Identity), file)
    }

    /// Fails early when the vault's key is stored in another way, or when the passphrase is wrong.
    pub(super) fn check(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        match self.key {
            Key::Keyring { .. } if slots.holds(Slot::Key)? => Err(VaultProblem::PassphraseNeeded),
            Key::Passphrase { .. } => self.fetch(slots),
            Key::Keyring { .. } | Key::ThisRunOnly => Ok(()),
        }
    }

    /// Verifies and opens a vault file.
    pub(super) fn read(&mut self, slots: &Slots, whole: &Whole) -> Result<Contents, VaultProblem> {
        self.fetch(slots)?;
        self.reader()?.read(whole)
    }

    /// Ensures that the key is stored, and seals to it.
    pub(super) fn seal(&mut self, slots: &Slots, contents: &[u8]) -> Result<Vec<u8>, VaultProblem> {
        self.ensure(slots)?;
        seal::seal(&self.reader()?.identity.to_public(), contents)
    }

    pub(super) fn reader(&self) -> Result<&Reader, VaultProblem> {
        self.kept.as_ref().ok_or(VaultProblem::KeyMissing)
    }

    /// Whether vaults without proof are still accepted, because the key is stored without [`AUTHENTIC_ONLY`].
    pub(super) fn takes_old_vaults(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| !kept.authentic_only)
    }

    /// Stores the key again with [`AUTHENTIC_ONLY`], which refuses vaults without proof. Must be called only when no
    /// such vault is left; on an error they are accepted as before.
    pub(super) fn refuse_old_vaults(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        let before = self.reader()?.identity.clone();
        self.keep(slots, &before)?;
        match self.look(slots)? {
            Some(now) if same(&now.identity, &before) && now.authentic_only => self.kept = Some(now),
            _ => return Err(KeychainProblem::Unfaithful.into()),
        }
        Ok(())
    }

    pub(super) fn prove(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        if let Key::Keyring { keychain, patience } = &self.key {
            keychain.probe(*patience)?;
        }
        self.ensure(slots)
    }

    fn ensure(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        self.fetch(slots)?;
        if self.kept.is_some() {
            return Ok(());
        }
        let made = self.made.get_or_insert_with(Identity::generate).clone();
        self.keep(slots, &made)?;
        self.fetch(slots)?;
        match &self.kept {
            Some(kept) if same(&kept.identity, &made) => Ok(()),
            None if self.held_by() == HeldBy::ThisRunOnly => Ok(()),
            _ => {
                self.kept = None;
                Err(KeychainProblem::Unfaithful.into())
            }
        }
    }

    fn keep(&self, slots: &Slots, identity: &Identity) -> Result<(), VaultProblem> {
        let text = text_of(identity);
        match &self.key {
            Key::Keyring { keychain, patience } => Ok(keychain.store(&text, *patience)?),
            Key::Passphrase { passphrase, work_factor } => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor((*work_factor).clamp(1, MOST_WORK));
                slots.put(Slot::Key, seal::seal(&recipient, text.expose_secret().as_bytes())?)
            }
            Key::ThisRunOnly => Ok(()),
        }
    }

    /// Reads the stored key, unless it is known.
    fn fetch(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        if self.kept.is_none() {
            self.kept = self.look(slots)?;
        }
        Ok(())
    }

    fn look(&self, slots: &Slots) -> Result<Option<Reader>, VaultProblem> {
        match &self.key {
            Key::Keyring { keychain, patience } => {
                let reason = "what it keeps under our name is not the key of a vault";
                let parse = |text: SecretString| Reader::of(text.expose_secret());
                let kept = keychain.load(*patience)?.map(parse);
                kept.map(|reader| reader.ok_or(KeychainProblem::Refused { reason }.into())).transpose()
            }
            Key::Passphrase { passphrase, .. } => from_file(slots, passphrase),
            Key::ThisRunOnly => Ok(None),
        }
    }
}

impl Reader {
    /// Parses a stored key; `None` when the text is not the key of a vault.
    fn of(text: &str) -> Option<Self> {
        let (identity, authentic_only) = match text.split_once('\n') {
            None => (text, false),
            Some((identity, AUTHENTIC_ONLY)) => (identity, true),
            Some(_) => return None,
        };
        let identity: Identity = identity.parse().ok()?;
        Some(Self { secret: Secret::of(&identity), identity, authentic_only })
    }

    /// The file's number and sealed bytes; `None` when it is not authentic.
    pub(super) fn authentic<'a>(&self, Whole { version, body }: &'a Whole) -> Option<Authentic<'a>> {
        match *version {
            UNAUTHENTICATED if self.authentic_only => None,
            UNAUTHENTICATED => Some(Authentic { generation: 0, sealed: body }),
            _ => self.secret.check(body),
        }
    }

    fn read(&self, whole: &Whole) -> Result<Contents, VaultProblem> {
        let Some(Authentic { generation, sealed }) = self.authentic(whole) else {
            let sealed =
                if whole.version == UNAUTHENTICATED { &whole.body } else { authenticity::sealed_in(&whole.body) };
            // A vault of another key is not a forgery: its key may be found.
            let is_to_another = matches!(seal::unseal(&self.identity, sealed), Unsealed::WrongKey);
            return if is_to_another { Err(VaultProblem::KeyMissing) } else { Ok(Contents::NotAuthentic) };
        };
        match seal::unseal(&self.identity, sealed) {
            Unsealed::Contents(contents) => Ok(Contents::Ours { contents, generation }),
            Unsealed::WrongKey => Err(VaultProblem::KeyMissing),
            Unsealed::Damaged => Ok(Contents::Damaged),
        }
    }
}

fn text_of(identity: &Identity) -> SecretString {
    format!("{}\n{AUTHENTIC_ONLY}", identity.to_string().expose_secret()).into()
}

fn same(one: &Identity, other: &Identity) -> bool {
    one.to_string().expose_secret() == other.to_string().expose_secret()
}

fn from_file(slots: &Slots, passphrase: &SecretString) -> Result<Option<Reader>, VaultProblem> {
    let sealed = match slots.look(Slot::Key)? {
        Found::Nothing => return Ok(None),
        Found::Damaged => return Err(VaultProblem::KeyDamaged),
        Found::Whole(whole) => whole.body,
    };
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    match seal::unseal(&identity, &sealed) {
        Unsealed::Contents(text) => {
            let text = std::str::from_utf8(text.expose_secret()).map_err(|_| VaultProblem::KeyDamaged)?;
            Reader::of(text).map(Some).ok_or(VaultProblem::KeyDamaged)
        }
        Unsealed::WrongKey => Err(VaultProblem::PassphraseWrong),
        Unsealed::Damaged => Err(VaultProblem::KeyDamaged),
    }
}
