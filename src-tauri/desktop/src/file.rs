//! Files that the user chooses, to write or to read.
//!
//! **Invariant:** only its owner can read a written file, from its first byte on, and it is written whole or not at
//! all; no more than [`LARGEST_FILE`] bytes are accepted from a file.
#![expect(clippy::disallowed_methods, reason = "writes files that the user asked for")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use keyfob::storage::atomic_file;
use keyfob_core::Problem;
use keyfob_core::effect::LARGEST_FILE;
use keyfob_core::new_file::NewFile;
use secrecy::{ExposeSecret, SecretSlice};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use super::window;

/// Asks for a path and writes the file. `None` when the user cancels.
pub(super) async fn save(app: AppHandle, file: NewFile) -> Result<Option<String>, Problem> {
    match ask_where(&app, &file.name).await {
        Some(path) => tauri::async_runtime::spawn_blocking(move || write(path, &file))
            .await
            .unwrap_or_else(|_| Err(not_written(&"it broke off")))
            .map(Some),
        None => Ok(None),
    }
}

/// Asks for the path of a file of this name, without writing it. `None` when the user cancels.
pub(super) async fn choose_place(app: AppHandle, name: &str) -> Result<Option<String>, Problem> {
    ask_where(&app, name).await.map(told).transpose()
}

async fn ask_where(app: &AppHandle, name: &str) -> Option<FilePath> {
    let (chosen, choice) = oneshot::channel();
    let mut dialog = app.dialog().file().set_file_name(name);
    if let Some(parent) = window::of(app) {
        dialog = dialog.set_parent(&parent);
    }
    dialog.save_file(|path| {
        // While Keyfob quits, the receiver may have been dropped.
        let _ = chosen.send(path);
    });
    choice.await.ok().flatten()
}

fn told(path: FilePath) -> Result<String, Problem> {
    let path = path.into_path().map_err(|_| not_written(&"that is not a folder on this computer"))?;
    path.into_os_string().into_string().map_err(|_| not_written(&"its name cannot be shown"))
}

/// Asks for a file and reads it. `None` when the user cancels.
pub(super) async fn pick(app: AppHandle) -> Result<Option<SecretSlice<u8>>, Problem> {
    let (chosen, choice) = oneshot::channel();
    let mut dialog = app.dialog().file();
    if let Some(parent) = window::of(&app) {
        dialog = dialog.set_parent(&parent);
    }
    dialog.pick_file(|path| {
        let _ = chosen.send(path);
    });
    match choice.await.ok().flatten() {
        Some(path) => {
            let path = path.into_path().map_err(|_| not_read(&"that is not a folder on this computer"))?;
            tauri::async_runtime::spawn_blocking(move || read(&path))
                .await
                .unwrap_or_else(|_| Err(not_read(&"it broke off")))
                .map(Some)
        }
        None => Ok(None),
    }
}

/// Reads a file of the user's. Fails when it is not a regular file or is too large.
pub(super) fn read(path: &Path) -> Result<SecretSlice<u8>, Problem> {
    let whole = || {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut held = Vec::new();
        file.take(LARGEST_FILE + 1).read_to_end(&mut held)?;
        Ok(held)
    };
    let held: Vec<u8> = whole().map_err(|failed: io::Error| not_read(&failed.kind()))?;
    if held.len() as u64 > LARGEST_FILE { Err(Problem::FileUnknown) } else { Ok(held.into()) }
}

fn not_read(reason: &dyn ToString) -> Problem {
    Problem::FileNotRead { reason: reason.to_string() }
}

fn write(path: FilePath, file: &NewFile) -> Result<String, Problem> {
    let path = path.into_path().map_err(|_| not_written(&"that is not a folder on this computer"))?;
    if atomic_file::is_open_to_all(&path) {
        return Err(not_written(&"everybody on this computer may write to that folder"));
    }
    atomic_file::replace(&path, file.content.expose_secret().as_bytes())
        .map_err(|failed| not_written(&failed.kind()))?;
    Ok(path.display().to_string())
}

fn not_written(reason: &dyn ToString) -> Problem {
    Problem::FileNotWritten { reason: reason.to_string() }
}
