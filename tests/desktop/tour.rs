//! The whole journey with Keyfob alone: the built-in Practice, a real browser, and a picture of each step.
//!
//! It runs once in each theme, and axe checks every screen.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::browser::Browser;
use crate::fixture::REDIRECT;
use crate::patience::until;
use crate::stage::{Stage, Theme};
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(20);
/// The origin of the built-in Practice when its port is free.
const PRACTICE: &str = "http://127.0.0.1:28471";
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules/axe-core/axe.min.js");

/// Numbers the pictures and checks the screens.
struct Camera<'a> {
    stage: &'a Stage,
    folder: PathBuf,
    taken: usize,
    axe: String,
}

impl<'a> Camera<'a> {
    fn new(stage: &'a Stage, theme: &str) -> Self {
        let to = std::env::var_os("KEYFOB_PICTURES").expect("KEYFOB_PICTURES names a folder; `make demo` sets it");
        let folder = PathBuf::from(to).join(theme);
        fs::create_dir_all(&folder).unwrap();
        Self { stage, folder, taken: 0, axe: fs::read_to_string(AXE).expect("npm has brought axe-core") }
    }

    /// Takes a picture of the whole screen.
    fn takes(&mut self, name: &str) {
        self.taken += 1;
        let path = self.folder.join(format!("{:02}-{name}.png", self.taken));
        self.stage.photograph(&path);
    }

    /// Takes a picture of Keyfob's screen, once axe finds no serious issue.
    async fn judges(&mut self, window: &Window, name: &str) {
        window.script(&self.axe).await;
        let found = window
            .script_async(
                "const done = arguments[arguments.length - 1];
                 axe.run().then(r => done(r.violations
                   .filter(v => v.impact === 'serious' || v.impact === 'critical')
                   .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))))",
            )
            .await;
        assert_eq!(found, serde_json::json!([]), "{name}");
        window.is_painted().await;
        self.takes(name);
    }
}

#[tokio::test]
async fn tour_in_light() {
    tour(Theme::Light, "light").await;
}

#[tokio::test]
async fn tour_in_dark() {
    tour(Theme::Dark, "dark").await;
}

async fn tour(theme: Theme, name: &str) {
    let stage = Stage::set(theme, PRACTICE);
    let mut camera = Camera::new(&stage, name);
    let window = Window::open(&stage).await;
    window.sees("[data-test=\"practise\"]").await;
    camera.judges(&window, "welcome").await;

    // "Where is your Zoho?" is shown, and left for Practice.
    window.clicks("start").await;
    window.clicks("region-eu").await;
    camera.judges(&window, "where-is-your-zoho").await;
    window.clicks("leave").await;
    window.clicks("practise").await;
    window.sees("[data-test=\"step-register\"]").await;
    camera.judges(&window, "register").await;

    // The console of the built-in Practice, in the user's own browser.
    window.clicks("open-console").await;
    let browser = Browser::connect_to_it(&stage).await;
    browser.turns_to("/console").await;
    camera.takes("console");
    let credentials = register_at(&browser, &mut camera).await;
    window.clicks("next").await;
    window.types("client-id", &credentials.0).await;
    window.types("client-secret", &credentials.1).await;
    stage.run("wmctrl", &["-a", "Keyfob"]);
    camera.judges(&window, "credentials").await;
    window.clicks("next").await;
    window.clicks("task-read-channels").await;
    camera.judges(&window, "what-may-it-do").await;
    window.clicks("next").await;
    window.sees("[data-test=\"open-browser\"]").await;
    camera.judges(&window, "approve").await;
    window.clicks("open-browser").await;
    browser.turns_to("/oauth/v2/auth").await;
    camera.takes("consent");
    window.sees("[data-test=\"waiting\"]").await;
    stage.run("wmctrl", &["-a", "Keyfob"]);
    camera.judges(&window, "waiting").await;
    browser.clicks("#accept").await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.sees("[data-test=\"probe\"]").await;
    camera.judges(&window, "is-this-you").await;
    window.types("connection-name", "Finance bot").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    camera.judges(&window, "use-it").await;
    window.clicks("copy").await;
    until("the clipboard holds a token", PATIENCE, || stage.clipboard().is_some_and(|t| t.starts_with("1000.")));
    camera.judges(&window, "copied").await;
    window.clicks("export").await;
    camera.judges(&window, "export").await;
    window.clicks("cancel-dialog").await;
    window.clicks("done").await;
    window.sees("[data-test=\"card\"]").await;
    camera.judges(&window, "home").await;
    window.clicks("open-card").await;
    window.sees("[data-test=\"connection\"]").await;
    window.clicks("test").await;
    window.sees("[data-test=\"tested\"]").await;
    camera.judges(&window, "connection").await;
    window.close(&stage).await;
}

/// Registers Keyfob in the console, as the wizard's form shows; returns client ID and secret.
async fn register_at(browser: &Browser, camera: &mut Camera<'_>) -> (String, String) {
    browser.clicks("a[href='/console/new/mobile-based']").await;
    browser.types("#name", "Keyfob").await;
    browser.types("#homepage", "https://keyfob.example").await;
    browser.types("#redirects", REDIRECT).await;
    camera.takes("zoho-form");
    browser.clicks("button[type=submit]").await;
    let id = browser.value("#client-id").await;
    let secret = browser.value("#client-secret").await;
    camera.takes("zoho-gives");
    (id, secret)
}
