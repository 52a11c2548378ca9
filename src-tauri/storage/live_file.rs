//! Writes and removes a live file, which the user chose to be kept up to date with a token.
//!
//! **Invariant:** only a plain file, or a link in its place, is replaced or removed; links are never followed.
#![expect(clippy::disallowed_methods, reason = "writes the live file")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use keyfob_core::Problem;
use keyfob_core::fingerprint::Fingerprint;
use secrecy::{ExposeSecret, SecretString};

use crate::storage::atomic_file::{self, Unreadable};

/// In bytes; far more than any live file has.
const LONGEST: u64 = 256 * 1024;

const EVERYBODYS: &str = "everybody on this computer may write to its folder, or to one above it";

/// Writes the content, whole or not at all. Fails when the folder does not exist or every user may write to it, and
/// when the file has none of the fingerprints in `ours`, unless that is empty.
pub fn write(path: &str, content: &SecretString, ours: &[Fingerprint]) -> Result<(), Problem> {
    let place = Path::new(path);
    if atomic_file::is_open_to_all(place) {
        return Err(Problem::LiveFileNotWritten { reason: EVERYBODYS.to_owned() });
    }
    let next = Fingerprint::of(content.expose_secret().as_bytes());
    if !is_ours(place, ours, Some(next)) {
        return Err(Problem::LiveFileReplaced { path: path.to_owned() });
    }
    may_be_replaced(place)
        .and_then(|_| atomic_file::replace(place, content.expose_secret().as_bytes()))
        .map_err(|failed| Problem::LiveFileNotWritten { reason: reason(&failed) })
}

/// Removes the file, if it exists. Fails when another user or program may have written it.
pub fn remove(path: &str, ours: &[Fingerprint]) -> Result<(), Problem> {
    let place = Path::new(path);
    if atomic_file::is_open_to_all(place) {
        return Err(Problem::LiveFileLeft { path: path.to_owned(), reason: EVERYBODYS.to_owned() });
    }
    if !is_ours(place, ours, None) {
        let reason = "it was changed since Keyfob wrote it".to_owned();
        return Err(Problem::LiveFileLeft { path: path.to_owned(), reason });
    }
    let removed =
        may_be_replaced(place).and_then(|is_there| if is_there { atomic_file::remove(place) } else { Ok(()) });
    removed.map_err(|failed| Problem::LiveFileLeft { path: path.to_owned(), reason: reason(&failed) })
}

/// Whether the file counts as Keyfob's: it does not exist, or has one of these fingerprints, or no fingerprint is
/// known. A file that cannot be read, a link and another user's file do not.
fn is_ours(place: &Path, ours: &[Fingerprint], next: Option<Fingerprint>) -> bool {
    if ours.is_empty() {
        return true;
    }
    match atomic_file::read(place, LONGEST) {
        Ok(Some(held)) => {
            let held = Fingerprint::of(&held);
            ours.contains(&held) || next == Some(held)
        }
        // When the folder is missing, the write reports it.
        Ok(None) | Err(Unreadable::Failed(ErrorKind::NotADirectory)) => true,
        Err(_) => false,
    }
}

/// Whether the path exists. Fails when it is neither a plain file nor a link.
fn may_be_replaced(place: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(place) {
        Ok(seen) if seen.is_file() || seen.is_symlink() => Ok(true),
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(failed) if failed.kind() == ErrorKind::NotFound => Ok(false),
        Err(failed) => Err(failed),
    }
}

fn reason(failed: &io::Error) -> String {
    match failed.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "its folder is not there".to_owned(),
        ErrorKind::AlreadyExists => "something other than a plain file is there".to_owned(),
        other => other.to_string(),
    }
}
