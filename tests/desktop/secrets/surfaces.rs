//! Every place a secret could come out at, recorded from before Keyfob starts until it has ended.

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

/// The page, window titles, the log, what commands print, a report, addresses, command lines, environments, the home folder,
/// shared folders, the session bus; the processes of the page.
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

    /// Looks at the page and at the windows' titles.
    pub async fn look(&mut self, window: &Window, screen: &'static str) {
        self.seen.push((screen, window.everything().await));
    }

    /// Runs a command beside the window, and keeps what it prints.
    pub fn keyfob(&mut self, world: &World, arguments: &[&str]) {
        let mut command = world.stage.command(app());
        let ended = command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").args(arguments).output().unwrap();
        self.seen.push(("what a command prints", String::from_utf8_lossy(&ended.stdout).into_owned()));
        self.seen.push(("what a command prints", String::from_utf8_lossy(&ended.stderr).into_owned()));
        self.seen.push(("window titles", world.stage.run("wmctrl", &["-l"])));
    }

    /// Copies the report of the first problem on the page, which ends with the flight recorder's lines, and keeps it.
    pub async fn report(&mut self, world: &World, window: &Window) {
        window.clicks("details").await;
        window.clicks("copy-report").await;
        let copied = || world.stage.clipboard().filter(|text| text.contains("What Keyfob handled last"));
        until("the report is on the clipboard", super::PATIENCE, || copied().is_some());
        self.seen.push(("a report", copied().unwrap()));
    }

    /// What Keyfob would say is in its log, though it has nothing to say.
    pub fn hears_the_log(stage: &Stage) {
        let [keyfob] = stage.running(&window_program())[..] else { panic!("one Keyfob runs") };
        let mut mouth = OpenOptions::new().append(true).open(format!("/proc/{keyfob}/fd/2")).unwrap();
        mouth.write_all(b"keyfob: is heard\n").unwrap();
        assert!(fs::read_to_string(log(stage)).unwrap().ends_with("keyfob: is heard\n"));
    }

    /// What was found, once the scan has proven itself.
    pub fn end(self, world: &World, seeker: &Seeker) -> Vec<Found> {
        let stage = &world.stage;
        let mut found = self.watch.end(seeker);
        found.extend(self.bus.finds(stage, seeker));
        self.bus.end();
        found.extend(self.disk.finds(stage, seeker));
        found.extend(seeker.finds("the log", &fs::read(log(stage)).unwrap()));
        found.extend(self.seen.iter().flat_map(|(place, text)| seeker.finds(place, text.as_bytes())));
        let addresses = world.zoho.requests().into_iter().map(|asked| format!("{} {:?}", asked.path, asked.query));
        // The browser's addresses are its own; a code is in the one it is sent to, which Keyfob's link is.
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
