//! Notifications in a real session: shown while the user looks elsewhere, opened by a click, withdrawn once seen.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::time::Duration;

use keyfob_practice::{Endpoint, Scripted};

use crate::bell::Bell;
use crate::fixture::World;
use crate::panel::Panel;
use crate::patience::until;
use crate::scan::{Secret, in_bytes};
use crate::stage::Theme;
use crate::window::{Window, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// A desktop with a panel and a notification service, and a Keyfob with a connection.
async fn connected(world: &World) -> (Panel, Bell, Window) {
    let (panel, bell) = (Panel::on(&world.stage), Bell::on(&world.stage));
    let window = Window::open(&world.stage).await;
    world.connects(&window).await;
    (panel, bell, window)
}

// Shows T13, T16.
#[tokio::test]
async fn a_notification_opens_the_connection_by_a_click() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let (panel, bell, window) = connected(&world).await;
    stage.looks_away();
    // The new token lives half as long, so that the menu shows when Keyfob has it.
    let half = r#"{"access_token":"1000.half.an.hour","expires_in":1800,"token_type":"Bearer"}"#;
    world.zoho.answer_next(Endpoint::Token, Scripted::json(200, half));
    panel.presses("Refresh now");
    panel.reads_at_last("Finance bot – 30 min");
    assert_eq!(bell.all(), [], "a routine refresh is not notified");

    ends_elsewhere(&world, &panel);
    let told = bell.shows_at_last("Finance bot needs you");
    assert_eq!(told.actions, ["default", "Open"]);
    bell.clicks(&told);
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.sees("[data-test=\"connection\"][data-standing=\"needsYou\"]").await;

    // A second refusal is the same problem, and is not notified again.
    stage.looks_away();
    ends_elsewhere(&world, &panel);
    panel.presses("Refresh now");
    let over = bell.shows_at_last("Finance bot works again");
    panel.reads_at_last("Finance bot – 60 min");
    assert_eq!(bell.all().len(), 2, "{:?}", bell.all());

    // The next notification replaces it, and is withdrawn when it is seen without a click.
    ends_elsewhere(&world, &panel);
    assert_eq!(bell.shows_at_last("Finance bot needs you").id, over.id);
    panel.presses("Show in Keyfob");
    bell.shows_nothing_at_last();

    let mut secrets = vec![Secret { name: "client secret", text: world.registered.client_secret.clone() }];
    secrets.extend(world.zoho.issued_access_tokens().into_iter().map(|text| Secret { name: "access token", text }));
    secrets.push(Secret { name: "e-mail", text: "admin@practice.example".to_owned() });
    let said = format!("{:?}", bell.all());
    assert_eq!(in_bytes(&secrets, "a notification", said.as_bytes()), []);
    window.close(stage).await;
}

#[tokio::test]
async fn a_click_reopens_the_window_and_quitting_withdraws_all() {
    let world = World::new(Theme::Dark);
    let stage = &world.stage;
    let (panel, bell, window) = connected(&world).await;
    window.goes_to_the_tray(stage).await;
    until("no page is kept", PATIENCE, || !stage.runs("WebKitWebProcess"));
    window.forget();

    ends_elsewhere(&world, &panel);
    bell.clicks(&bell.shows_at_last("Finance bot needs you"));
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    until("the page is painted", PATIENCE, || stage.colours_in_front() > 100);
    stage.photograph_as("from-a-notification");

    stage.looks_away();
    panel.presses("Refresh now");
    bell.shows_at_last("Finance bot works again");
    panel.presses("Quit Keyfob");
    until("Keyfob has ended", PATIENCE, || stage.running(&window_program()).is_empty());
    bell.shows_nothing_at_last();
}

#[tokio::test]
async fn a_click_before_the_notifications_id_is_known_counts() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let (panel, bell, window) = connected(&world).await;
    stage.looks_away();
    bell.clicks_the_next();
    ends_elsewhere(&world, &panel);
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.sees("[data-test=\"connection\"][data-standing=\"needsYou\"]").await;
    window.close(stage).await;
}

// Shows D5.
#[tokio::test]
async fn without_a_notification_service_keyfob_keeps_working() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    let panel = Panel::on(stage);
    let window = Window::open(stage).await;
    world.connects(&window).await;
    stage.looks_away();
    ends_elsewhere(&world, &panel);
    let said = || fs::read_to_string(stage.home().join("app.log")).unwrap_or_default();
    until("it is said once", PATIENCE, || said().matches("shows no notifications").count() == 1);

    let bell = Bell::on(stage);
    panel.presses("Refresh now");
    bell.shows_at_last("Finance bot works again");
    ends_elsewhere(&world, &panel);
    bell.shows_at_last("Finance bot needs you");
    assert_eq!(said().matches("shows no notifications").count(), 1);
    window.close(stage).await;
}

/// Makes Zoho end the refresh token, which the next refresh finds out.
fn ends_elsewhere(world: &World, panel: &Panel) {
    let asked = || world.zoho.requests_to(Endpoint::Token).len();
    let before = asked();
    world.zoho.answer_next(Endpoint::Token, Scripted::json(200, r#"{"error":"invalid_code"}"#));
    panel.presses("Refresh now");
    until("Zoho was asked", PATIENCE, || asked() > before);
    panel.reads_at_last("Finance bot – needs you");
}
