//! Keyfob's folders, which are the same for the window and for the command line.

use std::path::PathBuf;

/// Keyfob's identifier on the system, the same as in `tauri.conf.json`.
pub const IDENTIFIER: &str = "app.keyfob.cliq";

/// The folders of one user.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The vault, its lock and its socket.
    pub kept: PathBuf,
    /// Files that the user may edit: `regions.json`.
    pub config: PathBuf,
}

impl Folders {
    /// The folders of the current user; `None` when the system does not name them.
    pub fn of_this_person() -> Option<Self> {
        Some(Self { kept: dirs::data_dir()?.join(IDENTIFIER), config: dirs::config_dir()?.join(IDENTIFIER) })
    }
}
