//! Every surface on which a secret could appear, recorded from before Keyfob starts until it has ended.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use super::World;
use super::planted;
use crate::patience::until;
use crate::proof;
use crate::scan::bus::Record;
use crate::scan::disk::Disk;
use crate::scan::{Found, Seeker, Watch};
use crate::stage::Stage;
use crate::window::{Window, app, window_program};

/// The surfaces: the page, window titles, the log, the output of commands, a report, URLs, command lines, environments,
/// the home folder, shared folders, the session bus, and the processes of the page.
pub const COUNT: usize = 12;

pub struct Surfaces {
    disk: Disk,
    watch: Watch,
    bus: Record,
    seen: Vec<(&'static str, String)>,
}

impl Surfaces {
    pub fn begin(stage: &Stage) -> Self {
        Self { disk: Disk::begin(), watch: Watch::begin(stage), bus: Record::begin(stage), seen: Vec::new() }
    }

    /// Records the page and the window titles.
    pub async fn look(&mut self, window: &Window, screen: &'static str) {
        self.seen.push((screen, window.everything().await));
    }

    /// Runs a command beside the window, and records its output.
    pub fn keyfob(&mut self, world: &World, arguments: &[&str]) {
        let mut command = world.stage.command(app());
        let ended = command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").args(arguments).output().unwrap();
        self.seen.push(("what a command prints", String::from_utf8_lossy(&ended.stdout).into_owned()));
        self.seen.push(("what a command prints", String::from_utf8_lossy(&ended.stderr).into_owned()));
        self.seen.push(("window titles", world.stage.run("wmctrl", &["-l"])));
    }

    /// Copies the report of the first problem on the page, which ends with the flight recorder's lines, and records it.
    pub async fn report(&mut self, world: &World, window: &Window) {
        window.clicks("details").await;
        window.clicks("copy-report").await;
        let copied = || world.stage.clipboard().filter(|text| text.contains("What Keyfob handled last"));
        until("the report is on the clipboard", super::PATIENCE, || copied().is_some());
        self.seen.push(("a report", copied().unwrap()));
    }

    /// Proves that Keyfob's messages would be in its log, though it has none.
    pub fn hears_the_log(stage: &Stage) {
        let [keyfob] = stage.running(&window_program())[..] else { panic!("one Keyfob runs") };
        let mut mouth = OpenOptions::new().append(true).open(format!("/proc/{keyfob}/fd/2")).unwrap();
        mouth.write_all(b"keyfob: is heard\n").unwrap();
        assert!(fs::read_to_string(log(stage)).unwrap().ends_with("keyfob: is heard\n"));
    }

    /// Returns the secrets that were found, after proving the scan.
    pub fn end(self, world: &World, seeker: &Seeker) -> Vec<Found> {
        let stage = &world.stage;
        let mut found = self.watch.end(seeker);
        found.extend(self.bus.finds(stage, seeker));
        self.bus.end();
        found.extend(self.disk.finds(stage, seeker));
        found.extend(seeker.finds("the log", &fs::read(log(stage)).unwrap()));
        found.extend(self.seen.iter().flat_map(|(place, text)| seeker.finds(place, text.as_bytes())));
        let addresses = world.zoho.requests().into_iter().map(|asked| format!("{} {:?}", asked.path, asked.query));
        // The browser's URLs are its own; the redirect, which is Keyfob's link, contains a code.
        found.extend(addresses.flat_map(|address| seeker.finds("an address", address.as_bytes())));
        let (planted, seen) = planted::everywhere(world);
        proof::figure("secrets planted to prove the scan: found", format!("{seen} of {planted}"), "all");
        assert_eq!(seen, planted);
        found
    }
}

fn log(stage: &Stage) -> PathBuf {
    stage.home().join("app.log")
}
