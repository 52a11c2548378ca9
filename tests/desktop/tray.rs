//! The tray in a real session: a panel that takes its icon, and menu entries pressed over the bus as panels do.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::Duration;

use keyfob_practice::{Endpoint, Scripted};

use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::stage::{Running, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

// Shows T16.
#[tokio::test]
async fn the_tray_works_without_a_window() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    panel.reads_at_last("No connection yet");
    panel.tells_at_last("No connection yet");
    world.connects(&window).await;
    panel.reads_at_last("All tokens are good");
    panel.tells_at_last("All tokens are good");
    panel.reads_at_last("Finance bot – 60 min");
    let good = panel.picture();

    // Closing the window for the first time asks; then the window is gone and Keyfob still runs.
    stage.presses_close();
    window.sees("[data-test=\"closing-dialog\"]").await;
    window.is_painted().await;
    stage.photograph_as("closing");
    window.clicks_as_a_farewell("close-stay").await;
    until("the window is gone", PATIENCE, || !stage.has_window());
    assert_eq!(stage.running(&window_program()).len(), 1);

    // A copy from the menu, and a refresh, which yields another token.
    panel.presses("Copy access token");
    let first = world.newest_token();
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&first));
    assert!(zoho.is_alive(&first));
    panel.presses("Refresh now");
    until("there is a new token", PATIENCE, || world.newest_token() != first);
    panel.reads_at_last("Finance bot – 60 min");
    // Zoho has answered; until Keyfob has read the response, a press copies the token before.
    until("the clipboard holds the new one", PATIENCE, || {
        panel.presses("Copy access token");
        stage.clipboard().as_deref() == Some(&world.newest_token())
    });

    // A problem is shown by the menu, the tooltip and another icon.
    zoho.answer_next(Endpoint::Token, Scripted::json(200, r#"{"error":"invalid_code"}"#));
    panel.presses("Refresh now");
    panel.reads_at_last("1 connection needs you");
    panel.tells_at_last("1 connection needs you");
    panel.reads_at_last("Finance bot – needs you");
    until("the picture is another", PATIENCE, || panel.picture() != good);

    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    window.forget();
}

// Shows D5.
#[tokio::test]
async fn when_the_panel_ends_the_window_returns() {
    let world = World::new(Theme::Dark);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    window.goes_to_the_tray(stage).await;

    drop(panel);
    until("there is a window", PATIENCE, || stage.has_window());
    let panel = Panel::on(stage);
    panel.reads_at_last("All tokens are good");
    assert!(stage.has_window(), "the window stays until it is closed");
    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.close(stage).await;
}

#[tokio::test]
async fn a_panel_started_after_keyfob_shows_its_icon() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let window = Window::open(stage).await;
    world.connects(&window).await;
    let panel = Panel::on(stage);
    panel.reads_at_last("All tokens are good");
    panel.tells_at_last("All tokens are good");
    window.close(stage).await;
}

// Shows ASVS 14.3.1.
#[tokio::test]
async fn hidden_in_the_tray_no_page_runs_and_opening_restores_it() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    assert!(stage.runs("WebKitWebProcess"));
    window.goes_to_the_tray(stage).await;
    until("no page is kept", PATIENCE, || !stage.runs("WebKitWebProcess"));
    window.forget();

    // The tray works without a page; then the page is shown as it was left.
    panel.presses("Copy access token");
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));
    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    until("the page is painted", PATIENCE, || stage.colours_in_front() > 100);
    assert!(stage.has_a_page());
    stage.photograph_as("from-the-tray");
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
}

#[tokio::test]
async fn at_login_it_starts_hidden_if_that_is_set() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    let entry = stage.home().join(".config/autostart/Keyfob.desktop");
    assert!(!entry.exists(), "nothing starts at login by default");
    window.clicks("at-login").await;
    until("the session knows of it", PATIENCE, || entry.exists());
    let text = std::fs::read_to_string(&entry).unwrap();
    assert!(text.lines().any(|line| line.starts_with("Exec=") && line.ends_with(" --hidden")), "{text}");
    window.close(stage).await;

    // The next session begins.
    let _keyfob = Running::start(stage.command(app()).arg("--hidden").stderr(stage.log("app.log")));
    panel.reads_at_last("Finance bot – 60 min");
    assert!(!stage.has_window() && !stage.has_a_page());
    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
}
