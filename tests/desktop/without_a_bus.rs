//! A desktop without a session bus: no keyring, no icon, no notifications, and no bus to find the first Keyfob on; and
//! one whose bus ends.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::Duration;

use keyfob_practice::Endpoint;

use crate::fixture::World;
use crate::patience::until;
use crate::stage::{Running, Stage, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

fn is_started_again(stage: &Stage, arguments: &[&str]) {
    let ended = stage.command(app()).args(arguments).stderr(stage.log("app.log")).status().unwrap();
    assert!(ended.success(), "{ended}");
    assert_eq!(stage.running(&window_program()).len(), 1, "still only one runs");
}

async fn says_that_there_is_no_keyring(window: &Window) {
    window.sees("[data-test=\"vault\"][data-code=\"keyringAbsent\"]").await;
    window.reads_at_last("vault", "This computer has no keyring running").await;
}

// Shows D5.
#[tokio::test]
async fn without_a_bus_a_second_start_hands_over_its_link() {
    let world = World::without_a_bus(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let window = Window::open(stage).await;
    says_that_there_is_no_keyring(&window).await;

    // "For this run only" works completely.
    window.clicks("this-run-only").await;
    window.clicks("use-this-run-only").await;
    let link = world.link_of(&window, 1).await;
    is_started_again(stage, &["cliqkeyfob://callback?state=forged&code=1000.forged&location=test"]);
    window.reads_at_last("strays", "1 link").await;
    is_started_again(stage, &[&link]);
    window.reads_at_last("email", "admin@practice.example").await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1);
    window.types("connection-name", "Finance bot").await;
    window.clicks("keep").await;
    window.clicks("done").await;

    // Without a panel for the icon, the window stays reachable, and comes back when Keyfob is started again.
    stage.presses_close();
    window.clicks_as_a_farewell("close-stay").await;
    until("it is out of the way", PATIENCE, || stage.in_front() != "Keyfob");
    assert!(stage.has_window(), "minimized");
    is_started_again(stage, &[]);
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.reads_at_last("card", "Finance bot").await;
    window.forget();
}

// Shows D5.
#[tokio::test]
async fn without_a_bus_it_starts_at_login_with_a_window() {
    let mut stage = Stage::without_a_bus(Theme::Dark);
    stage.has_lost_its_bus();
    let keyfob = Running::start(stage.command(app()).arg("--hidden").stderr(stage.log("app.log")));
    until("there is a window", PATIENCE, || stage.has_window());
    is_started_again(&stage, &[]);
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    stage.closes(&window_program());
    drop(keyfob);

    let window = Window::open(&stage).await;
    says_that_there_is_no_keyring(&window).await;
    window.close(&stage).await;
}

// Shows D5.
#[tokio::test]
async fn losing_the_session_bus_quits_cleanly() {
    let mut world = World::new(Theme::Light);
    world.stage.has_a_browser_that_only_notes();
    let window = Window::open(&world.stage).await;
    let link = world.link_of(&window, 1).await;
    window.close(&world.stage).await;
    let mut keyfob = world.stage.command(app()).stderr(world.stage.log("app.log")).spawn().unwrap();
    until("there is a window", PATIENCE, || world.stage.has_window());
    world.stage.restarts_its_bus(&window_program());
    assert_eq!(keyfob.wait().unwrap().code(), Some(0), "it quits successfully");

    let window = Window::open(&world.stage).await;
    is_started_again(&world.stage, &[&link]);
    window.reads_at_last("email", "admin@practice.example").await;
    assert_eq!(world.zoho.requests_to(Endpoint::Token).len(), 1);
    window.close(&world.stage).await;
}
