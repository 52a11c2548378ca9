//! The test's own Zoho, which Keyfob knows as an added region, and steps that several journeys share.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;

use keyfob_practice::{Answer, Application, ClientType, Endpoint, Plan, Practice, Registered};
use serde_json::json;

use crate::browser::Browser;
use crate::scan::Secret;
use crate::stage::{Stage, Theme};
use crate::window::Window;

pub const REDIRECT: &str = "cliqkeyfob://callback";

/// A stage, a Zoho, and a client registered there.
pub struct World {
    pub stage: Stage,
    pub zoho: Practice,
    pub registered: Registered,
}

impl World {
    /// A home where Keyfob has never run; `regions.json` names the test's Zoho.
    pub fn new(theme: Theme) -> Self {
        Self::on(|zoho| Stage::set(theme, zoho))
    }

    /// The same on a desktop without a session bus, and so without a keyring.
    pub fn without_a_bus(theme: Theme) -> Self {
        Self::on(|zoho| {
            let stage = Stage::without_a_bus(theme);
            stage.place_browser(zoho);
            stage
        })
    }

    fn on(set: impl FnOnce(&str) -> Stage) -> Self {
        let zoho = Practice::start(Plan { location: "test".to_owned(), ..Plan::default() }).unwrap();
        let stage = knowing(&zoho, set(zoho.origin()));
        let application = Application {
            client_type: ClientType::MobileBased,
            name: "Keyfob".to_owned(),
            homepage: "https://keyfob.example".to_owned(),
            redirects: vec![REDIRECT.to_owned()],
        };
        let registered = zoho.register(application).expect("the client is registered");
        Self { stage, zoho, registered }
    }

    /// Another user's desktop with the same Zoho, where Keyfob has never run either.
    pub fn colleague(&self, theme: Theme) -> Stage {
        knowing(&self.zoho, Stage::set(theme, self.zoho.origin()))
    }

    /// The wizard's first four steps, by clicks and keys, to the button that opens the browser.
    pub async fn fill_in(&self, window: &Window) {
        self.goes_to_credentials(window).await;
        window.types("client-id", &self.registered.client_id).await;
        window.types("client-secret", &self.registered.client_secret).await;
        self.chooses_permissions(window).await;
    }

    pub async fn goes_to_credentials(&self, window: &Window) {
        window.clicks("start").await;
        window.clicks("region-test").await;
        window.clicks("next").await;
        window.sees("[data-test=\"step-register\"]").await;
        window.clicks("next").await;
        window.sees("[data-test=\"client-id\"]").await;
    }

    pub async fn chooses_permissions(&self, window: &Window) {
        window.clicks("next").await;
        window.clicks("task-read-channels").await;
        window.clicks("next").await;
        window.sees("[data-test=\"open-browser\"]").await;
    }

    /// Fills in the wizard and lets it open the browser, which only records URLs, for the `nth` time; returns the URL.
    pub async fn asks(&self, window: &Window, nth: usize) -> String {
        self.fill_in(window).await;
        window.clicks("open-browser").await;
        let address = self.stage.noted(nth);
        window.sees("[data-test=\"waiting\"]").await;
        address.trim().to_owned()
    }

    /// The same; the user accepts, and the link that the browser would open is returned.
    pub async fn link_of(&self, window: &Window, nth: usize) -> String {
        let address = self.asks(window, nth).await;
        self.zoho.consent(&address, Answer::Accept).unwrap()
    }

    /// Opens the browser and goes to the consent page.
    pub async fn go_to_consent(&self, window: &Window) -> Browser {
        window.clicks("open-browser").await;
        let browser = Browser::connect_to_it(&self.stage).await;
        browser.turns_to("/oauth/v2/auth").await;
        browser
    }

    /// From the empty wizard to the consent page; the window waits for the browser.
    pub async fn begin_sign_in(&self, window: &Window) -> Browser {
        self.fill_in(window).await;
        let browser = self.go_to_consent(window).await;
        window.sees("[data-test=\"waiting\"]").await;
        browser
    }

    /// From the wizard to a card on Home.
    pub async fn connects(&self, window: &Window) {
        self.fill_in(window).await;
        self.go_to_consent(window).await.clicks("#accept").await;
        window.reads_at_last("email", "admin@practice.example").await;
        window.types("connection-name", "Finance bot").await;
        window.clicks("keep").await;
        window.clicks("done").await;
    }

    /// Returns all secrets so far, from Zoho's side of the connection.
    pub fn secrets(&self) -> Vec<Secret> {
        let of_each = |name, texts: Vec<String>| texts.into_iter().map(move |text| Secret { name, text });
        let asked = self.zoho.requests_to(Endpoint::Token);
        let sent = |name| asked.iter().filter_map(|asked| asked.form(name)).map(str::to_owned).collect();
        let mut refresh = self.zoho.kept_refresh_tokens();
        refresh.extend(asked.iter().filter_map(|asked| asked.form("refresh_token")).map(str::to_owned));
        refresh.sort();
        refresh.dedup();
        let secrets = of_each("access token", self.zoho.issued_access_tokens())
            .chain(of_each("refresh token", refresh))
            .chain(of_each("client secret", vec![self.registered.client_secret.clone()]))
            .chain(of_each("code", sent("code")))
            .chain(of_each("verifier", sent("code_verifier")));
        secrets.collect()
    }

    /// Returns the newest access token issued by this Zoho.
    pub fn newest_token(&self) -> String {
        self.zoho.issued_access_tokens().pop().expect("a token was issued")
    }
}

fn knowing(zoho: &Practice, stage: Stage) -> Stage {
    let o = zoho.origin();
    let regions = json!([{
        "code": "test", "name": "Testland", "accounts": o, "api": o, "cliq": o, "console": o,
    }]);
    fs::create_dir_all(stage.config()).unwrap();
    fs::write(stage.config().join("regions.json"), regions.to_string()).unwrap();
    stage
}
