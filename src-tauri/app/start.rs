//! From a link, the menu or a login to the window: the Keyfob that runs is told, or the window's program takes this one's place.
//!
//! **Invariant:** a link is handed over once. Where the running Keyfob does not take it, the window's program gets it as its
//! only argument.

use std::path::Path;
use std::process::{Command, ExitCode};

use super::launch;
use crate::diagnostics::log;
use crate::ipc::{Start, socket};
use crate::platform::programs;
use crate::storage::folders::Folders;

/// Brings the user to the window, and ends when that is done.
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
    runtime.is_ok_and(|runtime| runtime.block_on(hand_over(&folders.kept)))
}

/// Tells the Keyfob of this folder what this process was started with; whether it took that over.
pub async fn hand_over(folder: &Path) -> bool {
    let start = match launch::link() {
        Some(link) => Start::ByALink(link.into()),
        None if launch::is_hidden() => Start::AtLogin,
        None => Start::ByAPerson,
    };
    socket::hand_over(folder, &start).await
}
