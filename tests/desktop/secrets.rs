//! The whole life of a connection, with every fault in it, and no secret in a forbidden place.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod clipboard;
mod faults;
mod planted;
mod surfaces;

use std::time::{Duration, Instant};

use keyfob_practice::{Answer, Application, ClientType, Endpoint};

use crate::dialog;
use crate::fixture::{REDIRECT, World};
use crate::patience::until;
use crate::proof;
use crate::scan::{FORMS, Found, Secret, Seeker, memory};
use crate::stage::Theme;
use crate::window::{Window, app, window_program};
use surfaces::Surfaces;

const PATIENCE: Duration = Duration::from_secs(20);

/// The link that ends a sign-in is passed as an argument and on the bus; its one-time code is used up immediately.
const OF_THE_LINK: [&str; 2] = ["a command line", "the session bus"];

// Shows T4, T9, T10, T11, T12, T13, T14, T16.
#[tokio::test]
async fn in_a_life_with_twenty_faults_no_secret_leaks() {
    let mut world = World::new(Theme::Light);
    let mut surfaces = Surfaces::begin(&world.stage);
    let window = Window::open(&world.stage).await;
    surfaces.look(&window, "welcome").await;

    // The client secret is pasted, so the page never has it.
    world.goes_to_credentials(&window).await;
    window.types("client-id", &world.registered.client_id).await;
    world.stage.copies(&world.registered.client_secret);
    window.clicks("paste-secret").await;
    // Its region was added, so the user confirms the server.
    dialog::answers(&world.stage, "Use the client secret", 'U');
    window.sees("[data-test=\"secret-held\"]").await;
    surfaces.look(&window, "credentials").await;
    world.chooses_permissions(&window).await;
    surfaces.look(&window, "approve").await;
    let browser = world.go_to_consent(&window).await;
    surfaces.look(&window, "waiting").await;
    browser.clicks("#accept").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.types("connection-name", "Finance bot").await;
    surfaces.look(&window, "is this you").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    surfaces.look(&window, "use it").await;
    window.clicks("copy").await;
    let copied = Instant::now();
    clipboard::is_marked(&world);
    window.clicks("done").await;
    surfaces.look(&window, "home").await;
    window.clicks("open-card").await;
    window.clicks("allow-scripts").await;
    dialog::answers(&world.stage, "May scripts read", 'A');
    surfaces.look(&window, "connection").await;
    surfaces.keyfob(&world, &["refresh", "Finance bot"]);

    let held = world.secrets();
    let pasted = of_the_page(&world, &held);
    proof::figure("secrets in the memory of the page's processes, the client secret pasted", pasted.len(), "0");
    assert_eq!(pasted, []);

    let faults = faults::happen(&world, &window, &mut surfaces, &held).await;
    proof::figure("faults gone through under the scan", faults, "20 or more");
    assert!(faults >= 20);
    clipboard::is_cleared(&world, copied);

    // The secrets it must hold to work, and those left when the connection has ended.
    told("held by Keyfob at rest", &of_keyfob(&world, &held));
    let held = world.secrets();
    faults::revokes(&world, &window, &mut surfaces, &held).await;
    // The library that receives links keeps the last one; its code is used up.
    let mut left = of_keyfob(&world, &held);
    told("left in Keyfob after the connection was ended", &left);
    left.retain(|f| f.name != "code");
    proof::figure("secrets left in memory after their connection was ended, a spent code apart", left.len(), "0");
    assert_eq!(left, []);

    // Once more, with a typed client secret.
    let mut all = held;
    let application = Application {
        client_type: ClientType::MobileBased,
        name: "Second".to_owned(),
        homepage: "https://keyfob.example".to_owned(),
        redirects: vec![REDIRECT.to_owned()],
    };
    world.registered = world.zoho.register(application).unwrap();
    world.fill_in(&window).await;
    surfaces.look(&window, "typed").await;
    comes_back(&world, &window).await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    let typed = [Secret { name: "client secret", text: world.registered.client_secret.clone() }];
    told("in the page's processes, the client secret typed", &of_the_page(&world, &typed));
    told("in Keyfob, the client secret typed", &of_keyfob(&world, &typed));
    window.clicks("copy").await;
    clipboard::holds(&world, &world.newest_token());
    world.stage.copies("words of somebody else");
    all.extend(world.secrets());
    surfaces.look(&window, "use it again").await;
    Surfaces::hears_the_log(&world.stage);
    window.close(&world.stage).await;
    clipboard::holds(&world, "words of somebody else");

    let seeker = Seeker::of(&all);
    let mut found = surfaces.end(&world, &seeker);
    found.retain(|f| !(f.name == "code" && OF_THE_LINK.contains(&f.place.as_str())));
    proof::figure(
        "secrets where none may be",
        format!("{} ({} secrets, {FORMS} forms, {} surfaces)", found.len(), all.len(), surfaces::COUNT),
        "0, 8 surfaces or more",
    );
    assert_eq!(found, []);
}

/// Approves the sign-in, and delivers its link by a second start.
async fn comes_back(world: &World, window: &Window) {
    let asked = world.zoho.requests_to(Endpoint::Consent).len();
    window.clicks("open-browser").await;
    until("the browser is at Zoho", PATIENCE, || world.zoho.requests_to(Endpoint::Consent).len() > asked);
    window.clicks("copy-link").await;
    let address = || world.stage.clipboard().filter(|text| text.contains("/oauth/v2/auth"));
    until("the address is on the clipboard", PATIENCE, || address().is_some());
    let link = world.zoho.consent(address().unwrap().trim(), Answer::Accept).unwrap();
    assert!(world.stage.command(app()).arg(link).status().unwrap().success());
    window.reads_at_last("email", "admin@practice.example").await;
}

/// Finds secrets in the page's process and in its network process.
fn of_the_page(world: &World, secrets: &[Secret]) -> Vec<Found> {
    let stage = &world.stage;
    let mut found = Vec::new();
    for name in ["WebKitWebProcess", "WebKitNetworkProcess"] {
        let pids = stage.running_named(name);
        assert!(!pids.is_empty(), "{name} runs");
        for pid in pids {
            found.extend(in_memory(secrets, name, pid));
        }
    }
    found
}

fn of_keyfob(world: &World, secrets: &[Secret]) -> Vec<Found> {
    let pids = world.stage.running(&window_program());
    assert_eq!(pids.len(), 1);
    in_memory(secrets, "Keyfob", pids[0])
}

fn in_memory(secrets: &[Secret], place: &str, pid: u32) -> Vec<Found> {
    let (found, read) = memory::of_process(&Seeker::of(secrets), place, pid);
    assert!(read > 1 << 20, "{place} was read");
    found
}

fn told(what: &str, found: &[Found]) {
    let each: Vec<String> = found.iter().map(|f| format!("{} ({}, {})", f.name, f.form, f.place)).collect();
    println!("{what}: {}", if each.is_empty() { "nothing".to_owned() } else { each.join("; ") });
}
