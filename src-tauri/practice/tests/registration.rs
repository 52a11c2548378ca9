//! The rules of the console's form.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{REDIRECT, Scene};
use keyfob_practice::{Application, ClientType};

#[tokio::test]
async fn registration_enforces_the_rules_of_the_console() {
    let practice = Scene::new().practice;
    let with = |client_type, redirect: &str| Application {
        client_type,
        redirects: vec![redirect.to_owned()],
        ..common::mobile_app()
    };
    let refused = [
        with(ClientType::ServerBased, REDIRECT),
        with(ClientType::ServerBased, "localhost:3000"),
        with(ClientType::MobileBased, "https://keyfob.example/callback"),
        with(ClientType::MobileBased, "CliqKeyfob://callback"),
        with(ClientType::MobileBased, "javascript://%0aalert(1)"),
        with(ClientType::MobileBased, "data://text"),
        Application { name: "Key<b>fob".to_owned(), ..common::mobile_app() },
        Application { name: " ".to_owned(), ..common::mobile_app() },
        Application { homepage: "keyfob".to_owned(), ..common::mobile_app() },
        Application { redirects: Vec::new(), ..common::mobile_app() },
    ];
    for application in refused {
        assert!(practice.register(application.clone()).is_err(), "{application:?}");
    }
    let taken = [
        with(ClientType::ServerBased, "http://localhost:33333"),
        with(ClientType::ServerBased, "http://127.0.0.1:8000/"),
        with(ClientType::MobileBased, "app.keyfob.cliq://callback"),
        Application { name: "Büro_Bot & Co 2".to_owned(), ..common::mobile_app() },
        Application { client_type: ClientType::NonBrowser, redirects: Vec::new(), ..common::mobile_app() },
    ];
    for application in taken {
        let keys = practice.register(application).unwrap();
        let random = keys.client_id.strip_prefix("1000.").unwrap();
        assert!(random.len() == 30 && random.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
        assert!(keys.client_secret.len() == 42 && keys.client_secret.chars().all(|c| c.is_ascii_hexdigit()));
    }
}

#[tokio::test]
async fn a_self_client_is_registered_only_once() {
    let practice = Scene::new().practice;
    let self_client = Application { client_type: ClientType::SelfClient, ..common::mobile_app() };
    assert_eq!(practice.register(self_client.clone()).unwrap(), practice.register(self_client).unwrap());
}
