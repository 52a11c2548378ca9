//! Claiming the place of the first Keyfob: it holds its folder's lock, and a second start notifies it and ends.
//!
//! **Invariant:** this is decided before a window is created.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use keyfob::app::launch;
use keyfob::app::start;
use keyfob::ipc::socket;
use keyfob::storage::folders::Folders;
use keyfob::storage::instance_lock::{Instance, NotClaimed};
use tauri::async_runtime;

use super::start_error::StartError;

/// How long a quitting Keyfob may hold its lock while it finishes its work.
const ITS_QUITTING: Duration = Duration::from_secs(6);

/// How long a command may hold the lock: as long as Zoho takes to answer.
const A_COMMAND: Duration = Duration::from_secs(45);

/// What the first Keyfob starts with.
pub(super) type Claim = (Folders, Instance);

/// Claims the place; `None` when another Keyfob has it and accepted this start, or when this start only asks a running one to
/// show its window.
pub(super) fn take() -> Result<Option<Claim>, StartError> {
    let folders = Folders::of_this_person().ok_or(tauri::Error::UnknownPath)?;
    let since = Instant::now();
    loop {
        match Instance::claim(&folders.kept) {
            Ok(_) if launch::asks_for_front() => return Ok(None),
            Ok(instance) => return Ok(Some((folders, instance))),
            Err(NotClaimed::Taken) if is_handed_over(&folders.kept) => return Ok(None),
            // A Keyfob with a window serves the socket; a command does not, nor does one that is starting.
            Err(NotClaimed::Taken) if since.elapsed() < patience(&folders.kept) => {
                thread::sleep(Duration::from_millis(100));
            }
            Err(why) => return Err(why.into()),
        }
    }
}

fn is_handed_over(folder: &Path) -> bool {
    async_runtime::block_on(start::handover(folder))
}

fn patience(folder: &Path) -> Duration {
    let can_be_asked = async_runtime::block_on(socket::is_attended(folder));
    if can_be_asked { ITS_QUITTING } else { A_COMMAND }
}
