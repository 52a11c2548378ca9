//! A Self Client: its code is created in the console, in a real browser, and pasted; or the console's file has
//! everything.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::time::Duration;

use keyfob_practice::{Application, ClientType, Endpoint, Registered};

use crate::browser::Browser;
use crate::dialog;
use crate::fixture::World;
use crate::journey::file_dialog;
use crate::patience::until;
use crate::stage::Theme;
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(20);

/// Fills in the wizard up to the step where the client is registered, which it is not yet.
async fn chooses_the_type(world: &World, window: &Window) {
    window.clicks("start").await;
    window.clicks("region-test").await;
    window.clicks("next").await;
    window.clicks("client-types").await;
    window.clicks("type-selfClient").await;
    assert!(world.zoho.requests_to(Endpoint::Token).is_empty());
}

#[tokio::test]
async fn a_code_from_the_console_is_pasted() {
    let world = World::new(Theme::Light);
    let window = Window::open(&world.stage).await;
    chooses_the_type(&world, &window).await;
    window.clicks("open-console").await;
    let browser = Browser::connect_to_it(&world.stage).await;
    browser.turns_to("/console").await;
    browser.clicks("a[href='/console/new/self-client']").await;
    let (id, secret) = (browser.value("#client-id").await, browser.value("#client-secret").await);

    window.clicks("next").await;
    window.types("client-id", &id).await;
    window.types("client-secret", &secret).await;
    window.clicks("next").await;
    window.clicks("task-read-channels").await;
    window.clicks("next").await;
    let scopes = window.reads("asked").await;
    browser.types("#scope", &scopes).await;
    browser.types("#description", "Keyfob").await;
    world.stage.photograph_as("self-client-console");
    browser.clicks("button[type=submit]").await;
    browser.turns_to("/code").await;
    world.stage.copies(&browser.value("#code").await);
    world.stage.run("wmctrl", &["-a", "Keyfob"]);
    window.is_painted().await;
    world.stage.photograph_as("self-client-code");
    window.clicks("paste-code").await;

    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    let exchange = world.zoho.requests_to(Endpoint::Token).remove(0);
    assert!(exchange.form("redirect_uri").is_none() && exchange.form("code_verifier").is_none());
    assert!(world.zoho.requests_to(Endpoint::Consent).is_empty());
    assert!(world.zoho.is_alive(&world.newest_token()));
    window.close(&world.stage).await;
}

#[tokio::test]
async fn the_consoles_file_is_opened() {
    let world = World::new(Theme::Dark);
    let window = Window::open(&world.stage).await;
    chooses_the_type(&world, &window).await;
    let application = Application {
        client_type: ClientType::SelfClient,
        name: "Self Client".to_owned(),
        homepage: String::new(),
        redirects: Vec::new(),
    };
    let Registered { client_id, client_secret, .. } = world.zoho.register(application).unwrap();
    let scopes = ["AaaServer.profile.READ", "ZohoCliq.Profile.READ"];
    let file = serde_json::json!({
        "client_id": client_id, "client_secret": client_secret, "scope": scopes, "grant_type": "authorization_code",
        "code": world.zoho.make_code(&client_id, &scopes, 3).unwrap(),
    });
    let path = world.stage.home().join("self_client.json");
    fs::write(&path, file.to_string()).unwrap();

    window.clicks("next").await;
    window.clicks("open-file").await;
    file_dialog(&world.stage, path.to_str().unwrap());
    dialog::answers(&world.stage, "Sign in at", 'S');
    until("the code is exchanged", PATIENCE, || world.zoho.requests_to(Endpoint::Token).len() == 1);
    window.reads_at_last("email", "admin@practice.example").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    window.close(&world.stage).await;
}
