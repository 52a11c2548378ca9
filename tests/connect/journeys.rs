//! Exchange, refresh, test call and revocation without errors.

use keyfob_core::intent::{ChecksIntent, RevokeIntent, ShareIntent};
use std::time::Duration;

use keyfob_core::export_choice::Shape;
use keyfob_core::notice::NoticeKind;
use keyfob_core::standing::Standing;
use keyfob_practice::Endpoint;
use zoho_oauth::probe::Proof;

use crate::world::{Keyfob, Time, Zoho};

#[tokio::test]
async fn a_code_becomes_a_tested_token() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));

    let candidate = keyfob.candidate().await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert_eq!(candidate.tested.unwrap().proof, Some(Proof::Works));
    assert!(candidate.missing.is_empty() && candidate.lasts);

    // The request has everything in the body, the verifier of its challenge, and no scope.
    let exchange = zoho.zoho.requests_to(Endpoint::Token).remove(0);
    assert_eq!(exchange.method, "POST");
    assert!(exchange.query.is_empty());
    let sent: Vec<&str> = exchange.form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(sent, ["client_id", "client_secret", "grant_type", "code", "redirect_uri", "code_verifier"]);

    let card = keyfob.keeps("Finance bot").await;
    keyfob.asks(ShareIntent::Copy { id: card.id, shape: Shape::Token });
    assert_eq!(keyfob.copied().await, zoho.zoho.issued_access_tokens()[0]);
}

#[tokio::test]
async fn a_token_is_refreshed_automatically_and_tested() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let first = zoho.connect(&keyfob).await;

    time.passes(Duration::from_mins(56));
    keyfob.looks();
    let second = keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
    assert_eq!(second.standing, Standing::Fresh);
    assert_eq!(zoho.zoho.issued_access_tokens().len(), 2);
    let refresh = zoho.zoho.requests_to(Endpoint::Token).remove(1);
    let sent: Vec<&str> = refresh.form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(sent, ["client_id", "client_secret", "grant_type", "refresh_token"]);

    keyfob.asks(ChecksIntent::Test { id: second.id });
    let tested =
        keyfob.card("tested", |c| c.tested.as_ref().is_some_and(|t| t.at > first.expires_at || t.proof.is_some()));
    assert_eq!(tested.await.tested.unwrap().proof, Some(Proof::Works));

    keyfob.asks(ShareIntent::Copy { id: second.id, shape: Shape::ZohoHeader });
    let header = format!("Authorization: Zoho-oauthtoken {}", zoho.zoho.issued_access_tokens()[1]);
    assert_eq!(keyfob.copied().await, header);
}

#[tokio::test]
async fn revoke_and_delete_ends_the_tokens_at_zoho_too() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    let token = zoho.zoho.issued_access_tokens().remove(0);
    assert!(zoho.zoho.is_alive(&token));

    keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
    let seen = keyfob.sees("it is gone", |s| s.connections.is_empty()).await;
    assert!(!zoho.zoho.is_alive(&token));
    assert!(seen.notices.iter().any(|n| n.what == NoticeKind::Revoked { name: "Finance bot".to_owned() }));
}
