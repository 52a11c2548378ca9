//! The page's process is killed, as when memory is low.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::process::Command;
use std::time::Duration;

use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::stage::{Stage, Theme};
use crate::window::{Window, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// The number of pixels in the window.
const PIXELS: usize = 960 * 720;

// Shows S9, D6; ASVS 16.5.4.
#[tokio::test]
async fn a_killed_page_process_is_restored() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    panel.presses("Show in Keyfob");
    window.sees("[data-test=\"connection\"]").await;
    window.is_painted().await;
    let before = stage.front("before.png");
    window.forget();

    for _ in 0..3 {
        kills_the_page(stage);
        until("there is another process for the page", PATIENCE, || stage.runs("WebKitWebProcess"));
        until("the page is painted as it was", PATIENCE, || {
            stage.pixels_apart(&before, &stage.front("after.png")) < PIXELS / 50
        });
    }
    stage.photograph_as("after-the-page-died");

    // It is updated as before.
    panel.presses("Pause refreshing");
    until("the page tells of the pause", PATIENCE, || {
        stage.pixels_apart(&before, &stage.front("after.png")) > PIXELS / 100
    });

    // After repeated kills it is not restarted endlessly, and the tray still works.
    kills_the_page(stage);
    panel.presses("Copy access token");
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));
    assert!(!stage.runs("WebKitWebProcess"));
    assert!(stage.has_window());
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
}

fn kills_the_page(stage: &Stage) {
    let pages = stage.running_named("WebKitWebProcess");
    assert_eq!(pages.len(), 1);
    assert!(Command::new("kill").args(["-9", &pages[0].to_string()]).status().unwrap().success());
    until("it has ended", PATIENCE, || !stage.live_processes().contains(&pages[0]));
}
