//! Keyfob's two programs, which lie in one folder: the one that links, menus and logins start, which is the command line as
//! well, and the window's.

use std::path::PathBuf;
use std::{env, io};

use crate::app::launch::NAME;

/// The window's program. On Windows the command line is `keyfob.com`, so that both answer to one word.
const WINDOW: &str = if cfg!(windows) { "keyfob.exe" } else { "keyfob-window" };

/// What links and logins start. Where the window's program lies alone, that one.
pub(crate) fn front() -> io::Result<PathBuf> {
    let this = this()?;
    Ok(Some(this.with_file_name(NAME)).filter(|front| front.is_file()).unwrap_or(this))
}

/// The window's program; fails where this is it.
pub(crate) fn window() -> io::Result<PathBuf> {
    let this = this()?;
    let window = this.with_file_name(WINDOW);
    if window == this { Err(io::ErrorKind::NotFound.into()) } else { Ok(window) }
}

fn this() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    // A package that was upgraded under a running Keyfob has put the new program in the old one's place.
    let upgraded = program.to_str().and_then(|path| path.strip_suffix(" (deleted)"));
    Ok(upgraded.map(PathBuf::from).unwrap_or(program))
}
