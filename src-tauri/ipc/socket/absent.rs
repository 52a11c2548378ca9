//! Stubs for systems where programs cannot reach a running Keyfob yet. The window's single-instance plugin finds the
//! first one.
#![allow(clippy::unused_async, reason = "its twin waits")]

use std::io;
use std::path::Path;

use keyfob_core::cli::{CliReply, CliRequest};

use super::{Silent, TakesOver};
use crate::app::engine::Engine;
use crate::diagnostics::flight_recorder::Entry;
use crate::ipc::callers::Callers;
use crate::ipc::wire::SecondStart;

/// Always fails.
pub fn attend(_: &Path, _: Engine, _: Callers, _: TakesOver) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Always `false`.
pub async fn is_attended(_: &Path) -> bool {
    false
}

/// Always `false`: no Keyfob is notified.
pub async fn handover(_: &Path, _: &SecondStart) -> bool {
    false
}

/// Always `None`, as when no Keyfob runs.
pub async fn recorded(_: &Path) -> Result<Option<Vec<Entry>>, Silent> {
    Ok(None)
}

/// A connection that never exists.
#[derive(Debug)]
pub enum Talk {}

impl Talk {
    /// Always `None`.
    pub async fn begin(_: &Path, _: &CliRequest) -> Option<Self> {
        None
    }

    /// Never called.
    pub async fn hears(&mut self) -> Option<CliReply> {
        match *self {}
    }
}
