//! The lock that allows one Keyfob per user and folder.
//!
//! The process that holds it is the first one, and others find it by its folder. Names on the session bus are not used:
//! any program may own one, and there may be no bus. **Invariant:** while an [`Instance`] lives, no other process holds
//! one for the same folder; the system releases the lock however the process ends.
//!
//! Deliberately absent: waiting, and removing the lock file, which would let two processes lock two files of the same
//! name.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::platform::file_access;
use crate::storage::atomic_file;

const LOCK_FILE: &str = "keyfob.lock";

/// Proof that this process holds the lock. Dropping it releases the lock.
#[derive(Debug)]
pub struct Instance {
    lock: File,
}

/// Why the folder was not claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotClaimed {
    /// Another Keyfob holds the lock.
    #[error("Keyfob is already running")]
    Taken,
    /// The lock file could not be opened or locked.
    #[error("the lock file could not be used: {0}")]
    Failed(io::ErrorKind),
}

impl Instance {
    /// Locks `folder` without waiting, and creates it if it does not exist.
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
        // Closing the file is not enough: a forked process shares it until it executes its program. If unlocking fails,
        // the end of the process releases the lock.
        let _ = self.lock.unlock();
    }
}
