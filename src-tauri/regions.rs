//! `regions.json`: the data centres a person added.
//!
//! **Invariant:** written whole or not at all, and not read where another user could have written it: what stands in it
//! says where tokens are sent. Deliberately absent: what is in it; `keyfob_core::region` reads that.

use std::path::{Path, PathBuf};

use keyfob_core::Problem;

use crate::{durable, log};

/// Hundreds of regions fit.
const LONGEST: u64 = 256 * 1024;

/// The file, wherever it is.
#[derive(Clone, Debug)]
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
        if let Some(open) = [self.folder(), &self.0].into_iter().find(|place| durable::is_writable_by_others(place)) {
            return Err(Problem::RegionsFileNotPrivate { path: open.display().to_string() });
        }
        let read = durable::read(&self.0, LONGEST);
        let bytes = read.map_err(|why| Problem::RegionsFileNotRead { reason: why.to_string() })?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Puts `text` in its place.
    pub fn write(&self, text: &str) -> Result<(), Problem> {
        durable::private_folder(self.folder())
            .and_then(|()| durable::replace(&self.0, text.as_bytes()))
            .map_err(|failed| Problem::FileNotWritten { reason: failed.kind().to_string() })
    }

    fn folder(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("."))
    }
}
