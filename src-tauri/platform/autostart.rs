//! On Linux: a desktop file in the user's autostart folder (freedesktop.org Desktop Application Autostart Specification).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::platform::scheme::entry::quoted;
use crate::storage::atomic_file;

/// Starts its first argument with the others.
const BY_THE_SHELL: &str = r#"/bin/sh -c "exec \\"\\$0\\" \\"\\$@\\"" "#;

/// The entry, whether it is there or not.
#[derive(Debug)]
pub struct Autostart {
    file: PathBuf,
    program: PathBuf,
    argument: &'static str,
}

impl Autostart {
    /// The entry that starts this program with this argument.
    pub fn new(program: PathBuf, argument: &'static str, config: &Path) -> Self {
        Self { file: config.join("autostart/Keyfob.desktop"), program, argument }
    }

    /// Whether it is there. Where an earlier version wrote the program's path without the quotes that it needs, that line is
    /// put right; all other lines may be the user's.
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

    /// Writes it.
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

    /// Removes it; there may be none.
    pub fn remove(&self) -> io::Result<()> {
        match atomic_file::remove(&self.file) {
            Err(failed) if failed.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    fn exec(&self) -> io::Result<String> {
        let program = self.program()?;
        // GLib looks for the program before it reads `%%`, so one with `%` in its path is started by the shell.
        let by = if program.contains('%') { BY_THE_SHELL } else { "" };
        Ok(format!("Exec={by}{} {}", quoted(program), self.argument))
    }

    /// A desktop file is text, so a path that is none cannot stand in it.
    fn program(&self) -> io::Result<&str> {
        self.program.to_str().ok_or_else(|| io::ErrorKind::InvalidFilename.into())
    }
}

#[cfg(test)]
mod tests;
