//! The installed package: the system's own desktop file opens the link with it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use keyfob_practice::Endpoint;

use crate::fixture::World;
use crate::patience::until;
use crate::stage::Theme;
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(20);
const INSTALLED: &str = "/usr/bin/keyfob-window";

/// Keeps the package installed until it is dropped.
struct Installed;

impl Installed {
    fn from(package: &Path) -> Self {
        apt(&["install", "--yes", "--no-install-recommends", package.to_str().unwrap()]);
        Self
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        apt(&["remove", "--yes", "keyfob"]);
    }
}

fn apt(args: &[&str]) {
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    let mut command = Command::new(if root { "apt-get" } else { "sudo" });
    if !root {
        command.args(["-n", "apt-get"]);
    }
    let output = command.args(["-qq", "-o", "DPkg::Lock::Timeout=300"]).args(args);
    let output = output.env("DEBIAN_FRONTEND", "noninteractive").output().unwrap();
    assert!(output.status.success(), "apt-get {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The installed Keyfob, started by the link, finishes a sign-in that another Keyfob began. WebDriver cannot control
/// the release package, so its work is checked at Zoho and in the vault.
// Shows D3.
#[tokio::test]
async fn the_installed_package_finishes_a_sign_in_by_link() {
    let package =
        PathBuf::from(std::env::var_os("KEYFOB_DEB").expect("KEYFOB_DEB names the package; `make test` sets it"));
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    let window = Window::open(stage).await;
    let browser = world.begin_sign_in(&window).await;
    window.close(stage).await;

    // The user of the package has no other Keyfob in their home.
    let own = stage.home().join(".local/share/applications");
    for entry in std::fs::read_dir(&own).unwrap().flatten() {
        if entry.file_name().to_string_lossy().contains("keyfob") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let defaults = stage.home().join(".config/mimeapps.list");
    let kept: String = std::fs::read_to_string(&defaults)
        .unwrap()
        .lines()
        .filter(|l| !l.contains("keyfob"))
        .fold(String::new(), |text, line| text + line + "\n");
    std::fs::write(&defaults, kept).unwrap();
    stage.run("update-desktop-database", &[own.to_str().unwrap()]);
    let _installed = Installed::from(&package);

    browser.clicks("#accept").await;
    until("the installed Keyfob exchanged the code", PATIENCE, || zoho.requests_to(Endpoint::Token).len() == 1);
    until("the installed Keyfob proved the token", PATIENCE, || !zoho.requests_to(Endpoint::Status).is_empty());
    assert_eq!(stage.running(Path::new(INSTALLED)).len(), 1);

    stage.closes(Path::new(INSTALLED));
    let window = Window::open(stage).await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    window.close(stage).await;
}
