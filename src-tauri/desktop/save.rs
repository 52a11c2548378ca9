//! A file where the person says.
//!
//! **Invariant:** only its owner can read it from its first byte on, and it is written whole or not at all.

use keyfob_core::Problem;
use keyfob_core::effect::NewFile;
use secrecy::ExposeSecret;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use super::window;
use crate::durable;

/// Asks where to, and writes. Nothing when the person thought better of it.
pub(super) async fn save(app: AppHandle, file: NewFile) -> Result<Option<String>, Problem> {
    let (chosen, choice) = oneshot::channel();
    let mut dialog = app.dialog().file().set_file_name(&file.name);
    if let Some(parent) = window::of(&app) {
        dialog = dialog.set_parent(&parent);
    }
    dialog.save_file(|path| {
        // Whoever asked may be gone, at quitting time.
        let _ = chosen.send(path);
    });
    match choice.await.ok().flatten() {
        Some(path) => tauri::async_runtime::spawn_blocking(move || write(path, &file))
            .await
            .unwrap_or_else(|_| Err(not_written(&"it broke off")))
            .map(Some),
        None => Ok(None),
    }
}

fn write(path: FilePath, file: &NewFile) -> Result<String, Problem> {
    let path = path.into_path().map_err(|_| not_written(&"that is not a folder on this computer"))?;
    durable::replace(&path, file.content.expose_secret().as_bytes()).map_err(|failed| not_written(&failed.kind()))?;
    Ok(path.display().to_string())
}

fn not_written(reason: &dyn ToString) -> Problem {
    Problem::FileNotWritten { reason: reason.to_string() }
}
