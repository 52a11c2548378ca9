//! Our own lock: one Keyfob per person and folder.
//!
//! It decides before anything else does: whoever has it is the first, and the others find the first by its folder. No
//! name on a bus is asked, for that may be anybody's, or not to be had.
//! **Invariant:** while an [`Instance`] lives no other process holds one for the same folder, and the system gives the
//! lock back however this process ends.
//!
//! Deliberately absent: waiting, and removing the lock file, which would let two processes hold two files of one name.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::platform::file_access;
use crate::storage::atomic_file;

const LOCK_FILE: &str = "keyfob.lock";

/// Proof that this process may write in the folder. Dropping it gives the folder up.
#[derive(Debug)]
pub struct Instance {
    lock: File,
}

/// Why the folder was not claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotClaimed {
    /// Another Keyfob has it.
    #[error("Keyfob is already running")]
    Taken,
    /// The lock file could not be opened or locked.
    #[error("the lock file could not be used: {0}")]
    Failed(io::ErrorKind),
}

impl Instance {
    /// Claims `folder`, creating it if need be. Never waits.
    pub fn claim(folder: &Path) -> Result<Self, NotClaimed> {
        let failed = |problem: io::Error| NotClaimed::Failed(problem.kind());
        atomic_file::private_folder(folder).map_err(failed)?;
        let lock = file_access::open_to_lock(&folder.join(LOCK_FILE)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { lock }),
            Err(TryLockError::WouldBlock) => Err(NotClaimed::Taken),
            Err(TryLockError::Error(problem)) => Err(failed(problem)),
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // Closing alone would not do: a program being started this very moment still shares the open file. When the
        // unlocking itself fails, the end of the process does it.
        let _ = self.lock.unlock();
    }
}
