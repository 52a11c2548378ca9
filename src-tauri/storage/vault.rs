//! The vault: one sealed file with the registrations and grants.
//!
//! **Invariant:** whatever happens, the folder holds the contents of the last save, or those and newer ones; a file
//! that cannot be read, or that Keyfob did not write, is renamed, never used and never overwritten. Nothing is stored
//! unencrypted.
//!
//! `vault.age` is the current generation, `vault.previous.age` the one before; `vault.key.age` exists only if a
//! passphrase protects the key. Each has one or two lines of Keyfob's own and then an age file (see `vault/envelope.rs`
//! and `vault/authenticity.rs`).
//!
//! Deliberately absent: what the bytes mean, and a lock. Claim the folder with [`crate::storage::instance_lock`] first.
#![expect(clippy::disallowed_methods, reason = "seals the record")]

mod authenticity;
mod envelope;
mod error;
mod key;
mod seal;
mod slots;
pub mod transfer;

pub use error::VaultProblem;
pub use key::{HeldBy, Key, WORK_FACTOR};

use key::{Contents, KeyHolder};
use keyfob_core::effect::NotUnsealed;
use secrecy::{ExposeSecret, SecretSlice};
use slots::{Aside, Found, Slot, Slots};
use std::fmt;
use std::path::{Path, PathBuf};

/// The largest contents of a vault, in bytes.
pub const LIMIT: usize = 64 * 1024 * 1024;

/// An open vault, with its folder and its key.
pub struct Vault {
    slots: Slots,
    holder: KeyHolder,
    /// The number of the newest known save.
    newest: u64,
}

/// The result of opening a vault.
#[derive(Debug)]
pub struct Opened {
    /// The vault, to save to.
    pub vault: Vault,
    /// The contents of the last save, if there was one.
    pub contents: Option<SecretSlice<u8>>,
    /// Which generation `contents` came from.
    pub generation: Generation,
    /// The new paths of the damaged files. The user should be notified.
    pub set_aside: Vec<PathBuf>,
    /// The new paths of the files that Keyfob did not write. The user should be notified.
    pub not_authentic: Vec<PathBuf>,
    /// The previous generation is newer than `contents`: the current one was replaced with an older vault.
    pub is_older: bool,
    /// Why a vault without authentication could not be converted; the next start tries again.
    pub not_renewed: Option<VaultProblem>,
}

/// Which of the two files on disk was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The last save.
    Current,
    /// The save before it; the last one is damaged or missing.
    Previous,
    /// Neither: nothing was saved yet, or both are damaged.
    Fresh,
}

impl Vault {
    /// Opens the vault in `folder`, which need not exist yet. The key is requested only if there is a file to open. On
    /// an error nothing on disk has changed. [`Key::ThisRunOnly`] does not access the disk at all.
    pub fn open(folder: &Path, key: Key) -> Result<Opened, VaultProblem> {
        let vault = Self { slots: Slots::at(folder), holder: KeyHolder::new(key), newest: 0 };
        let mut opened = Opened {
            vault,
            contents: None,
            generation: Generation::Fresh,
            set_aside: Vec::new(),
            not_authentic: Vec::new(),
            is_older: false,
            not_renewed: None,
        };
        if opened.vault.held_by() == HeldBy::ThisRunOnly {
            return Ok(opened);
        }
        let bad = opened.look()?;
        for (slot, why) in bad {
            let place = opened.vault.slots.set_aside(slot, why)?;
            let places = if why == Aside::NotAuthentic { &mut opened.not_authentic } else { &mut opened.set_aside };
            places.push(place);
        }
        if let (Some(contents), true) = (&opened.contents, opened.vault.holder.takes_old_vaults()) {
            opened.not_renewed = opened.vault.renew(contents).err();
        }
        Ok(opened)
    }

    /// Whether anything was ever saved in `folder`; also true when that cannot be determined, and opening then reports
    /// why.
    pub fn is_in(folder: &Path) -> bool {
        Self::is_at(&Slots::at(folder))
    }

    fn is_at(slots: &Slots) -> bool {
        [Slot::Current, Slot::Previous].into_iter().any(|slot| slots.holds(slot) != Ok(false))
    }

    /// Checks that a save would succeed, and creates the key and the folder if necessary. Call this before opening the
    /// browser.
    pub fn prove(&mut self) -> Result<(), VaultProblem> {
        if self.held_by() == HeldBy::ThisRunOnly {
            return Ok(());
        }
        self.slots.make()?;
        self.holder.prove(&self.slots)?;
        if self.holder.takes_old_vaults() && !Self::is_at(&self.slots) {
            self.holder.refuse_old_vaults(&self.slots)?;
        }
        Ok(())
    }

    /// Seals `contents` and makes them the current generation. On an error they are not saved, and the previous save
    /// remains. Does nothing for [`Key::ThisRunOnly`].
    pub fn save(&mut self, contents: &SecretSlice<u8>) -> Result<(), VaultProblem> {
        if self.held_by() == HeldBy::ThisRunOnly {
            return Ok(());
        }
        let contents = contents.expose_secret();
        if contents.len() > LIMIT {
            return Err(VaultProblem::TooLarge);
        }
        self.slots.make()?;
        let sealed = self.holder.seal(&self.slots, contents)?;
        self.newest = self.slots.advance(self.holder.reader()?, self.newest, &sealed)?;
        Ok(())
    }

    /// Takes the new paths of the files that a save renamed because they were not as Keyfob wrote them. The user should
    /// be notified.
    pub fn take_set_aside(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.slots.found_changed)
    }

    /// Converts a vault without authentication. The key records that only after both generations are converted, so that
    /// a Keyfob that is killed in between can still open the files.
    fn renew(&mut self, contents: &SecretSlice<u8>) -> Result<(), VaultProblem> {
        self.save(contents)?;
        self.save(contents)?;
        self.holder.refuse_old_vaults(&self.slots)
    }

    /// The public key, to which others may seal; `None` while no key is stored.
    pub fn own_key(&self) -> Option<String> {
        self.holder.own_key()
    }

    /// Opens a file sealed to [`Self::own_key`].
    pub fn unseal(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        self.holder.unseal_other(file)
    }

    /// Who holds the key.
    pub fn held_by(&self) -> HeldBy {
        self.holder.held_by()
    }

    /// Renames all files of a vault whose key is lost, and returns their new paths. Requires the user's consent: their
    /// contents can be read again only if the key is found.
    pub fn put_away(folder: &Path) -> Result<Vec<PathBuf>, VaultProblem> {
        let slots = Slots::at(folder);
        let mut away = Vec::new();
        for slot in [Slot::Current, Slot::Previous, Slot::Key] {
            if slots.holds(slot)? {
                away.push(slots.set_aside(slot, Aside::PutAway)?);
            }
        }
        Ok(away)
    }
}

impl Opened {
    /// Finds the newest authentic contents. Returns the files that must not be used, with the reason.
    fn look(&mut self) -> Result<Vec<(Slot, Aside)>, VaultProblem> {
        let Vault { slots, holder, newest } = &mut self.vault;
        slots.sweep();
        holder.check(slots)?;
        let mut bad = Vec::new();
        for (slot, generation) in [(Slot::Current, Generation::Current), (Slot::Previous, Generation::Previous)] {
            let why = match slots.look(slot)? {
                Found::Nothing => continue,
                Found::Damaged => Aside::Damaged,
                Found::Whole(whole) => match holder.read(slots, &whole)? {
                    Contents::Damaged => Aside::Damaged,
                    Contents::NotAuthentic => Aside::NotAuthentic,
                    Contents::Ours { contents, generation: number } => {
                        (self.contents, self.generation, *newest) = (Some(contents), generation, number);
                        break;
                    }
                },
            };
            bad.push((slot, why));
        }
        // A file that cannot be read now is ignored; the next save checks it again and reports it.
        if let (Generation::Current, Ok(Found::Whole(before))) = (self.generation, slots.look(Slot::Previous)) {
            let before = holder.reader()?.authentic(&before).map(|seen| seen.generation);
            self.is_older = before > Some(*newest);
            *newest = before.unwrap_or_default().max(*newest);
        }
        Ok(bad)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("held_by", &self.held_by()).finish_non_exhaustive()
    }
}
