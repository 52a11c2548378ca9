//! The Self Client over HTTP: a code from Practice's console, pasted or in a file; and pasted redirects in every form.

use keyfob_core::intent::SignInIntent;
use std::time::Duration;

use keyfob_core::confirmation::Decision;
use keyfob_core::{Event, Problem};
use keyfob_practice::{Application, ClientType as Kind, Endpoint, Registered, Scripted};
use zoho_oauth::client::ClientType;

use crate::world::{Keyfob, Time, Zoho};

const SCOPES: [&str; 3] = ["AaaServer.profile.READ", "ZohoCliq.Channels.READ", "ZohoCliq.Profile.READ"];

/// The Self Client of this Zoho.
fn self_client(zoho: &Zoho) -> Registered {
    let application = Application {
        client_type: Kind::SelfClient,
        name: "Self Client".into(),
        homepage: String::new(),
        redirects: vec![],
    };
    zoho.zoho.register(application).unwrap()
}

/// The wizard, filled in for a Self Client that is registered.
async fn filled_in(time: &Time) -> (Zoho, Registered, Keyfob) {
    let zoho = Zoho::start("here", time);
    let client = self_client(&zoho);
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    let scopes = ["ZohoCliq.Channels.READ"];
    keyfob.fills_in(zoho.zoho.location(), &client.client_id, &client.client_secret, &scopes);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    (zoho, client, keyfob)
}

#[tokio::test]
async fn a_code_from_the_console_becomes_a_connection() {
    let time = Time::new();
    let (zoho, client, keyfob) = filled_in(&time).await;
    let code = zoho.zoho.make_code(&client.client_id, &SCOPES, 3).unwrap();
    keyfob.asks(SignInIntent::PasteCode { text: format!("  {code}\n").into() });

    let candidate = keyfob.candidate().await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert!(candidate.missing.is_empty() && candidate.lasts);
    let sent: Vec<String> =
        zoho.zoho.requests_to(Endpoint::Token)[0].form.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(sent, ["client_id", "client_secret", "grant_type", "code"], "no redirect URI, no verifier");
    assert!(zoho.zoho.requests_to(Endpoint::Consent).is_empty(), "no browser");

    let first = keyfob.keeps("Night watch").await;
    time.passes(Duration::from_mins(56));
    keyfob.looks();
    keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
    assert_eq!(zoho.zoho.counts(&client.client_id).refresh_tokens, 1);
}

#[tokio::test]
async fn the_consoles_file_fills_in_everything() {
    let time = Time::new();
    let (zoho, client, keyfob) = filled_in(&time).await;
    let code = zoho.zoho.make_code(&client.client_id, &SCOPES, 3).unwrap();
    let file = serde_json::json!({
        "client_id": client.client_id, "client_secret": client.client_secret, "code": code,
        "scope": SCOPES, "grant_type": "authorization_code",
    });
    keyfob.happens(Event::FileDropped(Ok(file.to_string().into_bytes().into())));
    // The region is an added one, so its server is confirmed.
    keyfob.decides(Decision::Allow).await;
    assert!(keyfob.candidate().await.lasts);
}

// Shows N11.
#[tokio::test]
async fn an_expired_code_is_reported_and_a_new_one_works() {
    let time = Time::new();
    let (zoho, client, keyfob) = filled_in(&time).await;
    let old = zoho.zoho.make_code(&client.client_id, &SCOPES, 3).unwrap();
    time.passes(Duration::from_mins(4));
    keyfob.asks(SignInIntent::PasteCode { text: old.into() });
    assert_eq!(keyfob.attempt_ends().await, Problem::ConsoleCodeOver);

    let new = zoho.zoho.make_code(&client.client_id, &SCOPES, 3).unwrap();
    keyfob.asks(SignInIntent::PasteCode { text: new.into() });
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn a_code_that_zoho_never_received_can_be_retried() {
    let time = Time::new();
    let (zoho, client, keyfob) = filled_in(&time).await;
    let code = zoho.zoho.make_code(&client.client_id, &SCOPES, 3).unwrap();
    zoho.zoho.answer_next(Endpoint::Token, Scripted::closed());
    keyfob.asks(SignInIntent::PasteCode { text: code.into() });
    assert_eq!(keyfob.attempt_ends().await, Problem::Unreachable { host: "127.0.0.1".into() });
    keyfob.asks(SignInIntent::SignIn { anyway: false });
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn a_pasted_redirect_is_read_in_each_form() {
    for shape in ["whole", "query", "bare code"] {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        zoho.fill_in(&keyfob);
        let address = keyfob.signs_in().await;
        let whole = zoho.accepts(&address);
        let query = whole.split_once('?').unwrap().1.to_owned();
        let code =
            url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code").unwrap().1.into_owned();
        let pasted = match shape {
            "whole" => format!("\"{whole}\"\r\n"),
            "query" => query,
            _ => code,
        };
        keyfob.asks(SignInIntent::PasteAddress { text: pasted.into() });
        assert!(keyfob.candidate().await.lasts, "{shape}");
    }
}
