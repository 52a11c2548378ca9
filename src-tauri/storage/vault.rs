//! Where registrations and grants are kept: one sealed file.
//!
//! **Invariant:** whatever happens, the folder holds the last contents that were saved, or those and something newer;
//! a file that cannot be understood, or that Keyfob did not write, is moved aside, never used and never written over.
//! Nothing is kept in the clear.
//!
//! `vault.age` is the current generation, `vault.previous.age` the one before; `vault.key.age` exists only where a
//! passphrase holds the key. Each is a line or two of ours and then an age file (see `vault/envelope.rs` and
//! `vault/authenticity.rs`).
//!
//! Deliberately absent: what the bytes mean, and a lock. Claim the folder with [`crate::storage::instance_lock`] first.

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

/// The most a vault will keep, in bytes.
pub const LIMIT: usize = 64 * 1024 * 1024;

/// An open vault: it knows its folder and how its key is held.
pub struct Vault {
    slots: Slots,
    holder: KeyHolder,
    /// The number of the newest save that was seen.
    newest: u64,
}

/// What opening found.
#[derive(Debug)]
pub struct Opened {
    /// The vault, to save to.
    pub vault: Vault,
    /// What was saved last, if anything was.
    pub contents: Option<SecretSlice<u8>>,
    /// Which generation `contents` came from.
    pub generation: Generation,
    /// Where the damaged files are now. Worth a sentence to the user.
    pub set_aside: Vec<PathBuf>,
    /// Where the files are now that Keyfob did not write. Worth a sentence to the user.
    pub not_authentic: Vec<PathBuf>,
    /// The previous generation is newer than `contents`: an older vault was put in the current one's place.
    pub is_older: bool,
    /// Why a vault from before authentication could not be made one with it; the next start tries again.
    pub not_renewed: Option<VaultProblem>,
}

/// Which of the two files on disk was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The last one saved.
    Current,
    /// The one before it; what was saved last is damaged or gone.
    Previous,
    /// Neither: there is nothing yet, or both are damaged.
    Fresh,
}

impl Vault {
    /// Opens the vault in `folder`, which need not exist yet. The key is asked for only when there is something to
    /// open. On a problem nothing on disk has been changed. [`Key::ThisRunOnly`] does not look at the disk at all.
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

    /// Whether anything was ever saved in `folder`; where that cannot be seen, opening it says why.
    pub fn is_in(folder: &Path) -> bool {
        Self::is_at(&Slots::at(folder))
    }

    fn is_at(slots: &Slots) -> bool {
        [Slot::Current, Slot::Previous].into_iter().any(|slot| slots.holds(slot) != Ok(false))
    }

    /// Proves that a save would find its key and its folder, making both if need be. Ask before the browser opens.
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

    /// Seals `contents` and makes them the current generation. On a problem they are not saved, and what was saved
    /// before still is. For a vault of this run only there is nothing to do.
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

    /// Takes the places of the files that saving found not to be as Keyfob wrote them, and moved aside. Worth a sentence to
    /// the user.
    pub fn take_set_aside(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.slots.found_changed)
    }

    /// Makes a vault from before authentication one with it. The key remembers that only once both generations are, so
    /// that a Keyfob that ends in the middle of it can still open what it finds.
    fn renew(&mut self, contents: &SecretSlice<u8>) -> Result<(), VaultProblem> {
        self.save(contents)?;
        self.save(contents)?;
        self.holder.refuse_old_vaults(&self.slots)
    }

    /// The public half of the key, which others may seal to; nothing while no key is kept.
    pub fn own_key(&self) -> Option<String> {
        self.holder.own_key()
    }

    /// Opens a file that was sealed to [`Self::own_key`].
    pub fn unseal(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        self.holder.unseal_other(file)
    }

    /// Who holds the key.
    pub fn held_by(&self) -> HeldBy {
        self.holder.held_by()
    }

    /// Moves all files of a vault whose key is lost out of the way, and says where they are now. Only on the user's
    /// word: what is in them can be read again only if the key turns up.
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
    /// Finds the newest contents that are ours. Answers the files that are not to be used, with the reason.
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
        // What cannot be read now says nothing; the next save looks again and names it.
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
