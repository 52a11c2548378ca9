//! A file of a person's that always holds a connection's access token, for jobs that read it.
//!
//! Invariant: it holds what an export of its format holds, with the access token alone. Deliberately absent: writing,
//! which the desk asks for.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::export::FileFormat;
use crate::problem::Problem;

/// Where it is, and how its last writing went.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LiveFile {
    /// Where the person chose, the file's name included.
    pub path: String,
    /// In which form.
    pub format: FileFormat,
    /// When it was last written; nothing before the first time.
    pub written_at: Option<Moment>,
    /// Why the last writing failed, in this run.
    #[serde(skip)]
    pub problem: Option<Problem>,
    /// A newer token came while one was being written.
    #[serde(skip)]
    pub behind: bool,
}

impl LiveFile {
    /// Nothing is written yet.
    pub fn at(path: String, format: FileFormat) -> Self {
        Self { path, format, written_at: None, problem: None, behind: false }
    }
}
