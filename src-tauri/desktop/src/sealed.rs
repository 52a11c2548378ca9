//! Seals handovers before they are written, and opens them on a thread that may block.
#![expect(clippy::disallowed_methods, reason = "seals and opens handovers")]

use keyfob::storage::vault::{WORK_FACTOR, transfer};
use keyfob_core::Problem;
use keyfob_core::effect::{NotUnsealed, Sealing};
use keyfob_core::new_file::NewFile;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use tauri::{AppHandle, async_runtime};

use super::file;

/// Seals the content, asks for a path and writes the file. `None` when the user cancels.
pub(super) async fn save(app: AppHandle, sealing: Sealing) -> Result<Option<String>, Problem> {
    let Sealing { name, content, lock } = sealing;
    let text = async_runtime::spawn_blocking(move || transfer::seal(&content, &lock, WORK_FACTOR)).await;
    let text = text.unwrap_or_else(|_| Err(Problem::FileNotWritten { reason: "it broke off".to_owned() }))?;
    file::save(app, NewFile { name, content: text.into() }).await
}

/// Opens a handover with a passphrase. A file that makes the work panic counts as damaged.
pub(super) async fn open(file: SecretSlice<u8>, passphrase: SecretString) -> Result<SecretSlice<u8>, NotUnsealed> {
    let work = move || transfer::open_with_passphrase(&passphrase, file.expose_secret());
    async_runtime::spawn_blocking(work).await.unwrap_or(Err(NotUnsealed::Damaged))
}
