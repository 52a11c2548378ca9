//! Where registrations and grants are kept: one sealed file.
//!
//! **Invariant:** whatever happens, the folder holds the last contents that were saved, or those and something newer;
//! a file that cannot be understood is moved aside, never written over. Nothing is kept in the clear.
//!
//! `vault.age` is the current generation, `vault.previous.age` the one before; `vault.key.age` exists only where a
//! passphrase holds the key. Each is one line of ours and then an age file (see `vault/envelope.rs`).
//!
//! Deliberately absent: what the bytes mean, and a lock. Claim the folder with [`crate::instance`] first.

mod custody;
mod drawer;
mod envelope;
pub mod hand_over;
mod problem;
mod seal;

pub use custody::{HeldBy, Key, WORK_FACTOR};
pub use problem::VaultProblem;

use custody::Custody;
use drawer::{Drawer, Found, Slot};
use keyfob_core::effect::NotUnsealed;
use secrecy::{ExposeSecret, SecretSlice};
use std::fmt;
use std::path::{Path, PathBuf};

/// The most a vault will keep, in bytes.
pub const LIMIT: usize = 64 * 1024 * 1024;

/// An open vault: it knows its folder and how its key is held.
pub struct Vault {
    drawer: Drawer,
    custody: Custody,
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
    /// Where the damaged files are now. Worth a sentence to the person.
    pub set_aside: Vec<PathBuf>,
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
        let drawer = Drawer::at(folder);
        let mut custody = Custody::new(key);
        let mut opened = (None, Generation::Fresh);
        let mut damaged = Vec::new();
        if custody.held_by() != HeldBy::ThisRunOnly {
            drawer.sweep();
            custody.check(&drawer)?;
            for (slot, generation) in [(Slot::Current, Generation::Current), (Slot::Previous, Generation::Previous)] {
                let contents = match drawer.look(slot)? {
                    Found::Nothing => continue,
                    Found::Sealed(sealed) => custody.unseal(&drawer, &sealed)?,
                    Found::Damaged => None,
                };
                if contents.is_some() {
                    opened = (contents, generation);
                    break;
                }
                damaged.push(slot);
            }
        }
        let set_aside = damaged.into_iter().map(|slot| drawer.set_aside(slot, "damaged")).collect::<Result<_, _>>()?;
        let (contents, generation) = opened;
        Ok(Opened { vault: Self { drawer, custody }, contents, generation, set_aside })
    }

    /// Whether anything was ever saved in `folder`; where that cannot be seen, opening it says why.
    pub fn is_in(folder: &Path) -> bool {
        let drawer = Drawer::at(folder);
        [Slot::Current, Slot::Previous].into_iter().any(|slot| drawer.holds(slot) != Ok(false))
    }

    /// Proves that a save would find its key and its folder, making both if need be. Ask before the browser opens.
    pub fn prove(&mut self) -> Result<(), VaultProblem> {
        if self.held_by() == HeldBy::ThisRunOnly {
            return Ok(());
        }
        self.drawer.make()?;
        self.custody.prove(&self.drawer)
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
        self.drawer.make()?;
        let sealed = self.custody.seal(&self.drawer, contents)?;
        self.drawer.advance(&sealed)
    }

    /// The public half of the key, which others may seal to; nothing while no key is kept.
    pub fn own_key(&self) -> Option<String> {
        self.custody.own_key()
    }

    /// Opens a file that was sealed to [`Self::own_key`].
    pub fn unseal(&self, file: &[u8]) -> Result<SecretSlice<u8>, NotUnsealed> {
        self.custody.unseal_other(file)
    }

    /// Who holds the key.
    pub fn held_by(&self) -> HeldBy {
        self.custody.held_by()
    }

    /// Moves all files of a vault whose key is lost out of the way, and says where they are now. Only on a person's
    /// word: what is in them can be read again only if the key turns up.
    pub fn put_away(folder: &Path) -> Result<Vec<PathBuf>, VaultProblem> {
        let drawer = Drawer::at(folder);
        let mut away = Vec::new();
        for slot in [Slot::Current, Slot::Previous, Slot::Key] {
            if drawer.holds(slot)? {
                away.push(drawer.set_aside(slot, "put-away")?);
            }
        }
        Ok(away)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("held_by", &self.held_by()).finish_non_exhaustive()
    }
}
