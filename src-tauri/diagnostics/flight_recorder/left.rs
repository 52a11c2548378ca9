//! The file that an engine leaves when it panics: the newest one replaces the older one.
//!
//! **Invariant:** readable by its owner alone, whole or not there. Its content is that of [`as_json`].

use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, FlightRecorder, as_json, read_json};
use crate::storage::atomic_file::{self, Unreadable};

/// Its name, in the folder that the vault is in.
const NAME: &str = "flight-recorder.json";

/// Twice what the recorder can hold, written as JSON.
const LONGEST: u64 = 1024 * 1024;

/// The file's place.
#[derive(Clone, Debug)]
pub struct Left(PathBuf);

impl Left {
    /// The file in Keyfob's data folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.join(NAME))
    }

    /// Writes what was recorded. Fails when the folder is not there or the disk takes nothing more.
    fn write(&self, recorder: &FlightRecorder) -> io::Result<()> {
        atomic_file::replace(&self.0, as_json(&recorder.entries()).as_bytes())
    }

    /// Writes what was recorded. Returns a sentence about the file to end a message with, after a blank; none when it could
    /// not be written.
    pub fn leave(&self, recorder: &FlightRecorder) -> &'static str {
        if self.write(recorder).is_ok() {
            " What led to it is kept in a file without secrets: keyfob doctor --log prints it."
        } else {
            ""
        }
    }

    /// What was left; `None` when there is none. Fails when it cannot be read, or is not what Keyfob writes there.
    pub fn read(&self) -> Result<Option<Vec<Entry>>, Unusable> {
        let Some(bytes) = atomic_file::read(&self.0, LONGEST)? else { return Ok(None) };
        read_json(&bytes).map(Some).ok_or(Unusable::NotOurs)
    }
}

/// Why the file that was left is not shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unusable {
    /// It could not be read.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// It is something else.
    #[error("it is not what Keyfob writes there")]
    NotOurs,
}
