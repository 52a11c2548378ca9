//! The session ends during some work: what was reported as saved is saved, and the next start reports the rest.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::{Duration, Instant};

use keyfob_practice::{Endpoint, Gate, Scripted};
use rustix::process::Signal;

use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::pulse;
use crate::stage::{Running, Stage, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// The time limit for quitting, whatever is pending; on a busy machine a second more.
const QUIT: Duration = Duration::from_secs(5);
const ON_A_BUSY_MACHINE: Duration = Duration::from_secs(6);

fn starts_with(stage: &Stage, link: &str) -> Running {
    Running::start(stage.command(app()).arg(link).stderr(stage.log("app.log")))
}

/// Ends the session and waits until Keyfob has ended.
fn ends(stage: &Stage, when: &str, signal: Signal, meanwhile: impl FnOnce()) {
    let begun = Instant::now();
    stage.signals(&window_program(), signal);
    meanwhile();
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    pulse::took(&format!("ending {when}"), begun.elapsed(), QUIT, ON_A_BUSY_MACHINE);
}

/// Injects a fault or delay into each flush to the disk of this Keyfob, until the result is dropped.
fn flushes(stage: &Stage, become_of_them: &str) -> Running {
    let keyfob = stage.running(&window_program());
    let mut strace = stage.command("strace");
    strace.args(["-f", "-p", &keyfob[0].to_string(), "-o", stage.home().join("flushes").to_str().unwrap()]);
    strace.args(["-e", "trace=fsync,fdatasync", "-e", &format!("inject=fsync,fdatasync:{become_of_them}")]);
    stage.attach_strace(strace, &format!("strace-{become_of_them}.log"))
}

// Shows C7, S3.
#[tokio::test]
async fn ending_during_a_sign_in_is_prompt_and_loses_nothing() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let panel = Panel::on(stage);

    // The user logs out while the browser asks.
    let window = Window::open(stage).await;
    let link = world.link_of(&window, 1).await;
    ends(stage, "while the browser asks", Signal::HUP, || ());
    window.forget();

    // The link starts Keyfob again; it receives SIGTERM before Zoho has answered, and waits for the answer.
    let gate = Gate::new();
    zoho.answer_next(Endpoint::Token, Scripted::usual().held(&gate));
    let keyfob = starts_with(stage, &link);
    gate.reached(1).await;
    ends(stage, "while Zoho takes two seconds over the exchange", Signal::TERM, || {
        let enough = Instant::now() + Duration::from_secs(2);
        until("two seconds are over", PATIENCE, || Instant::now() > enough);
        assert_eq!(stage.running(&window_program()).len(), 1, "it waits for the answer");
        gate.open();
    });
    drop(keyfob);
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1, "one code, one exchange");

    // The tokens are there; Keyfob receives SIGTERM while they are being saved.
    let window = Window::open(stage).await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.types("connection-name", "Finance bot").await;
    let slow = flushes(stage, "delay_enter=400000");
    window.clicks("keep").await;
    ends(stage, "while a save waits for the disk", Signal::TERM, || ());
    drop(slow);
    window.forget();

    let window = Window::open(stage).await;
    window.reads_at_last("card", "Finance bot").await;
    window.clicks("copy").await;
    until("the clipboard holds the token", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));

    // The disk is full, and the user quits: Keyfob asks first, also from the tray.
    let full = flushes(stage, "error=ENOSPC");
    window.clicks("start").await;
    window.reads_at_last("notices", "It could not be saved").await;
    stage.run("xdotool", &["search", "--name", "^Keyfob$", "windowminimize"]);
    panel.presses("Quit Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.sees("[data-test=\"quitting-dialog\"]").await;
    window.is_painted().await;
    stage.photograph_as("quitting-unsaved");
    window.clicks("save-and-quit").await;
    window.clicks("stay-open").await;
    assert_eq!(stage.running(&window_program()).len(), 1, "it quits only once the user confirms");
    // With free space again, one press saves and quits.
    drop(full);
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    window.forget();
    let window = Window::open(stage).await;
    window.sees("[data-test=\"draft\"]").await;
    window.clicks("forget-draft").await;

    // Zoho does not answer at all: Keyfob ends nevertheless, and the next start reports what became of the code.
    let link = world.link_of(&window, 2).await;
    let never = Gate::new();
    zoho.answer_next(Endpoint::Token, Scripted::usual().held(&never));
    assert!(stage.command(app()).arg(&link).status().unwrap().success(), "it hands the link over");
    never.reached(1).await;
    ends(stage, "while Zoho says nothing", Signal::TERM, || ());
    window.forget();
    let window = Window::open(stage).await;
    window.sees("[data-code=\"exchangeCutOff\"]").await;
    window.clicks("leave").await;
    window.reads_at_last("card", "Finance bot").await;
    window.close(stage).await;
}
