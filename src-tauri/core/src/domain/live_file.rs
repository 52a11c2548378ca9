//! A file of the user's that is kept up to date with a connection's access token, for jobs that read it.
//!
//! Invariant: it holds what an export in its format holds, with only the access token. Deliberately absent: writing,
//! which the Desk requests.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::domain::export_choice::FileFormat;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::problem::Problem;

/// The maximum number of remembered fingerprints: only few writes fail in a row before the user looks.
const MOST: usize = 8;

/// A live file: its path, and the result of its last write.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LiveFile {
    /// The path that the user chose, file name included.
    pub path: String,
    /// The file format.
    pub format: FileFormat,
    /// When it was last written; `None` before the first time.
    pub written_at: Option<Moment>,
    /// The fingerprints of what Keyfob may have written: the last successful write and those requested since. Empty
    /// when unknown, as in a record of an earlier version.
    #[serde(default)]
    pub ours: Vec<Fingerprint>,
    /// Why the last write in this run failed.
    #[serde(skip)]
    pub problem: Option<Problem>,
    /// A newer token arrived during a write.
    #[serde(skip)]
    pub behind: bool,
}

impl LiveFile {
    /// Notes a content that will be written once this is saved, since the write may or may not succeed. Does nothing
    /// when the file's content is unknown.
    pub(crate) fn may_hold(&mut self, next: Fingerprint) {
        if self.ours.is_empty() || self.ours.contains(&next) {
            return;
        }
        if self.ours.len() >= MOST {
            self.ours.remove(1);
        }
        self.ours.push(next);
    }

    /// A live file that was not written yet.
    pub fn at(path: String, format: FileFormat) -> Self {
        Self { path, format, written_at: None, ours: Vec::new(), problem: None, behind: false }
    }
}
