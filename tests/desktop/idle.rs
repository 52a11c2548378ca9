//! The resources that Keyfob uses hidden in the tray.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::Duration;

use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::stage::{Running, Theme};
use crate::weight::{Weight, head};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// The minutes of the connection's hour that are left, according to the menu.
fn minutes_left(panel: &Panel) -> Option<u32> {
    let left = |label: &String| label.strip_prefix("Finance bot – ")?.strip_suffix(" min")?.parse().ok();
    panel.reads().iter().find_map(left)
}

#[tokio::test]
async fn hidden_in_the_tray_it_uses_less_than_an_empty_window() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    window.close(stage).await;
    let nobody = stage.live_processes();

    let keyfob = Running::start(stage.command(app()).arg("--hidden").stderr(stage.log("app.log")));
    panel.reads_at_last("Finance bot – 60 min");
    let keyfobs = || stage.live_processes().into_iter().filter(|pid| !nobody.contains(pid)).collect::<Vec<_>>();
    assert!(!stage.has_a_page(), "no page process runs");
    // The first half minute still includes the start.
    let started = Weight::of(&keyfobs()).await;
    let hidden = Weight::of(&keyfobs()).await;

    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    until("the page is painted", PATIENCE, || stage.colours_in_front() > 100);
    let open = Weight::of(&keyfobs()).await;
    until("the countdown has moved", Duration::from_secs(90), || minutes_left(&panel).is_some_and(|left| left < 60));
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || keyfobs().is_empty());
    drop(keyfob);

    let running = Running::start(stage.command(window_program()).arg("--bare-window").stderr(stage.log("bare.log")));
    until("the empty window is there", PATIENCE, || stage.run("wmctrl", &["-l"]).contains(" Bare"));
    until("its web view runs", PATIENCE, || stage.runs("WebKitWebProcess"));
    let empty = Weight::of(&keyfobs()).await;
    drop(running);

    println!("{}", head());
    println!("{}", started.told("Keyfob, just started hidden"));
    println!("{}", hidden.told("Keyfob, hidden in the tray"));
    println!("{}", open.told("Keyfob, its window open"));
    println!("{}", empty.told("an empty Tauri window"));
    assert!(hidden.memory > 0 && empty.memory > 0, "something was measured");
    assert!(hidden.memory < empty.memory, "{hidden:?} uses less than {empty:?}");
}
