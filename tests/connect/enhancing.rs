//! More permissions over HTTP: added to the existing refresh token, or by a new sign-in where Zoho does not support
//! that.

use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::SignInIntent;
use keyfob_core::snapshot::Card;
use keyfob_practice::{Endpoint, Trouble};
use zoho_oauth::scope::Scope;

use crate::loopback::{filled_in, visit};
use crate::ports::Ports;
use crate::world::{Keyfob, Time, Zoho};

const MORE: &str = "ZohoCliq.Users.READ";

fn may(card: &Card, scope: &str) -> bool {
    card.granted.has(&Scope::new(scope).unwrap())
}

/// A kept connection of a Server-based client.
async fn connected(time: &Time) -> (Zoho, Keyfob, Card) {
    let (zoho, keyfob) = filled_in(time).await;
    visit(&zoho.accepts(&keyfob.signs_in().await)).await;
    keyfob.candidate().await;
    let card = keyfob.keeps("Finance bot").await;
    assert!(!may(&card, MORE));
    (zoho, keyfob, card)
}

/// Requests more permissions; returns the URL the browser opens.
async fn wants_more(keyfob: &Keyfob, id: ConnectionId) -> String {
    keyfob.asks(SignInIntent::AddPermissions { id });
    keyfob.asks(SignInIntent::ChooseScope { scope: MORE.into(), on: true });
    keyfob.signs_in().await
}

#[tokio::test]
async fn permissions_are_added_to_the_refresh_token() {
    let _ports = Ports::alone().await;
    let time = Time::new();
    let (zoho, keyfob, before) = connected(&time).await;
    let address = wants_more(&keyfob, before.id).await;
    assert!(address.starts_with(&format!("{}/oauth/v2/token/addextrascope?", zoho.zoho.origin())), "{address}");
    assert!(visit(&zoho.accepts(&address)).await.contains("You may close this tab"));

    let card = keyfob.card("it may do more", |card| may(card, MORE)).await;
    assert_eq!((card.id, card.refresh), (before.id, before.refresh), "the refresh token stays");
    assert!(card.missing.is_empty());
    assert_eq!(zoho.zoho.counts(&zoho.registered.client_id).refresh_tokens, 1);
    assert_eq!(zoho.zoho.counts(&zoho.registered.client_id).codes, 1);
    let asked = zoho.zoho.requests_to(Endpoint::ScopeEnhance).remove(0);
    assert_eq!((asked.method.as_str(), asked.query.len()), ("POST", 0));
}

#[tokio::test]
async fn without_enhancing_the_same_button_signs_in_again() {
    let _ports = Ports::alone().await;
    let time = Time::new();
    let (zoho, keyfob, before) = connected(&time).await;
    zoho.zoho.trouble(Trouble::NoEnhancing);
    let address = wants_more(&keyfob, before.id).await;
    assert!(address.starts_with(&format!("{}/oauth/v2/auth?", zoho.zoho.origin())), "{address}");
    visit(&zoho.accepts(&address)).await;
    keyfob.candidate().await;
    keyfob.asks(SignInIntent::Keep { name: "Finance bot".to_owned() });
    let card = keyfob.card("it may do more", |card| may(card, MORE)).await;
    assert_eq!(card.id, before.id);
}
