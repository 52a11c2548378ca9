//! Each granted permission tested at a Cliq that enforces tokens, scopes and rate limits.

use keyfob_core::intent::{ChecksIntent, SignInIntent};
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::connection::ConnectionId;
use keyfob_core::snapshot::Card;
use keyfob_core::standing::{Probed, TestResult};
use keyfob_core::{Problem, Snapshot};
use keyfob_practice::{Endpoint, Registered, Scripted};
use zoho_oauth::probe::Proof;

use crate::world::{Keyfob, Time, Zoho};

const SCOPES: [&str; 5] = [
    "ZohoCliq.Bots.READ",
    "ZohoCliq.Channels.READ",
    "ZohoCliq.Chats.ALL",
    "ZohoCliq.Departments.READ",
    "ZohoCliq.Webhooks.CREATE",
];

/// A connection with these permissions, on its page.
async fn on_its_page(zoho: &Zoho, time: &Time) -> (Keyfob, ConnectionId) {
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    let Registered { client_id, client_secret, .. } = &zoho.registered;
    keyfob.fills_in(zoho.zoho.location(), client_id, client_secret, &SCOPES);
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));
    keyfob.candidate().await;
    let id = keyfob.keeps("Finance bot").await.id;
    keyfob.asks(SignInIntent::Open { id });
    (keyfob, id)
}

/// Presses the button and waits until all permissions were tested.
async fn tried(keyfob: &Keyfob, id: ConnectionId) -> Card {
    keyfob.asks(ChecksIntent::ProbeScopes { id });
    let done = |s: &Snapshot| s.connections[0].doing.is_none() && told(&s.connections[0], "profile.READ").is_some();
    let seen: Arc<Snapshot> = keyfob.sees("everything is tried", done).await;
    seen.connections[0].clone()
}

fn told(card: &Card, name: &str) -> Option<TestResult> {
    let probe = card.probes.iter().find(|p| p.scope.as_str().ends_with(name))?;
    if let Probed::Told { result } = &probe.probed { Some(result.clone()) } else { None }
}

#[tokio::test]
async fn every_permission_with_a_harmless_read_works() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let (keyfob, id) = on_its_page(&zoho, &time).await;
    let card = tried(&keyfob, id).await;
    for name in ["profile.READ", "Bots.READ", "Channels.READ", "Chats.ALL", "Departments.READ", "Profile.READ"] {
        assert_eq!(told(&card, name).unwrap().proof, Some(Proof::Works), "{name}");
    }
    assert_eq!(told(&card, "Webhooks.CREATE"), None);
    assert!(zoho.zoho.requests_to(Endpoint::Message).is_empty(), "nothing is written");

    let channels = zoho.zoho.requests_to(Endpoint::Channels).remove(0);
    assert_eq!((channels.method.as_str(), channels.query("limit"), channels.query.len()), ("GET", Some("1"), 1));
}

#[tokio::test]
async fn refused_scope_barred_call_and_dead_token_are_told_apart() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let (keyfob, id) = on_its_page(&zoho, &time).await;
    let sentence = r#"{"message":"Request was rejected because it does not have enough permission."}"#;
    zoho.zoho.answer_next(Endpoint::Bots, Scripted::json(403, sentence));
    zoho.zoho.answer_next(Endpoint::Channels, Scripted::json(429, "{}"));
    // Refused, refreshed, tested again, and refused again.
    for _ in 0..2 {
        zoho.zoho.answer_next(Endpoint::Departments, Scripted::json(401, r#"{"code":"oauthtoken_invalid"}"#));
    }
    let card = tried(&keyfob, id).await;
    assert_eq!(told(&card, "Bots.READ").unwrap().proof, Some(Proof::AliveWithoutScope));
    let until = told(&card, "Channels.READ").unwrap().at.plus(Duration::from_mins(5));
    assert_eq!(told(&card, "Channels.READ").unwrap().problem, Some(Problem::CliqBusy { until }));
    assert_eq!(told(&card, "Chats.ALL").unwrap().proof, Some(Proof::Works));
    assert_eq!(told(&card, "Departments.READ").unwrap().problem, Some(Problem::NewTokenDead));
    assert_eq!(told(&card, "Profile.READ"), None, "a token that is refused twice ends the rest");

    // The barred call is not repeated before its time.
    let asked = zoho.zoho.requests_to(Endpoint::Channels).len();
    time.passes(Duration::from_mins(1));
    let later = tried_again(&keyfob, id, &card).await;
    assert_eq!(told(&later, "Channels.READ").unwrap().problem, Some(Problem::CliqBusy { until }));
    assert_eq!(zoho.zoho.requests_to(Endpoint::Channels).len(), asked);
}

/// The same, once the results are newer than those of `before`.
async fn tried_again(keyfob: &Keyfob, id: ConnectionId, before: &Card) -> Card {
    let was = told(before, "profile.READ").unwrap().at;
    keyfob.asks(ChecksIntent::ProbeScopes { id });
    let newer = |c: &Card| c.doing.is_none() && told(c, "profile.READ").is_some_and(|t| t.at > was);
    keyfob.card("everything is tried again", newer).await
}
