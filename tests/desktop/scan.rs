//! Scans for secrets in forbidden places: the page, the log, command lines, the disk, the session bus, memory.
//!
//! Each secret is sought in nine forms, in any bytes.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

pub mod bus;
pub mod disk;
mod forms;
pub mod memory;
mod watch;

pub use forms::{FORMS, Found, Secret, Seeker, to_plant};
pub use watch::Watch;

use crate::stage::Stage;

/// Finds secrets in bytes.
pub fn in_bytes(secrets: &[Secret], place: &str, bytes: &[u8]) -> Vec<Found> {
    Seeker::of(secrets).finds(place, bytes)
}

/// Finds secrets in the files of the stage.
pub fn on_disk(secrets: &[Secret], stage: &Stage) -> Vec<Found> {
    disk::in_home(stage, &Seeker::of(secrets))
}
