//! A file of the user's that always holds a connection's access token, for jobs that read it.
//!
//! Invariant: it holds what an export of its format holds, with the access token alone. Deliberately absent: writing,
//! which the desk asks for.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::domain::export_choice::FileFormat;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::problem::Problem;

/// Writings in a row that fail are few before a user looks.
const MOST: usize = 8;

/// Where it is, and how its last writing went.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LiveFile {
    /// Where the user chose, the file's name included.
    pub path: String,
    /// In which form.
    pub format: FileFormat,
    /// When it was last written; nothing before the first time.
    pub written_at: Option<Moment>,
    /// What the file may hold, as Keyfob wrote it: what was written last, and what was asked to be written since. Nothing
    /// where that is not known, as in a record of an earlier version.
    #[serde(default)]
    pub ours: Vec<Fingerprint>,
    /// Why the last writing failed, in this run.
    #[serde(skip)]
    pub problem: Option<Problem>,
    /// A newer token came while one was being written.
    #[serde(skip)]
    pub behind: bool,
}

impl LiveFile {
    /// A content is to be written once that is saved, and nobody knows how far that comes. Where nothing is known, it stays so.
    pub(crate) fn may_hold(&mut self, next: Fingerprint) {
        if self.ours.is_empty() || self.ours.contains(&next) {
            return;
        }
        if self.ours.len() >= MOST {
            self.ours.remove(1);
        }
        self.ours.push(next);
    }

    /// Nothing is written yet.
    pub fn at(path: String, format: FileFormat) -> Self {
        Self { path, format, written_at: None, ours: Vec::new(), problem: None, behind: false }
    }
}
