//! The file that an engine leaves when it panics, which replaces the one of an earlier panic.
//!
//! **Invariant:** only its owner can read it, and it is written whole or not at all. Its content is that of
//! [`as_json`].

use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, FlightRecorder, as_json, read_json};
use crate::storage::atomic_file::{self, Unreadable};

/// The file's name, in the vault's folder.
const NAME: &str = "flight-recorder.json";

/// The most bytes read: twice the size of a full recorder as JSON.
const LONGEST: u64 = 1024 * 1024;

/// The file's path.
#[derive(Clone, Debug)]
pub struct CrashFile(PathBuf);

impl CrashFile {
    /// The file in Keyfob's data folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.join(NAME))
    }

    /// Writes the entries. Fails when the folder does not exist or the disk is full.
    fn write(&self, recorder: &FlightRecorder) -> io::Result<()> {
        atomic_file::replace(&self.0, as_json(&recorder.entries()).as_bytes())
    }

    /// Writes the entries. Returns a sentence about the file to append to a message, with a leading blank; empty when
    /// the file could not be written.
    pub fn leave(&self, recorder: &FlightRecorder) -> &'static str {
        if self.write(recorder).is_ok() {
            " What led to it is kept in a file without secrets: keyfob doctor --log prints it."
        } else {
            ""
        }
    }

    /// Reads the file; `None` when there is none. Fails when it cannot be read or is not what Keyfob writes there.
    pub fn read(&self) -> Result<Option<Vec<Entry>>, Unusable> {
        let Some(bytes) = atomic_file::read(&self.0, LONGEST)? else { return Ok(None) };
        read_json(&bytes).map(Some).ok_or(Unusable::NotOurs)
    }
}

/// Why the file cannot be shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unusable {
    /// It could not be read.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// Its content is not Keyfob's.
    #[error("it is not what Keyfob writes there")]
    NotOurs,
}
