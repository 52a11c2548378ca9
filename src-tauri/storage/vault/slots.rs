//! The vault's files: reads them, writes a new generation, and renames bad ones.
//!
//! **Invariant:** an authentic `vault.previous.age` is replaced only by an authentic file, and a file that is damaged,
//! newer or not authentic is never overwritten.

use super::envelope::{self, FileKind, Read, VERSION, Whole};
use super::key::Reader;
use super::{LIMIT, VaultProblem};
use crate::storage::atomic_file::{self, Unreadable};
use std::io;
use std::path::{Path, PathBuf};

/// The size of the largest contents with their seal: age adds 16 bytes to every 64 KiB.
const FILE_LIMIT: u64 = LIMIT as u64 + (LIMIT as u64 >> 8);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Current,
    Previous,
    Key,
}

pub(super) enum Found {
    Nothing,
    Whole(Whole),
    Damaged,
}

/// Why a file is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    Damaged,
    NotAuthentic,
    PutAway,
}

#[derive(Debug)]
pub(super) struct Slots {
    folder: PathBuf,
    /// The new paths of the files that a save found not to be as Keyfob wrote them.
    pub(super) found_changed: Vec<PathBuf>,
}

impl Slot {
    fn stem(self) -> &'static str {
        match self {
            Self::Current => "vault",
            Self::Previous => "vault.previous",
            Self::Key => "vault.key",
        }
    }

    fn kind(self) -> FileKind {
        match self {
            Self::Current | Self::Previous => FileKind::Vault,
            Self::Key => FileKind::Key,
        }
    }
}

impl Aside {
    fn word(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::NotAuthentic => "not-authentic",
            Self::PutAway => "put-away",
        }
    }
}

impl Slots {
    pub(super) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), found_changed: Vec::new() }
    }

    pub(super) fn make(&self) -> Result<(), VaultProblem> {
        atomic_file::private_folder(&self.folder).map_err(not_saved)
    }

    pub(super) fn sweep(&self) {
        atomic_file::sweep(&self.folder);
    }

    pub(super) fn holds(&self, slot: Slot) -> Result<bool, VaultProblem> {
        atomic_file::is_there(&self.path(slot)).map_err(|problem| VaultProblem::ReadFailed { kind: problem.kind() })
    }

    pub(super) fn look(&self, slot: Slot) -> Result<Found, VaultProblem> {
        let path = self.path(slot);
        let file = match atomic_file::read(&path, FILE_LIMIT) {
            Ok(None) => return Ok(Found::Nothing),
            Ok(Some(file)) => file,
            Err(Unreadable::TooLarge) => return Ok(Found::Damaged),
            Err(Unreadable::NotAFile) => return Err(VaultProblem::NotAFile { path }),
            Err(Unreadable::NotOurs) => return Err(VaultProblem::NotOurs { path }),
            Err(Unreadable::Failed(kind)) => return Err(VaultProblem::ReadFailed { kind }),
        };
        match envelope::unwrap(slot.kind(), file) {
            Read::Whole(whole) => Ok(Found::Whole(whole)),
            Read::Newer(version) => Err(VaultProblem::Newer { version }),
            Read::Damaged => Ok(Found::Damaged),
        }
    }

    pub(super) fn put(&self, slot: Slot, body: Vec<u8>) -> Result<(), VaultProblem> {
        self.put_whole(slot, &Whole { version: VERSION, body })
    }

    /// Makes `sealed` the current generation, newer than `newest`, and the current one the previous one. Returns the
    /// new number.
    pub(super) fn advance(&mut self, reader: &Reader, newest: u64, sealed: &[u8]) -> Result<u64, VaultProblem> {
        let previous = self.own(Slot::Previous, reader)?;
        let current = self.own(Slot::Current, reader)?;
        let seen = [&previous, &current].into_iter().flatten().map(|(_, generation)| *generation);
        let next = seen.fold(newest, u64::max).saturating_add(1);
        if let Some((before, _)) = current {
            self.put_whole(Slot::Previous, &before)?;
        }
        self.put(Slot::Current, reader.secret.stamp(next, sealed))?;
        Ok(next)
    }

    /// Returns the file in a slot and its number if it is authentic. Renames it otherwise.
    fn own(&mut self, slot: Slot, reader: &Reader) -> Result<Option<(Whole, u64)>, VaultProblem> {
        let aside = match self.look(slot)? {
            Found::Nothing => return Ok(None),
            Found::Whole(whole) => match reader.authentic(&whole).map(|seen| seen.generation) {
                Some(generation) => return Ok(Some((whole, generation))),
                None => Aside::NotAuthentic,
            },
            Found::Damaged => Aside::Damaged,
        };
        let place = self.set_aside(slot, aside)?;
        self.found_changed.push(place);
        Ok(None)
    }

    fn put_whole(&self, slot: Slot, whole: &Whole) -> Result<(), VaultProblem> {
        atomic_file::replace(&self.path(slot), &envelope::wrap(slot.kind(), whole)).map_err(not_saved)
    }

    /// Renames a file to an unused name and returns its new path.
    pub(super) fn set_aside(&self, slot: Slot, why: Aside) -> Result<PathBuf, VaultProblem> {
        let why = why.word();
        let name = |number| format!("{}.{why}-{number}.age", slot.stem());
        atomic_file::set_aside(&self.path(slot), name).map_err(not_saved)
    }

    fn path(&self, slot: Slot) -> PathBuf {
        self.folder.join(format!("{}.age", slot.stem()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes values")]
fn not_saved(problem: io::Error) -> VaultProblem {
    VaultProblem::SaveFailed { kind: problem.kind() }
}
