//! From a first start to a token, and the events around it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use keyfob_practice::Endpoint;

use crate::fixture::World;
use crate::patience::until;
use crate::scan::{self, Secret, Seeker, Watch};
use crate::stage::{Stage, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

// Shows T4, T10, T11, D7; ASVS 16.2.5.
#[tokio::test]
async fn an_administrator_gets_and_keeps_a_token() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    let watch = Watch::begin(stage);
    let window = Window::open(stage).await;

    // By clicks and keys to the consent page, and back by the link.
    world.fill_in(&window).await;
    let browser = world.go_to_consent(&window).await;
    let (pressed, spent) = (Instant::now(), zoho.time_inside());
    browser.clicks("#accept").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.types("connection-name", "Finance bot").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    let took = pressed.elapsed().saturating_sub(zoho.time_inside().saturating_sub(spent));
    println!("from Accept to kept, Practice's own share taken off: {} ms", took.as_millis());
    let link = zoho.requests_to(Endpoint::Token);
    assert_eq!(link.len(), 1, "one code, one exchange");
    assert!(link[0].query.is_empty(), "no secret is in the URL");

    // The copy is exact.
    window.clicks("copy").await;
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));

    // The export is private, and a program can read it.
    let file = stage.home().join("export.json");
    window.clicks("export").await;
    window.clicks("format-json").await;
    window.clicks("save-file").await;
    file_dialog(stage, file.to_str().unwrap());
    until("the file is there", PATIENCE, || file.exists());
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let exported: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(exported["access_token"], world.newest_token());
    assert!(
        exported.get("refresh_token").is_none() && exported.get("client_secret").is_none(),
        "only the chosen parts"
    );
    fs::remove_file(&file).unwrap();

    // A second start only raises the window.
    stage.run("wmctrl", &["-r", "Keyfob", "-b", "add,hidden"]);
    stage.run("xdotool", &["search", "--name", "^Keyfob$", "windowminimize"]);
    assert!(stage.command(app()).status().unwrap().success());
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    assert_eq!(stage.running(&window_program()).len(), 1);

    // No secret is outside its place.
    let secrets = world.secrets();
    let page = window.everything().await;
    let mut found = scan::in_bytes(&secrets, "the page", page.as_bytes());
    // The link is an argument of the program it starts, so its one-time code is visible there; it is used up
    // immediately.
    let lasting: Vec<Secret> = secrets.iter().filter(|s| s.name != "code").cloned().collect();
    found.extend(watch.end(&Seeker::of(&lasting)));
    prove_the_scan_of_the_page(&window, &secrets).await;
    window.close(stage).await;
    found.extend(scan::on_disk(&secrets, stage));
    assert_eq!(found, []);
    prove_the_scan(&world, &secrets);

    // After a restart the connection is still there and works.
    let window = Window::open(stage).await;
    window.reads_at_last("card", "Finance bot").await;
    window.clicks("copy").await;
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));
    window.close(stage).await;
}

// Shows D3.
#[tokio::test]
async fn after_a_kill_the_link_finishes_the_sign_in() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    let window = Window::open(stage).await;
    let browser = world.begin_sign_in(&window).await;

    kill(&world);
    window.forget();
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 0);
    browser.clicks("#accept").await;
    until("the code is exchanged", PATIENCE, || zoho.requests_to(Endpoint::Token).len() == 1);
    until("the token is proven", PATIENCE, || !zoho.requests_to(Endpoint::Status).is_empty());
    until("Keyfob's window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    stage.closes(&window_program());

    let window = Window::open(stage).await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    assert!(zoho.is_alive(&world.newest_token()));
    window.close(stage).await;
}

// Shows T3, C6.
#[tokio::test]
async fn without_the_link_the_pasted_address_signs_in() {
    let world = World::new(Theme::Dark);
    let window = Window::open(&world.stage).await;
    world.fill_in(&window).await;
    window.clicks("open-browser").await;
    window.sees("[data-test=\"waiting\"]").await;

    // The consent page is opened in another browser, which does not know Keyfob's scheme: only the URL is left.
    window.clicks("copy-link").await;
    until("the link is on the clipboard", PATIENCE, || {
        world.stage.clipboard().is_some_and(|c| c.contains("/oauth/v2/auth"))
    });
    let address = world.stage.clipboard().unwrap();
    let came_back = world.zoho.consent(address.trim(), keyfob_practice::Answer::Accept).unwrap();

    window.clicks("paste-address").await;
    window.types("callback-address", "https://accounts.zoho.eu/somewhere").await;
    window.clicks("use-address").await;
    window.sees("[data-test=\"waiting\"]").await;
    world.stage.copies(&format!("\"{came_back}\"\n"));
    window.clicks("paste-callback").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.close(&world.stage).await;
}

/// Types the path into the system's file dialog.
pub fn file_dialog(stage: &Stage, path: &str) {
    until("the file dialog is in front", PATIENCE, || {
        let name = stage.in_front();
        !name.is_empty() && name != "Keyfob" && !name.contains("Chromium")
    });
    stage.run("xdotool", &["key", "--clearmodifiers", "ctrl+a"]);
    stage.run("xdotool", &["type", "--delay", "5", path]);
    stage.run("xdotool", &["key", "Return"]);
}

fn kill(world: &World) {
    for pid in world.stage.running(&window_program()) {
        assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
    }
    until("Keyfob is dead", PATIENCE, || world.stage.running(&window_program()).is_empty());
}

/// Proves that the scan would have found the secrets on the page.
async fn prove_the_scan_of_the_page(window: &Window, secrets: &[Secret]) {
    for secret in secrets {
        let plant = format!("document.body.insertAdjacentText('beforeend', {})", serde_json::json!(secret.text));
        window.script(&plant).await;
    }
    let page = window.everything().await;
    assert_eq!(scan::in_bytes(secrets, "the page", page.as_bytes()).len(), secrets.len());
}

/// Proves that the scan would have found the secrets on the disk and in a command line.
fn prove_the_scan(world: &World, secrets: &[Secret]) {
    let all = secrets.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n");
    let file = world.stage.home().join("planted");
    fs::write(&file, &all).unwrap();
    assert_eq!(scan::on_disk(secrets, &world.stage).len(), secrets.len());
    fs::remove_file(&file).unwrap();

    let watch = Watch::begin(&world.stage);
    assert!(world.stage.command("sh").args(["-c", "sleep 1; true", &all]).status().unwrap().success());
    assert!(watch.end(&Seeker::of(secrets)).len() >= secrets.len());
}
