//! Who is the first: a Keyfob that runs has the lock of its folder, and a second start tells it and ends.
//!
//! **Invariant:** this is decided before there is a window.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use keyfob::app::launch;
use keyfob::app::start;
use keyfob::ipc::socket;
use keyfob::storage::folders::Folders;
use keyfob::storage::instance_lock::{Instance, NotClaimed};
use tauri::async_runtime;

use super::refusal::Refusal;

/// A Keyfob that is just quitting holds its lock until what it waits for is done.
const ITS_QUITTING: Duration = Duration::from_secs(6);

/// A command holds it for as long as Zoho takes to answer.
const A_COMMAND: Duration = Duration::from_secs(45);

/// What a Keyfob begins with.
pub(super) type Place = (Folders, Instance);

/// The place of the first; `None` when another Keyfob has it and knows of this start, or when this start only asks for the
/// window of one that runs.
pub(super) fn take() -> Result<Option<Place>, Refusal> {
    let folders = Folders::of_this_person().ok_or(tauri::Error::UnknownPath)?;
    let since = Instant::now();
    loop {
        match Instance::claim(&folders.kept) {
            Ok(_) if launch::asks_for_front() => return Ok(None),
            Ok(instance) => return Ok(Some((folders, instance))),
            Err(NotClaimed::Taken) if is_handed_over(&folders.kept) => return Ok(None),
            // One with a window can be asked things, a command cannot, nor one that is only beginning.
            Err(NotClaimed::Taken) if since.elapsed() < patience(&folders.kept) => {
                thread::sleep(Duration::from_millis(100));
            }
            Err(why) => return Err(why.into()),
        }
    }
}

fn is_handed_over(folder: &Path) -> bool {
    async_runtime::block_on(start::hand_over(folder))
}

fn patience(folder: &Path) -> Duration {
    let can_be_asked = async_runtime::block_on(socket::is_attended(folder));
    if can_be_asked { ITS_QUITTING } else { A_COMMAND }
}
