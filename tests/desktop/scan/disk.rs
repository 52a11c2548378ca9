//! The files of a stage, and those that appear where programs leave things.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::forms::{Found, Seeker};
use crate::stage::Stage;

/// Where any program may write, and a small one of Keyfob's would be.
const SHARED: [&str; 4] = ["/tmp", "/var/tmp", "/run", "/dev/shm"];

/// So far down they are looked through.
const DEPTH: usize = 3;

/// Nothing of Keyfob's is longer.
const LONGEST: u64 = 4 << 20;

/// A file's time is that of the system's last tick.
const TICK: Duration = Duration::from_secs(1);

/// Remembers when a run began.
pub struct Disk(SystemTime);

impl Disk {
    pub fn begin() -> Self {
        Self(SystemTime::now() - TICK)
    }

    /// The secrets in the files under the stage's home, and in those that appeared or changed elsewhere.
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

/// The secrets in the files under the stage's home, but those under the browser's profile: it is the user's own
/// browser, and has to see the code.
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
