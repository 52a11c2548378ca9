//! The command line beside the running window: the question, its answer, and the doctor on a complete desktop.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::process::{Child, Stdio};
use std::time::Duration;

use crate::dialog;
use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::stage::{Stage, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);
const MAY_SCRIPTS: &str = "May scripts read “Finance bot”?";

fn starts(stage: &Stage, arguments: &[&str]) -> Child {
    stage.command(app()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Returns the exit code, standard output and standard error.
fn ends(child: Child) -> (Option<i32>, String, String) {
    let ended = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

// Shows T28.
#[tokio::test]
async fn a_script_waits_for_the_users_answer_only_once() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    window.goes_to_the_tray(stage).await;

    // Hidden in the tray, it asks in a separate dialog.
    let script = starts(stage, &["token", "Finance bot"]);
    dialog::asks(stage, MAY_SCRIPTS);
    assert!(!stage.has_window(), "the question needs no window");
    stage.photograph_as("scripts-ask");
    dialog::answers(stage, MAY_SCRIPTS, 'A');
    panel.presses("Open Keyfob");
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    let (code, out, err) = ends(script);
    assert_eq!((code, out.trim()), (Some(0), world.newest_token().as_str()));
    assert!(world.zoho.is_alive(out.trim()) && !err.contains(out.trim()), "{err}");

    assert_eq!(ends(starts(stage, &["token", "Finance bot"])), (Some(0), out, String::new()));
    assert_eq!(ends(starts(stage, &["token", "Nobody"])).0, Some(3));

    // The permission is withdrawn on the page.
    window.clicks("open-card").await;
    window.clicks("allow-scripts").await;
    let turned_away = || ends(starts(stage, &["token", "Finance bot"])).0 == Some(4);
    until("scripts are turned away", PATIENCE, turned_away);
    stage.photograph_as("scripts-page");

    let (code, found, _) = ends(starts(stage, &["doctor"]));
    println!("{found}");
    assert_eq!(code, Some(0), "{found}");
    for well in
        ["ok     Vault    opens, with 1 connection", "ok     Tray", "ok     Links", "ok     Browser  Stage Browser"]
    {
        assert!(found.contains(well), "{well:?} in {found}");
    }
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    window.forget();

    // Without a running Keyfob, the command itself opens the vault.
    let (code, _, err) = ends(starts(stage, &["token", "Finance bot"]));
    assert_eq!(code, Some(4), "{err}");
}
