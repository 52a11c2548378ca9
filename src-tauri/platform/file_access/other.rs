//! Systems where the profile folder's access control list keeps other users out. Not tested there.
#![allow(clippy::unnecessary_wraps, reason = "its twin can fail")]

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

pub(crate) fn restrict_file(_: &File) -> io::Result<()> {
    Ok(())
}

pub(crate) fn restrict_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

pub(crate) fn belongs_to_this_user(_: &Metadata) -> bool {
    true
}

pub(crate) fn folder_is_open_to_all(_: &Metadata) -> bool {
    false
}

pub(crate) fn is_writable_by_others(_: &Metadata) -> bool {
    false
}

pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    File::open(path)
}

pub(crate) fn open_to_lock(path: &Path) -> io::Result<File> {
    File::options().write(true).create(true).truncate(false).open(path)
}

/// Does nothing: Windows cannot open a folder for this, and journals renames.
pub(crate) fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
