//! Shared by the tests: a Practice with a manual clock, and an app that talks to it.

#![allow(clippy::disallowed_types, reason = "a test speaks to Practice over HTTP")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, unreachable_pub, reason = "a test crate has no public interface")]

pub mod device;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use keyfob_practice::{Answer, Application, ClientType, Clock, Dialect, Plan, Practice, Registered};
use serde_json::Value;
use url::Url;

pub const MINUTE: u64 = 60_000;
pub const REDIRECT: &str = "cliqkeyfob://callback";
pub const SCOPES: &str = "ZohoCliq.Channels.READ,ZohoCliq.Profile.READ,AaaServer.profile.READ";

/// A Practice, its manual clock, and one registered client.
pub struct Scene {
    pub practice: Practice,
    pub keys: Registered,
    time: Arc<AtomicU64>,
    http: reqwest::Client,
}

impl Scene {
    pub fn new() -> Self {
        Self::in_region("practice")
    }

    pub fn in_region(location: &str) -> Self {
        Self::speaking(location, Dialect::default())
    }

    pub fn speaking(location: &str, dialect: Dialect) -> Self {
        let time = Arc::new(AtomicU64::new(1_800_000_000_000));
        let told = Arc::clone(&time);
        let clock = Clock::new(move || told.load(Ordering::SeqCst));
        let practice =
            Practice::start(Plan { location: location.to_owned(), clock, dialect, ..Plan::default() }).unwrap();
        let keys = practice.register(mobile_app()).unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { practice, keys, time, http }
    }

    pub fn wait(&self, milliseconds: u64) {
        self.time.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// The authorization URL that an app opens, with the given parameters changed.
    pub fn auth_url(&self, changes: &[(&str, &str)]) -> String {
        let usual = [
            ("client_id", self.keys.client_id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("scope", SCOPES),
            ("access_type", "offline"),
            ("prompt", "consent"),
            ("state", "s-1"),
        ];
        let kept = usual.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let pairs = kept.chain(changes).filter(|(_, value)| !value.is_empty());
        Url::parse_with_params(&format!("{}/oauth/v2/auth", self.practice.origin()), pairs).unwrap().into()
    }

    /// Signs in and returns the code.
    pub fn code(&self, changes: &[(&str, &str)]) -> String {
        let back = self.practice.consent(&self.auth_url(changes), Answer::Accept).unwrap();
        param(&back, "code").expect("a code came back")
    }

    pub async fn exchange(&self, code: &str) -> Value {
        self.exchange_with(code, &[]).await
    }

    pub async fn exchange_with(&self, code: &str, changes: &[(&str, &str)]) -> Value {
        let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT)];
        form.extend([("client_id", self.keys.client_id.as_str()), ("client_secret", &self.keys.client_secret)]);
        form.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        form.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        self.post("/oauth/v2/token", &form).await
    }

    /// Signs in and exchanges the code.
    pub async fn grant(&self, changes: &[(&str, &str)]) -> Value {
        self.exchange(&self.code(changes)).await
    }

    pub async fn refresh(&self, refresh_token: &str) -> Value {
        let keys = &self.keys;
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        let form = [&form[..], &[("client_id", &keys.client_id), ("client_secret", &keys.client_secret)]].concat();
        self.post("/oauth/v2/token", &form).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let response = self.http.post(self.url(path)).form(form).send().await.unwrap();
        serde_json::from_str(&response.text().await.unwrap()).unwrap()
    }

    pub async fn get(&self, path: &str, authorization: &str) -> (u16, Value) {
        let response = self.http.get(self.url(path)).header("authorization", authorization).send().await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
    }

    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.practice.origin())
    }
}

pub fn mobile_app() -> Application {
    Application {
        client_type: ClientType::MobileBased,
        name: "Keyfob".to_owned(),
        homepage: "https://keyfob.example".to_owned(),
        redirects: vec![REDIRECT.to_owned()],
    }
}

pub fn server_app(redirect: &str) -> Application {
    Application { client_type: ClientType::ServerBased, redirects: vec![redirect.to_owned()], ..mobile_app() }
}

/// One query parameter of a URL, decoded.
pub fn param(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// A text field of a response.
pub fn text<'a>(reply: &'a Value, name: &str) -> &'a str {
    reply[name].as_str().unwrap_or_else(|| panic!("the reply has {name}"))
}
