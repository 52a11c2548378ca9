//! Who holds the vault's key, and how it comes into being.
//!
//! The key is kept as text: the age identity and, on a line of its own, [`AUTHENTIC_ONLY`]. That line is the memory that
//! authenticated vaults were written. It is stored with the key, since a program that can write to the folder could remove it
//! there. A key from before has the identity alone, and the line is added once.
//!
//! **Invariant:** nothing is sealed to a key that was not first kept and read back; and a key that is already kept is
//! used, never replaced.

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
        /// The time limit of a call.
        patience: Duration,
    },
    /// In `vault.key.age`, sealed by a passphrase.
    Passphrase {
        /// What the user types at each start.
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
    /// A passphrase that only the user knows.
    Passphrase,
    /// None: this run only.
    ThisRunOnly,
}

/// From then on a vault without proof of who wrote it is not ours.
const AUTHENTIC_ONLY: &str = "keyfob vault 2";

/// A key that is kept, with what it takes to tell whether a file is ours.
pub(super) struct Reader {
    identity: Identity,
    pub(super) secret: Secret,
    /// Whether the key is kept with the line that refuses vaults without proof.
    authentic_only: bool,
}

/// What a whole file turned out to hold.
pub(super) enum Contents {
    Ours { contents: SecretSlice<u8>, generation: u64 },
    Damaged,
    NotAuthentic,
}

pub(super) struct KeyHolder {
    key: Key,
    /// Known to be kept where `key` says.
    kept: Option<Reader>,
    /// Made by us and not yet known to be kept. It stays the same however often keeping it fails, so that a keyring
    /// that did keep it after all does no harm.
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

    /// A file from elsewhere, sealed to our key or not.
    pub(super) fn unseal_other(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        transfer::open_with(self.kept.as_ref().map(|kept| &kept.identity as &dyn age::Identity), file)
    }

    /// Says early that this is the wrong way to hold this vault's key, or the wrong passphrase.
    pub(super) fn check(&mut self, slots: &Slots) -> Result<(), VaultProblem> {
        match self.key {
            Key::Keyring { .. } if slots.holds(Slot::Key)? => Err(VaultProblem::PassphraseNeeded),
            Key::Passphrase { .. } => self.fetch(slots),
            Key::Keyring { .. } | Key::ThisRunOnly => Ok(()),
        }
    }

    /// Opens a vault file, when it is ours.
    pub(super) fn read(&mut self, slots: &Slots, whole: &Whole) -> Result<Contents, VaultProblem> {
        self.fetch(slots)?;
        self.reader()?.read(whole)
    }

    /// Makes sure that the key is kept, and seals to it.
    pub(super) fn seal(&mut self, slots: &Slots, contents: &[u8]) -> Result<Vec<u8>, VaultProblem> {
        self.ensure(slots)?;
        seal::seal(&self.reader()?.identity.to_public(), contents)
    }

    pub(super) fn reader(&self) -> Result<&Reader, VaultProblem> {
        self.kept.as_ref().ok_or(VaultProblem::KeyMissing)
    }

    /// Whether vaults from before are still taken, since the key is kept without the line that refuses them.
    pub(super) fn takes_old_vaults(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| !kept.authentic_only)
    }

    /// Keeps the key anew, with the line that refuses vaults without proof. To be called once only vaults with proof are
    /// left; on a problem they are taken as before.
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

    /// Looks for a key that is already kept, where none is known yet.
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
    /// `None` when the text is not the key of a vault.
    fn of(text: &str) -> Option<Self> {
        let (identity, authentic_only) = match text.split_once('\n') {
            None => (text, false),
            Some((identity, AUTHENTIC_ONLY)) => (identity, true),
            Some(_) => return None,
        };
        let identity: Identity = identity.parse().ok()?;
        Some(Self { secret: Secret::of(&identity), identity, authentic_only })
    }

    /// The file's number and sealed bytes, when it is ours.
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
            // A vault of another key is not a forgery: its key may turn up.
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
