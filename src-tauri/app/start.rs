//! Starting Keyfob from a link, the menu or a login: a running Keyfob is notified, otherwise this process becomes the window.
//!
//! **Invariant:** a link is delivered once. When the running Keyfob does not accept it, the window's program receives it as its
//! only argument.

use std::path::Path;
use std::process::{Command, ExitCode};

use super::launch;
use crate::diagnostics::log;
use crate::ipc::{SecondStart, socket};
use crate::platform::programs;
use crate::storage::folders::Folders;

/// Notifies the running Keyfob, or becomes the window's program.
pub(crate) fn the_window() -> ExitCode {
    if is_taken_over() {
        return ExitCode::SUCCESS;
    }
    match programs::window() {
        Ok(window) => launch::becomes(Command::new(window).args(std::env::args_os().skip(1))),
        Err(failed) => {
            log::line(format_args!("cannot find its window: {}", failed.kind()));
            ExitCode::FAILURE
        }
    }
}

fn is_taken_over() -> bool {
    let Some(folders) = Folders::of_this_person() else { return false };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.is_ok_and(|runtime| runtime.block_on(handover(&folders.kept)))
}

/// Tells the Keyfob that runs in this folder how this process was started. Returns whether it accepted.
pub async fn handover(folder: &Path) -> bool {
    let start = match launch::link() {
        Some(link) => SecondStart::ByALink(link.into()),
        None if launch::is_hidden() => SecondStart::AtLogin,
        None => SecondStart::ByUser,
    };
    socket::handover(folder, &start).await
}
