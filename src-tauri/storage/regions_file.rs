//! `regions.json`: the data centres that the user added.
//!
//! **Invariant:** written whole or not at all, and not read if another user could have written it: it decides where
//! tokens are sent. Deliberately absent: its content, which `zoho_oauth::region` parses.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use keyfob_core::Problem;
use keyfob_core::fingerprint::Fingerprint;

use crate::diagnostics::log;
use crate::storage::atomic_file::{self, Unreadable};

/// In bytes; enough for hundreds of regions.
const LONGEST: u64 = 256 * 1024;

/// The path of `regions.json`.
#[derive(Debug)]
pub struct RegionsFile(PathBuf);

impl RegionsFile {
    /// The file in the app's config folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.join("regions.json"))
    }

    /// Reads the file; `None` when there is none. Fails when another user could have written it, and when it cannot be
    /// read. Invalid UTF-8 is replaced, so that the parser reports it.
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

    /// Writes `text`. An existing file without a fingerprint in `known` is renamed first, and its new path is returned.
    /// If the write then fails, it is renamed back.
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

    /// Whether replacing the file could lose content that is not stored elsewhere.
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
