//! The packaged program: it contains nothing of the tests, WebDriver cannot control it, and no program can read its
//! memory.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::json;
use tempfile::TempDir;

use crate::fixture::World;
use crate::own_port::OwnPort;
use crate::patience::until;
use crate::person::{as_a_person, can_open};
use crate::stage::{Running, Theme};
use crate::window::{listens, try_to_connect};

const PATIENCE: Duration = Duration::from_secs(20);

/// Words that only tests and their programs contain.
const OF_TESTS: [&str; 7] =
    ["KEYFOB_", "keyfob-stage", "bare-window", "Testland", "WebKitWebDriver", "chromedriver", "KEYFOB_STORY"];

/// The package's programs, unpacked.
struct Unpacked(TempDir);

impl Unpacked {
    fn new() -> Self {
        let package = std::env::var_os("KEYFOB_DEB").expect("KEYFOB_DEB names the package; `make test` sets it");
        let folder = tempfile::tempdir().unwrap();
        let unpacked = Command::new("dpkg-deb").arg("-x").arg(package).arg(folder.path()).status().unwrap();
        assert!(unpacked.success());
        Self(folder)
    }

    fn program(&self, name: &str) -> PathBuf {
        self.0.path().join("usr/bin").join(name)
    }
}

// Shows T18.
#[test]
fn the_package_contains_nothing_of_the_tests() {
    let unpacked = Unpacked::new();
    for name in ["keyfob", "keyfob-window"] {
        let program = fs::read(unpacked.program(name)).unwrap();
        let holds = |word: &str| program.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(holds("TAURI_WEBVIEW_AUTOMATION"), "a variable that it removes is named in it, so words are found");
        let found: Vec<&str> = OF_TESTS.into_iter().filter(|word| holds(word)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

// Shows T12, T18b.
#[tokio::test]
async fn no_driver_controls_it_and_no_program_reads_it() {
    let unpacked = Unpacked::new();
    let world = World::new(Theme::Light);
    let (stage, program) = (&world.stage, unpacked.program("keyfob-window"));
    let own = OwnPort::take();
    let port = own.number();
    let mut driver = stage.command("WebKitWebDriver");
    driver.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
    let driver = Running::start(driver.stdout(Stdio::null()).stderr(Stdio::null()));
    listens(port);
    let wanted = json!({
        "browserName": "wry",
        "webkitgtk:browserOptions": { "binary": program.to_str().unwrap(), "args": [] },
    });
    let refused = try_to_connect(port, wanted).await.expect_err("no session is opened");
    assert!(refused.contains("Failed to match capabilities"), "it was started, and cannot be controlled: {refused}");
    drop(driver);
    // A driver that is killed immediately may not have ended what it started.
    stage.signals(&program, Signal::KILL);
    until("the driver's Keyfob has ended", PATIENCE, || stage.running(&program).is_empty());

    // Started as by the user, beside a program that does not protect its memory.
    let quiet = |command: &mut Command| Running::started(command.stdout(Stdio::null()).stderr(Stdio::null()));
    let (_other, other) = quiet(&mut as_a_person(stage.command("setpriv"), &["sleep", "600"]));
    let (_keyfob, keyfob) =
        quiet(&mut as_a_person(stage.command("setpriv"), &[unpacked.program("keyfob").to_str().unwrap()]));
    until("its window is there", PATIENCE, || stage.has_window());
    assert_eq!(stage.running(&program), [keyfob], "the window's program replaced the started process");
    let limits = fs::read_to_string(format!("/proc/{keyfob}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
    for file in ["mem", "environ"] {
        assert!(can_open(&format!("/proc/{other}/{file}")) && !can_open(&format!("/proc/{keyfob}/{file}")), "{file}");
    }
}
