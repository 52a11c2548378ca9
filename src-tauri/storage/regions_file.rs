//! `regions.json`: the data centres the user added.
//!
//! **Invariant:** written whole or not at all, and not read where another user could have written it: what stands in it
//! says where tokens are sent. Deliberately absent: what is in it; `zoho_oauth::region` reads that.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use keyfob_core::Problem;
use keyfob_core::fingerprint::Fingerprint;

use crate::diagnostics::log;
use crate::storage::atomic_file::{self, Unreadable};

/// Hundreds of regions fit.
const LONGEST: u64 = 256 * 1024;

/// The file, wherever it is.
#[derive(Debug)]
pub struct RegionsFile(PathBuf);

impl RegionsFile {
    /// The file in the app's config folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.join("regions.json"))
    }

    /// What it holds; `None` when there is none. Fails when another user could have written it, and when it cannot be read.
    /// Bytes that are no text are left for its reader to name.
    pub fn read(&self) -> Result<Option<String>, Problem> {
        self.look().inspect_err(|_| log::line(format_args!("regions.json is there and was not used")))
    }

    fn look(&self) -> Result<Option<String>, Problem> {
        if let Some(open) = [self.folder(), &self.0].into_iter().find(|place| atomic_file::is_writable_by_others(place))
        {
            return Err(Problem::RegionsFileNotPrivate { path: open.display().to_string() });
        }
        let read = atomic_file::read(&self.0, LONGEST);
        let bytes = read.map_err(|why| Problem::RegionsFileNotRead { reason: why.to_string() })?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Puts `text` in its place. What is there and has none of the fingerprints in `known` is set aside first; its new path
    /// is answered. Where the writing then fails, it is put back.
    pub fn write(&self, text: &str, known: &[Fingerprint]) -> Result<Option<String>, Problem> {
        let written = atomic_file::private_folder(self.folder()).and_then(|()| self.replace(text, known));
        let set_aside = written.map_err(|failed| Problem::FileNotWritten { reason: failed.kind().to_string() })?;
        Ok(set_aside.map(|place| place.display().to_string()))
    }

    fn replace(&self, text: &str, known: &[Fingerprint]) -> io::Result<Option<PathBuf>> {
        let set_aside = if self.may_be_lost(known)? {
            Some(atomic_file::set_aside(&self.0, |number| format!("regions.set-aside-{number}.json"))?)
        } else {
            None
        };
        let written = atomic_file::replace(&self.0, text.as_bytes());
        if let (Err(_), Some(place)) = (&written, &set_aside) {
            fs::rename(place, &self.0)?;
        }
        written.map(|()| set_aside)
    }

    /// Whether something is there that may say what is nowhere else.
    fn may_be_lost(&self, known: &[Fingerprint]) -> io::Result<bool> {
        match atomic_file::read(&self.0, LONGEST) {
            Ok(None) => Ok(false),
            Ok(Some(held)) => Ok(!known.contains(&Fingerprint::of(&held))),
            Err(Unreadable::NotAFile) => Ok(!self.0.is_dir()),
            Err(Unreadable::NotOurs | Unreadable::TooLarge) => Ok(true),
            Err(Unreadable::Failed(kind)) => Err(kind.into()),
        }
    }

    fn folder(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("."))
    }
}
