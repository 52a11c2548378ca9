//! Private files that survive a crash.
//!
//! A temporary file is written in the same folder, flushed, and renamed to the target; then the folder is flushed.
//! **Invariant:** a reader of the target finds the old bytes or the new ones, never a mixture, and only the owner may
//! read either.
//!
//! Deliberately absent: locking the folder (see `instance_lock`) and the meaning of the bytes.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::platform::file_access::{self, flush_folder};

const PART_PREFIX: &str = ".keyfob-";
const PART_SUFFIX: &str = ".part";

/// Why a file was not read. None of these changes anything on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A folder, a symbolic link or a device is in the file's place.
    #[error("there is something other than a plain file at its place")]
    NotAFile,
    /// The file belongs to another user.
    #[error("the file belongs to another user")]
    NotOurs,
    /// The file is longer than the limit.
    #[error("the file is far too large")]
    TooLarge,
    /// The system refused.
    #[error("{0}")]
    Failed(io::ErrorKind),
}

/// Writes `bytes` to `path`, readable by the owner only, regardless of the umask. A symbolic link at `path` is
/// replaced, not followed. On an error the write does not count, even if only the last flush failed.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    sweep(folder);
    let mut part = begin(folder)?;
    file_access::restrict_file(part.as_file())?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(path).map_err(|refused| refused.error)?;
    flush_folder(folder)
}

/// Whether any user of this computer could replace this file: its folder, or one above it, is writable by all and not
/// sticky as `/tmp` is. The folders behind a symbolic link count as well.
pub fn is_open_to_all(path: &Path) -> bool {
    let named = std::path::absolute(folder_of(path));
    let real = fs::canonicalize(folder_of(path));
    let folders = named.iter().chain(&real).flat_map(|folder| folder.ancestors());
    folders.into_iter().any(|folder| fs::metadata(folder).is_ok_and(|seen| file_access::folder_is_open_to_all(&seen)))
}

/// Whether another user may change this file or folder; `false` when it does not exist.
pub fn is_writable_by_others(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|seen| file_access::is_writable_by_others(&seen))
}

/// Reads a plain file of this user's, of at most `limit` bytes; `None` when there is none.
pub fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Unreadable> {
    let seen = match fs::symlink_metadata(path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed)?,
    };
    if !seen.is_file() {
        return Err(Unreadable::NotAFile);
    }
    if !file_access::belongs_to_this_user(&seen) {
        return Err(Unreadable::NotOurs);
    }
    let file = file_access::open_no_follow(path).map_err(failed)?;
    let mut bytes = Vec::with_capacity(usize::try_from(seen.len().min(limit)).unwrap_or_default());
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(Unreadable::TooLarge);
    }
    Ok(Some(bytes))
}

/// Removes the file durably: it does not reappear after a crash.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    flush_folder(folder_of(path))
}

/// Renames a file to the first unused name and returns its new path. The numbers passed to `name` begin at 1.
pub fn set_aside(path: &Path, name: impl Fn(u64) -> String) -> io::Result<PathBuf> {
    let folder = folder_of(path);
    let mut number = 1;
    while is_there(&folder.join(name(number)))? {
        number += 1;
    }
    let free = folder.join(name(number));
    fs::rename(path, &free)?;
    flush_folder(folder)?;
    Ok(free)
}

/// Whether anything exists at this path, including a dangling symbolic link.
pub fn is_there(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// Creates the folder durably if it does not exist, and makes it accessible to its owner only.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let missing = |place: &&Path| !place.as_os_str().is_empty() && !place.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    fs::create_dir_all(folder)?;
    made.into_iter().try_for_each(|place| flush_folder(folder_of(place)))?;
    file_access::restrict_folder(folder)
}

/// Removes the temporary files that a killed [`replace`] left, but none that is being written. Ignores errors: on a
/// read-only disk, for example, the files do no harm.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(PART_PREFIX) && name.ends_with(PART_SUFFIX));
        if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = remove_abandoned(&entry.path());
        }
    }
}

/// Creates a locked temporary file. The lock tells [`sweep`] that the writer still runs; on a file system without
/// locks, it removes nothing.
fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let part = tempfile::Builder::new().prefix(PART_PREFIX).suffix(PART_SUFFIX).tempfile_in(folder)?;
        let _ = part.as_file().lock();
        // A sweep may have removed it before it was locked.
        if part.path().try_exists()? {
            return Ok(part);
        }
    }
}

fn remove_abandoned(part: &Path) -> io::Result<()> {
    let held = file_access::open_no_follow(part)?;
    held.try_lock()?;
    fs::remove_file(part)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes values")]
fn failed(problem: io::Error) -> Unreadable {
    Unreadable::Failed(problem.kind())
}
