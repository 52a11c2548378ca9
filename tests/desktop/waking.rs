//! The machine resumes from sleep: the system's bus reports it, and failed requests are retried sooner.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::Duration;

use keyfob_practice::Trouble;
use zbus::blocking::{Connection, connection};

use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::stage::Theme;
use crate::window::Window;

/// Shorter than the minute that the menu's countdown takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The back-off is half a minute after the first failure, and a minute after the second.
const THREE_FAILURES: Duration = Duration::from_mins(2);

// Shows C4.
#[tokio::test]
async fn a_resume_retries_failed_requests_sooner() {
    let mut world = World::new(Theme::Light);
    let system = world.stage.start_system_bus();
    let login: Connection = connection::Builder::address(system.as_str())
        .and_then(|bus| bus.name("org.freedesktop.login1"))
        .and_then(connection::Builder::build)
        .expect("the login service is on the bus");
    let (stage, zoho) = (&world.stage, &world.zoho);
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;

    zoho.trouble(Trouble::Unreachable);
    panel.presses("Refresh now");
    let says = |state: &str| panel.reads().contains(&format!("Finance bot – {state}"));
    until("it has failed three times", THREE_FAILURES, || says("tries again in 2 min"));

    let prepare_for_sleep = |begins: bool| {
        let (nobody, path): (Option<&str>, _) = (None, "/org/freedesktop/login1");
        login.emit_signal(nobody, path, "org.freedesktop.login1.Manager", "PrepareForSleep", &(begins,)).unwrap();
    };
    prepare_for_sleep(true);
    prepare_for_sleep(false);
    until("it is tried sooner", PATIENCE, || says("tries again in 1 min"));
    zoho.back_to_normal();
    window.close(stage).await;
}
