//! All traffic on a session bus, recorded by a monitor.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use zbus::blocking::connection;

use super::forms::{Found, Seeker};
use crate::patience::until;
use crate::stage::{Running, Stage};

/// The record of a stage's bus, from its start.
pub struct Record {
    monitor: Running,
    folder: TempDir,
}

impl Record {
    /// Starts recording, and returns once it is effective.
    pub fn begin(stage: &Stage) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let to = fs::File::create(folder.path().join("bus")).unwrap();
        let mut monitor = stage.command("dbus-monitor");
        let monitor = Running::start(monitor.args(["--session", "--pcap"]).stdout(Stdio::from(to)));
        let record = Self { monitor, folder };
        until("the bus is recorded", Duration::from_secs(20), || {
            say(stage, b"is anybody there?");
            holds(&record.bytes(), b"is anybody there?")
        });
        record
    }

    /// Returns the traffic so far.
    pub fn bytes(&self) -> Vec<u8> {
        fs::read(self.file()).unwrap()
    }

    /// Finds secrets in the traffic, once all of it so far is recorded.
    pub fn finds(&self, stage: &Stage, seeker: &Seeker) -> Vec<Found> {
        say(stage, b"that is all");
        until("all is written down", Duration::from_secs(20), || holds(&self.bytes(), b"that is all"));
        seeker.finds("the session bus", &self.bytes())
    }

    pub fn end(self) {
        drop(self.monitor);
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("bus")
    }
}

/// Sends bytes on the bus.
pub fn say(stage: &Stage, bytes: &[u8]) {
    let bus = connection::Builder::address(stage.bus()).unwrap().build().unwrap();
    bus.emit_signal(None::<&str>, "/planted", "app.keyfob.Planted", "Said", &bytes).unwrap();
    // A reply proves that everything sent before on this connection has arrived.
    bus.call_method(Some("org.freedesktop.DBus"), "/", Some("org.freedesktop.DBus.Peer"), "Ping", &()).unwrap();
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
