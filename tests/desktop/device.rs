//! A Non-browser client: the code on the screen is typed in a real browser, and Keyfob notices the approval.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::time::{Duration, Instant};

use keyfob_practice::{Application, ClientType, Endpoint};

use crate::browser::Browser;
use crate::fixture::World;
use crate::stage::Theme;
use crate::window::Window;

/// The polling interval is half a minute, so the approval is noticed within that and a little more.
const PATIENCE: Duration = Duration::from_secs(75);

#[tokio::test]
async fn a_code_on_the_screen_is_typed_in_a_browser() {
    let world = World::new(Theme::Light);
    let application = Application {
        client_type: ClientType::NonBrowser,
        name: "Keyfob".to_owned(),
        homepage: "https://keyfob.example".to_owned(),
        redirects: Vec::new(),
    };
    let registered = world.zoho.register(application).unwrap();
    let window = Window::open(&world.stage).await;
    window.clicks("start").await;
    window.clicks("region-test").await;
    window.clicks("next").await;
    window.clicks("client-types").await;
    window.clicks("type-nonBrowser").await;
    window.clicks("next").await;
    window.types("client-id", &registered.client_id).await;
    window.types("client-secret", &registered.client_secret).await;
    window.clicks("next").await;
    window.clicks("task-read-channels").await;
    window.clicks("next").await;
    window.clicks("open-browser").await;
    let code = window.reads("user-code").await;
    window.is_painted().await;
    world.stage.photograph_as("device-code");

    window.clicks("open-page").await;
    let browser = Browser::connect_to_it(&world.stage).await;
    browser.turns_to("/oauth/v3/device").await;
    browser.types("#user-code", &code).await;
    browser.clicks("#verify").await;
    browser.clicks("#accept").await;
    browser.turns_to("/answer").await;

    let end = Instant::now() + PATIENCE;
    while !window.has("email").await {
        assert!(Instant::now() < end, "the approval was not noticed");
    }
    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    assert!(world.zoho.is_alive(&world.newest_token()));
    let polls = world.zoho.requests_to(Endpoint::DeviceToken);
    assert!(polls.windows(2).all(|pair| pair[1].at - pair[0].at >= 30_000), "no more often than Zoho allows");
    window.close(&world.stage).await;
}
