//! For systems where programs cannot reach a running Keyfob yet. There the window's single-instance plugin finds the first one.
#![allow(clippy::unused_async, reason = "its twin waits")]

use std::io;
use std::path::Path;

use keyfob_core::cli::{CliReply, CliRequest};

use super::{Silent, TakesOver};
use crate::app::engine::Engine;
use crate::diagnostics::flight_recorder::Entry;
use crate::ipc::callers::Callers;
use crate::ipc::wire::Start;

/// Fails: there is nothing to attend to.
pub fn attend(_: &Path, _: Engine, _: Callers, _: TakesOver) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// No Keyfob can be talked to.
pub async fn is_attended(_: &Path) -> bool {
    false
}

/// No Keyfob is told.
pub async fn handover(_: &Path, _: &Start) -> bool {
    false
}

/// As where none runs.
pub async fn recorded(_: &Path) -> Result<Option<Vec<Entry>>, Silent> {
    Ok(None)
}

/// A talk that never begins.
#[derive(Debug)]
pub enum Talk {}

impl Talk {
    /// `None`: none is there to be asked.
    pub async fn begin(_: &Path, _: &CliRequest) -> Option<Self> {
        None
    }

    /// The next thing it tells.
    pub async fn hears(&mut self) -> Option<CliReply> {
        match *self {}
    }
}
