//! The engine panics: a window reports it, and Keyfob quits.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::time::Duration;

use keyfob_practice::Endpoint;

use crate::fixture::World;
use crate::patience::until;
use crate::stage::{Running, Stage, Theme};
use crate::window::{Window, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// Makes the system's random numbers fail on every thread of Keyfob's engine until the result is dropped.
fn fail_random_values(stage: &Stage) -> Running {
    let tasks = format!("/proc/{}/task", stage.running(&window_program())[0]);
    let engines = |thread: &String| {
        fs::read_to_string(format!("{tasks}/{thread}/comm")).is_ok_and(|name| name.starts_with("tokio"))
    };
    let threads = fs::read_dir(&tasks).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let mut strace = stage.command("strace");
    for thread in threads.filter(engines) {
        strace.args(["-p", &thread]);
    }
    strace.args(["-o", "/dev/null", "-e", "trace=getrandom", "-e", "inject=getrandom:error=EIO"]);
    stage.attach_strace(strace, "strace.log")
}

// Shows S9; ASVS 16.5.4.
#[tokio::test]
async fn a_broken_engine_is_reported_and_keyfob_quits() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    stage.has_a_browser_that_only_notes();
    let window = Window::open(stage).await;
    world.fill_in(&window).await;

    // Keyfob must not start a sign-in with predictable values.
    let none_left = fail_random_values(stage);
    window.clicks("open-browser").await;
    until("it is told in a window of its own", PATIENCE, || stage.windows() == 2);
    drop(none_left);
    let log = fs::read_to_string(stage.home().join("app.log")).unwrap();
    let told: Vec<&str> = log.lines().filter(|line| line.starts_with("keyfob: ")).collect();
    assert!(told[0].starts_with("keyfob: gave up at "), "{told:?}");
    assert_eq!(
        told[1..],
        [concat!(
            "keyfob: Keyfob made a mistake and has to close. What was saved is safe; please start it again. ",
            "What led to it is kept in a file without secrets: keyfob doctor --log prints it."
        )]
    );
    stage.photograph_as("broken");

    stage.run("xdotool", &["key", "Return"]);
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    window.forget();
    assert!(!stage.home().join("noted").exists(), "no browser opened");
    assert_eq!(world.zoho.requests_to(Endpoint::Token).len(), 0);

    // The input is saved: the user continues where they were.
    let window = Window::open(stage).await;
    window.clicks("start").await;
    window.sees("[data-test=\"open-browser\"]").await;
    window.close(stage).await;
}
