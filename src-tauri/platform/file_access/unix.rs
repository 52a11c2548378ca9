//! File access on Unix, by owner and mode.

use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

const WRITTEN_BY_OTHERS: u32 = 0o0022;
const WRITTEN_BY_ALL: u32 = 0o0002;
const TO_EACH_THEIR_OWN: u32 = 0o1000;

/// Lets only the owner read and write the file, regardless of the umask.
pub(crate) fn restrict_file(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

/// Lets only the owner enter the folder.
pub(crate) fn restrict_folder(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

pub(crate) fn belongs_to_this_user(seen: &Metadata) -> bool {
    seen.uid() == rustix::process::geteuid().as_raw()
}

/// Whether every user may create files in the folder and replace those of others.
pub(crate) fn folder_is_open_to_all(folder: &Metadata) -> bool {
    folder.permissions().mode() & (WRITTEN_BY_ALL | TO_EACH_THEIR_OWN) == WRITTEN_BY_ALL
}

/// Whether another user may change the file.
pub(crate) fn is_writable_by_others(seen: &Metadata) -> bool {
    !belongs_to_this_user(seen) || seen.permissions().mode() & WRITTEN_BY_OTHERS != 0
}

/// Opens a file for reading. Does not follow a symbolic link at the path, and does not block on a pipe.
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

/// Opens a file for locking, and creates it if it does not exist.
pub(crate) fn open_to_lock(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    options.mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed()).open(path)
}

/// Makes renames and removals in the folder durable.
pub(crate) fn flush_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
