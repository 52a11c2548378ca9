//! The start from a link, a menu or a login: a running Keyfob is notified, otherwise the process becomes the window's
//! program.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod idle_keyfob;
mod session;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use keyfob::ipc::SecondStart;
use secrecy::ExposeSecret;
use session::Session;

const LINK: &str = "cliqkeyfob://callback?state=s&code=c";

/// A window's program that only prints its name and arguments.
const WINDOW: &str =
    "#!/bin/sh\nname=$(tr '\\0' '\\n' </proc/$$/cmdline | head -n 1)\nprintf '%s\\n' \"$name\" \"$@\"\n";

/// Both programs in one folder, with a user's session.
struct Installed {
    session: Session,
    folder: tempfile::TempDir,
}

impl Installed {
    fn new() -> Self {
        let installed = Self { session: Session::new(), folder: tempfile::tempdir().unwrap() };
        installed.put(Path::new(env!("CARGO_BIN_EXE_keyfob")), "keyfob");
        installed.has_a_window(WINDOW);
        installed
    }

    fn has_a_window(&self, script: &str) {
        let written = self.session.home.path().join("script");
        fs::write(&written, script).unwrap();
        self.put(&written, "keyfob-window");
    }

    /// Copies with another program: a file that is open for writing when another test forks cannot be executed.
    fn put(&self, file: &Path, name: &str) {
        let put = Command::new("install").args(["-m", "755"]).arg(file).arg(self.program(name)).status().unwrap();
        assert!(put.success());
    }

    fn program(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, arguments: &[&str]) -> Output {
        let mut command: Command = self.session.command(self.program("keyfob"));
        command.args(arguments).stderr(std::process::Stdio::piped()).output().unwrap()
    }

    fn kept(&self) -> PathBuf {
        self.session.home.path().join("data/app.keyfob.cliq")
    }
}

fn printed(output: &Output) -> Vec<&str> {
    std::str::from_utf8(&output.stdout).unwrap().lines().collect()
}

/// Serves the socket of this folder. Records each start, and accepts it if `takes`.
fn attend(folder: &Path, takes: bool) -> Arc<Mutex<Vec<String>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    idle_keyfob::attend(folder, move |_, start| {
        notes.lock().unwrap().push(match start {
            SecondStart::ByALink(link) => link.expose_secret().to_owned(),
            SecondStart::ByUser => "a person".to_owned(),
            SecondStart::AtLogin => "the login".to_owned(),
        });
        takes
    });
    heard
}

// Shows D7.
#[tokio::test(flavor = "multi_thread")]
async fn a_running_keyfob_is_notified_and_no_window_starts() {
    let installed = Installed::new();
    let heard = attend(&installed.kept(), true);
    for arguments in [&[LINK][..], &[], &["--hidden"], &["--odd", LINK]] {
        let ended = installed.start(arguments);
        assert!(ended.status.success() && printed(&ended).is_empty(), "{arguments:?}: {ended:?}");
    }
    assert_eq!(*heard.lock().unwrap(), [LINK, "a person", "the login", LINK]);
}

#[test]
fn without_a_running_keyfob_the_window_starts() {
    let installed = Installed::new();
    for (arguments, passed_on) in [(&[][..], None), (&[LINK], Some(LINK)), (&["--hidden"], Some("--hidden"))] {
        let ended = installed.start(arguments);
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(printed(&ended).get(1).copied(), passed_on, "{ended:?}");
    }
}

// Shows D7.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_refused_by_a_quitting_keyfob_starts_the_window() {
    let installed = Installed::new();
    let heard = attend(&installed.kept(), false);
    let ended = installed.start(&[LINK]);
    assert_eq!((printed(&ended).get(1).copied(), heard.lock().unwrap().len()), (Some(LINK), 1));
}

// Shows T18b.
#[test]
fn the_window_starts_without_webdrivers_variable() {
    let installed = Installed::new();
    let show = "#!/bin/sh\nprintf '%s' \"${TAURI_WEBVIEW_AUTOMATION-none}\"\n";
    installed.has_a_window(show);
    let mut command = installed.session.command(installed.program("keyfob"));
    let ended = command.env("TAURI_WEBVIEW_AUTOMATION", "true").output().unwrap();
    assert_eq!(printed(&ended), ["none"]);
}

#[test]
fn a_missing_window_is_reported_without_the_link() {
    let installed = Installed::new();
    fs::remove_file(installed.program("keyfob-window")).unwrap();
    let ended = installed.start(&[LINK]);
    let said = String::from_utf8(ended.stderr.clone()).unwrap();
    assert!(!ended.status.success() && said.starts_with("keyfob: cannot start its window"), "{said}");
    assert!(!said.contains("callback"), "{said}");
}
