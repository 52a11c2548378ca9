//! The files of a stage, and new files in shared folders.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::forms::{Found, Seeker};
use crate::stage::Stage;

/// The folders in which any program, so Keyfob too, may write.
const SHARED: [&str; 4] = ["/tmp", "/var/tmp", "/run", "/dev/shm"];

/// The depth to which they are scanned.
const DEPTH: usize = 3;

/// The maximum size of a scanned file; Keyfob's are smaller.
const LONGEST: u64 = 4 << 20;

/// The resolution of file times, which are those of the system's last tick.
const TICK: Duration = Duration::from_secs(1);

/// The start time of a run.
pub struct Disk(SystemTime);

impl Disk {
    pub fn begin() -> Self {
        Self(SystemTime::now() - TICK)
    }

    /// Finds secrets in the files under the stage's home, and in those that appeared or changed elsewhere.
    pub fn finds(&self, stage: &Stage, seeker: &Seeker) -> Vec<Found> {
        let mut found = in_home(stage, seeker);
        let is_new = |file: &&PathBuf| {
            fs::symlink_metadata(file)
                .is_ok_and(|m| m.len() <= LONGEST && m.modified().is_ok_and(|modified| modified >= self.0))
        };
        let shared: Vec<PathBuf> = SHARED.iter().flat_map(|folder| files(Path::new(folder), DEPTH)).collect();
        for file in shared.iter().filter(|file| !file.starts_with(stage.home())).filter(is_new) {
            found.extend(in_file(file, seeker));
        }
        found
    }
}

/// Finds secrets in the files under the stage's home, except the browser's profile: that is the user's own browser,
/// which has to see the code.
pub fn in_home(stage: &Stage, seeker: &Seeker) -> Vec<Found> {
    let own =
        files(stage.home(), usize::MAX).into_iter().filter(|file| !file.starts_with(stage.home().join("browser")));
    own.flat_map(|file| in_file(&file, seeker)).collect()
}

fn in_file(file: &Path, seeker: &Seeker) -> Vec<Found> {
    fs::read(file).map(|bytes| seeker.finds(&file.display().to_string(), &bytes)).unwrap_or_default()
}

fn files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|r| r.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let each = |path: PathBuf| {
        let kind = fs::symlink_metadata(&path).map(|m| m.file_type());
        match kind {
            Ok(kind) if kind.is_dir() && depth > 1 => files(&path, depth - 1),
            Ok(kind) if kind.is_file() => vec![path],
            _ => Vec::new(),
        }
    };
    entries.into_iter().map(|e| e.path()).flat_map(each).collect()
}
