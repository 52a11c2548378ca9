//! Starting at login on Linux: a desktop file in the user's autostart folder (freedesktop.org Desktop Application
//! Autostart Specification).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::platform::scheme::entry::quoted;
use crate::storage::atomic_file;

/// A shell command that runs its first argument with the others.
const BY_THE_SHELL: &str = r#"/bin/sh -c "exec \\"\\$0\\" \\"\\$@\\"" "#;

/// The autostart entry, whether it exists or not.
#[derive(Debug)]
pub struct Autostart {
    file: PathBuf,
    program: PathBuf,
    argument: &'static str,
}

impl Autostart {
    /// The entry that starts `program` with `argument`.
    pub fn new(program: PathBuf, argument: &'static str, config: &Path) -> Self {
        Self { file: config.join("autostart/Keyfob.desktop"), program, argument }
    }

    /// Whether the entry exists and is not hidden. Repairs the line in which an earlier version wrote the program's
    /// path without the quotes that it needs; all other lines may be the user's.
    pub fn is_on(&self) -> io::Result<bool> {
        let text = match fs::read_to_string(&self.file) {
            Err(failed) if failed.kind() == io::ErrorKind::NotFound => return Ok(false),
            text => text?,
        };
        let (unquoted, right) = (format!("Exec={} {}", self.program()?, self.argument), self.exec()?);
        if unquoted != right && text.lines().any(|line| line == unquoted) {
            let put_right = |line: &str| format!("{}\n", if line == unquoted { &right } else { line });
            let text: String = text.lines().map(put_right).collect();
            atomic_file::replace(&self.file, text.as_bytes())?;
        }
        Ok(text.lines().all(|line| line.trim() != "Hidden=true"))
    }

    /// Writes the entry.
    pub fn add(&self) -> io::Result<()> {
        let exec = self.exec()?;
        let text = format!(
            "[Desktop Entry]\n\
             Type=Application\n\
             Version=1.0\n\
             Name=Keyfob\n\
             {exec}\n\
             StartupNotify=false\n\
             Terminal=false\n"
        );
        self.file.parent().map_or(Ok(()), fs::create_dir_all)?;
        atomic_file::replace(&self.file, text.as_bytes())
    }

    /// Removes the entry, if it exists.
    pub fn remove(&self) -> io::Result<()> {
        match atomic_file::remove(&self.file) {
            Err(failed) if failed.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    fn exec(&self) -> io::Result<String> {
        let program = self.program()?;
        // GLib looks for the program before it unescapes `%%`, so the shell starts one with `%` in its path.
        let by = if program.contains('%') { BY_THE_SHELL } else { "" };
        Ok(format!("Exec={by}{} {}", quoted(program), self.argument))
    }

    /// The program's path as text. Fails when it is not UTF-8, because a desktop file is text.
    fn program(&self) -> io::Result<&str> {
        self.program.to_str().ok_or_else(|| io::ErrorKind::InvalidFilename.into())
    }
}

#[cfg(test)]
mod tests;
