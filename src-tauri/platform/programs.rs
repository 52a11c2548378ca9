//! Keyfob's two programs, which are in one folder: the command line, which links, menus and logins start too, and the
//! window's program.

use std::path::PathBuf;
use std::{env, io};

use crate::app::launch::NAME;

/// The window's program. On Windows the command line is `keyfob.com`, so that typing `keyfob` runs it.
const WINDOW: &str = if cfg!(windows) { "keyfob.exe" } else { "keyfob-window" };

/// The program that links and logins start; the current one if the command line is not installed beside it.
pub(crate) fn front() -> io::Result<PathBuf> {
    let this = this()?;
    Ok(Some(this.with_file_name(NAME)).filter(|front| front.is_file()).unwrap_or(this))
}

/// The window's program. Fails when this process runs it.
pub(crate) fn window() -> io::Result<PathBuf> {
    let this = this()?;
    let window = this.with_file_name(WINDOW);
    if window == this { Err(io::ErrorKind::NotFound.into()) } else { Ok(window) }
}

fn this() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    // An upgrade while Keyfob runs replaces the program's file.
    let upgraded = program.to_str().and_then(|path| path.strip_suffix(" (deleted)"));
    Ok(upgraded.map(PathBuf::from).unwrap_or(program))
}
