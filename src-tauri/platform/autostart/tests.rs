//! `gio`, a reader of desktop files, starts the entry for real.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;

const SOON: Duration = Duration::from_secs(20);

/// Names that mean something else without quotes, and a plain one.
const ODD: [&str; 12] = [
    "plain",
    "a b",
    "an \"odd\" one",
    "it's",
    "100%",
    "%u %F",
    "$HOME",
    "back\\slash",
    "two\\\\ and \\n",
    "a`tick`",
    "line\nbreak\tand more",
    "Büro; #1 & (co) ~ | <x> *?",
];

#[test]
fn an_entry_starts_this_program_from_any_folder() {
    for name in ODD {
        let home = Home::with_program_in(name);
        home.autostart.add().unwrap();
        assert_eq!(home.is_started(), ["--hidden"], "{name:?}: {}", home.text());
        assert!(home.autostart.is_on().unwrap(), "{name:?}");
        home.autostart.remove().unwrap();
        home.autostart.remove().unwrap();
        assert!(!home.autostart.is_on().unwrap(), "{name:?}");
    }
}

#[test]
fn an_unquoted_entry_of_an_earlier_version_is_repaired() {
    for name in ODD.into_iter().filter(|name| !name.contains('\n')) {
        let home = Home::with_program_in(name);
        let exec = format!("Exec={} --hidden", home.autostart.program.display());
        let theirs = "X-GNOME-Autostart-Delay=5";
        home.writes(&format!("[Desktop Entry]\nType=Application\nName=Keyfob\n{exec}\n{theirs}\n"));
        assert!(home.autostart.is_on().unwrap());
        assert_eq!(home.is_started(), ["--hidden"], "{name:?}: {}", home.text());
        assert!(home.text().contains(theirs), "{}", home.text());
    }
}

#[test]
fn an_entry_for_another_program_is_left_unchanged() {
    let home = Home::with_program_in("a b");
    let text = "[Desktop Entry]\nType=Application\nName=Keyfob\nExec=/opt/another keyfob --hidden\n";
    home.writes(text);
    assert!(home.autostart.is_on().unwrap());
    assert_eq!(home.text(), text);
}

#[test]
fn a_hidden_entry_counts_as_off() {
    let home = Home::with_program_in("plain");
    home.autostart.add().unwrap();
    home.writes(&format!("{}Hidden=true\n", home.text()));
    assert!(!home.autostart.is_on().unwrap());
}

/// A home folder with a program that records its arguments.
struct Home {
    place: TempDir,
    autostart: Autostart,
}

impl Home {
    fn with_program_in(folder: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join(folder).join("keyfob");
        fs::create_dir(program.parent().unwrap()).unwrap();
        let notes = place.path().join("started");
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.part' && mv '{0}.part' '{0}'\n", notes.display());
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        let autostart = Autostart::new(program, "--hidden", &place.path().join("config"));
        Self { place, autostart }
    }

    fn writes(&self, text: &str) {
        fs::create_dir_all(self.autostart.file.parent().unwrap()).unwrap();
        fs::write(&self.autostart.file, text).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.autostart.file).unwrap()
    }

    /// Starts the entry as a session does. Returns the arguments that the program received.
    fn is_started(&self) -> Vec<String> {
        let launched = Command::new("gio").arg("launch").arg(&self.autostart.file).output();
        let launched = launched.expect("gio is here: libglib2.0-bin brings it");
        assert!(launched.status.success(), "{} {launched:?}", self.text());
        let (notes, since) = (self.place.path().join("started"), Instant::now());
        while !notes.exists() {
            assert!(since.elapsed() < SOON, "it was not started: {}", self.text());
            thread::yield_now();
        }
        fs::read_to_string(notes).unwrap().lines().map(str::to_owned).collect()
    }
}
