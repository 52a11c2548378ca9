//! The vault's files: looking at them, moving on by a generation, moving a bad one aside.
//!
//! **Invariant:** a whole file leaves `vault.previous.age` only for a whole file, and a file that is damaged or newer is
//! never written over.

use super::envelope::{self, Kind, Read};
use super::{LIMIT, VaultProblem};
use crate::durable::{self, Unreadable};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Room for the seal around the largest contents: age adds 16 bytes to every 64 KiB.
const FILE_LIMIT: u64 = LIMIT as u64 + (LIMIT as u64 >> 8);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Current,
    Previous,
    Key,
}

pub(super) enum Found {
    Nothing,
    Sealed(Vec<u8>),
    Damaged,
}

#[derive(Debug)]
pub(super) struct Drawer {
    folder: PathBuf,
}

impl Slot {
    fn stem(self) -> &'static str {
        match self {
            Self::Current => "vault",
            Self::Previous => "vault.previous",
            Self::Key => "vault.key",
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Current | Self::Previous => Kind::Vault,
            Self::Key => Kind::Key,
        }
    }
}

impl Drawer {
    pub(super) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    pub(super) fn make(&self) -> Result<(), VaultProblem> {
        durable::private_folder(&self.folder).map_err(not_saved)
    }

    pub(super) fn sweep(&self) {
        durable::sweep(&self.folder);
    }

    pub(super) fn holds(&self, slot: Slot) -> Result<bool, VaultProblem> {
        is_taken(&self.path(slot)).map_err(|problem| VaultProblem::ReadFailed { kind: problem.kind() })
    }

    pub(super) fn look(&self, slot: Slot) -> Result<Found, VaultProblem> {
        let path = self.path(slot);
        let file = match durable::read(&path, FILE_LIMIT) {
            Ok(None) => return Ok(Found::Nothing),
            Ok(Some(file)) => file,
            Err(Unreadable::TooLarge) => return Ok(Found::Damaged),
            Err(Unreadable::NotAFile) => return Err(VaultProblem::NotAFile { path }),
            Err(Unreadable::NotOurs) => return Err(VaultProblem::NotOurs { path }),
            Err(Unreadable::Failed(kind)) => return Err(VaultProblem::ReadFailed { kind }),
        };
        match envelope::unwrap(slot.kind(), file) {
            Read::Whole(sealed) => Ok(Found::Sealed(sealed)),
            Read::Newer(version) => Err(VaultProblem::Newer { version }),
            Read::Damaged => Ok(Found::Damaged),
        }
    }

    pub(super) fn put(&self, slot: Slot, sealed: &[u8]) -> Result<(), VaultProblem> {
        durable::replace(&self.path(slot), &envelope::wrap(slot.kind(), sealed)).map_err(not_saved)
    }

    /// Makes `sealed` the current generation, and what was current the previous one.
    pub(super) fn advance(&self, sealed: &[u8]) -> Result<(), VaultProblem> {
        if let Found::Damaged = self.look(Slot::Previous)? {
            self.set_aside(Slot::Previous, "damaged")?;
        }
        match self.look(Slot::Current)? {
            Found::Nothing => {}
            Found::Sealed(before) => self.put(Slot::Previous, &before)?,
            Found::Damaged => {
                self.set_aside(Slot::Current, "damaged")?;
            }
        }
        self.put(Slot::Current, sealed)
    }

    /// Gives a file a name no file has yet, and says which.
    pub(super) fn set_aside(&self, slot: Slot, why: &str) -> Result<PathBuf, VaultProblem> {
        let name = |number: u64| self.folder.join(format!("{}.{why}-{number}.age", slot.stem()));
        let mut number = 1;
        while is_taken(&name(number)).map_err(not_saved)? {
            number += 1;
        }
        let free = name(number);
        fs::rename(self.path(slot), &free).map_err(not_saved)?;
        durable::flush_folder(&self.folder).map_err(not_saved)?;
        Ok(free)
    }

    fn path(&self, slot: Slot) -> PathBuf {
        self.folder.join(format!("{}.age", slot.stem()))
    }
}

/// Whether anything has this name, a link that leads nowhere too.
fn is_taken(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(problem) => Err(problem),
    }
}

#[allow(clippy::needless_pass_by_value)] // made for `map_err`
fn not_saved(problem: io::Error) -> VaultProblem {
    VaultProblem::SaveFailed { kind: problem.kind() }
}
