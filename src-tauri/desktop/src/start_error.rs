//! Why Keyfob cannot start or continue, in words for the user.

use keyfob::diagnostics::log;
use keyfob::storage::instance_lock::NotClaimed;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Why Keyfob cannot start or continue.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    #[error("Keyfob is already running. Its window may be behind another one.")]
    Running,
    #[error("Keyfob made a mistake and has to close. What was saved is safe; please start it again.{0}")]
    Broke(&'static str),
    #[error("Keyfob cannot use its own folder: {0}.")]
    NoFolder(std::io::ErrorKind),
    #[error("Keyfob could not start: {0}.")]
    Desktop(#[from] tauri::Error),
    #[error("Keyfob could not start: {0}.")]
    NoThread(#[from] std::io::Error),
}

impl From<NotClaimed> for StartError {
    fn from(why: NotClaimed) -> Self {
        match why {
            NotClaimed::Taken => Self::Running,
            NotClaimed::Failed(kind) => Self::NoFolder(kind),
        }
    }
}

/// Shows the error and then exits.
pub(super) fn refuse(app: &AppHandle, why: &StartError) {
    log::line(format_args!("{why}"));
    let ending = app.clone();
    app.dialog().message(why.to_string()).title("Keyfob").kind(MessageDialogKind::Error).show(move |_| ending.exit(1));
}
