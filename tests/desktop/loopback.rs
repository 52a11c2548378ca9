//! The redirect of a Server-based client, in a real window and a real browser: both redirect URIs registered, a page
//! that says the tab may be closed, and Keyfob in front.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use keyfob_core::loopback::FRONT;
use keyfob_core::redirect_method::{LOOPBACK_PORTS, loopback};
use keyfob_practice::{Application, ClientType};

use crate::arguments::to_sign_in_with;
use crate::fixture::World;
use crate::patience::until;
use crate::ports::Ports;
use crate::scan::{Seeker, Watch};
use crate::stage::Theme;
use crate::window::{Window, app};

const PATIENCE: Duration = Duration::from_secs(20);

// Shows T4.
#[tokio::test]
async fn a_server_based_client_is_redirected_to_a_port() {
    let _ports = Ports::alone().await;
    let mut world = World::new(Theme::Light);
    let (name, homepage) = ("Keyfob".to_owned(), "https://keyfob.example".to_owned());
    let redirects = LOOPBACK_PORTS.map(loopback).to_vec();
    let application = Application { client_type: ClientType::ServerBased, name, homepage, redirects };
    world.registered = world.zoho.register(application).expect("the client is registered");
    let stage = &world.stage;
    let watch = Watch::begin(stage);
    let window = Window::open(stage).await;

    // "I already have a client": the drawing of Zoho's form has both addresses.
    window.clicks("start").await;
    window.clicks("region-test").await;
    window.clicks("next").await;
    window.clicks("client-types").await;
    window.clicks("type-serverBased").await;
    window.reads_at_last("form-redirectUri", &loopback(LOOPBACK_PORTS[0])).await;
    window.reads_at_last("form-secondRedirectUri", &loopback(LOOPBACK_PORTS[1])).await;
    window.is_painted().await;
    stage.photograph(&picture("1-register"));
    window.clicks("copy-second-redirect-uri").await;
    until("the second address is copied", PATIENCE, || stage.clipboard() == Some(loopback(LOOPBACK_PORTS[1])));
    window.clicks("next").await;
    window.types("client-id", &world.registered.client_id).await;
    window.types("client-secret", &world.registered.client_secret).await;
    window.clicks("next").await;
    window.clicks("task-read-channels").await;
    window.clicks("next").await;
    window.sees("[data-test=\"open-browser\"]").await;
    assert!(Ports::is_free(LOOPBACK_PORTS[0]), "nothing listens before it is needed");

    let browser = world.go_to_consent(&window).await;
    assert!(!Ports::is_free(LOOPBACK_PORTS[0]), "it listens before the user has answered");
    // A minimized window is raised even where the desktop does not let programs take the focus from another one.
    stage.run("xdotool", &["search", "--name", "^Keyfob$", "windowminimize"]);
    browser.clicks("#accept").await;
    browser.turns_to("localhost:28473/callback").await;
    assert!(browser.reads("h1").await.contains("You may close this tab"));
    fs::write(picture("2-done"), browser.photograph().await).unwrap();
    assert!(!browser.reads("body").await.contains("1000."), "the response is not shown on the page");

    window.reads_at_last("email", "admin@practice.example").await;
    until("Keyfob is in front", PATIENCE, || stage.in_front() == "Keyfob");
    window.is_painted().await;
    stage.photograph(&picture("3-back"));
    until("the port is closed", PATIENCE, || Ports::is_free(LOOPBACK_PORTS[0]));
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    assert!(world.zoho.is_alive(&world.newest_token()));

    // One more permission: Zoho's page asks for that only, and the refresh token stays.
    window.clicks("done").await;
    window.clicks("card-menu").await;
    window.clicks("menu-add-permissions").await;
    window.clicks("task-read-people").await;
    window.clicks("next").await;
    window.sees("[data-test=\"adds\"]").await;
    window.clicks("open-browser").await;
    browser.turns_to("/oauth/v2/token/addextrascope").await;
    let asked = browser.reads("main").await;
    assert!(asked.contains("ZohoCliq.Users.READ") && !asked.contains("ZohoCliq.Channels.READ"), "{asked}");
    fs::write(picture("4-more"), browser.photograph().await).unwrap();
    browser.clicks("#accept").await;
    window.sees("[data-test=\"step-use\"]").await;
    assert_eq!(world.zoho.counts(&world.registered.client_id).refresh_tokens, 1);
    window.close(stage).await;

    // Every user of the computer can read the arguments of all programs.
    let signs_in = to_sign_in_with(&world.zoho);
    for name in ["state", "code_challenge", "enhance_token"] {
        assert!(signs_in.iter().any(|secret| secret.name == name), "{name} was in a URL that was opened");
    }
    assert_eq!(watch.end(&Seeker::of(&signs_in)), []);
}

#[tokio::test]
async fn the_pages_link_to_the_window_starts_no_keyfob() {
    let world = World::new(Theme::Light);
    let late = || world.stage.command(app()).arg(FRONT).stderr(world.stage.log("app.log")).status().unwrap();
    assert!(late().success());
    assert!(!world.stage.has_window() && !world.stage.has_a_page());

    let window = Window::open(&world.stage).await;
    assert!(late().success(), "the running Keyfob gets it");
    window.close(&world.stage).await;
}

fn picture(name: &str) -> PathBuf {
    let to = std::env::var_os("KEYFOB_PICTURES").expect("KEYFOB_PICTURES names a folder; `make demo` sets it");
    let folder = PathBuf::from(to).join("loopback");
    fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.png"))
}
