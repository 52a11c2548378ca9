//! Other ways to a connection: a refresh token that is there already, and a client with a redirect address of its own.

use keyfob_core::registration::ClientType;
use keyfob_core::snapshot::CandidateSource;
use keyfob_core::{Intent, Problem};
use keyfob_practice::Endpoint;

use crate::world::{Keyfob, Time, Zoho};

/// Another program's refresh token, for the client of this Zoho.
async fn refresh_token_made_elsewhere(zoho: &Zoho, time: &Time) -> String {
    let other = Keyfob::knowing(&[zoho.region()], time).await;
    zoho.connect(&other).await;
    zoho.zoho.kept_refresh_tokens().remove(0)
}

#[tokio::test]
async fn a_refresh_token_made_elsewhere_becomes_a_connection() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let token = refresh_token_made_elsewhere(&zoho, &time).await;
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(Intent::UseRefreshToken { text: format!("\"{token}\"").into() }).await;

    let candidate = keyfob.candidate().await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert!(candidate.lasts && candidate.source == CandidateSource::ExistingToken);
    keyfob.keeps("Finance bot").await;
}

#[tokio::test]
async fn leaving_it_leaves_it_to_the_other_program() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let token = refresh_token_made_elsewhere(&zoho, &time).await;
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(Intent::UseRefreshToken { text: token.clone().into() }).await;
    keyfob.candidate().await;
    keyfob.asks(Intent::NotMe);
    keyfob.sees("it is left", |s| s.draft.as_ref().is_some_and(|draft| draft.candidate.is_none())).await;
    assert!(zoho.zoho.keeps_refresh_token(&token) && zoho.zoho.requests_to(Endpoint::Revoke).is_empty());
}

#[tokio::test]
async fn an_access_token_in_its_place_is_refused_by_zoho() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    refresh_token_made_elsewhere(&zoho, &time).await;
    let access = zoho.zoho.issued_access_tokens().remove(0);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(Intent::UseRefreshToken { text: access.into() }).await;
    assert_eq!(keyfob.attempt_ends().await, Problem::RefreshTokenRefused);
}

#[tokio::test]
async fn a_client_with_its_own_address_is_approved_by_pasting() {
    let time = Time::new();
    let zoho = Zoho::with_redirect("https://www.example.com/", "here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks(Intent::ChooseClientType { client_type: ClientType::ServerBased });
    keyfob.asks(Intent::UseRedirectUri { address: "https://www.example.com/".into() });
    let address = keyfob.signs_in().await;
    let shown = zoho.accepts(&address);
    assert!(shown.starts_with("https://www.example.com/?"), "what the browser shows");
    keyfob.asks(Intent::PasteAddress { text: shown.into() });
    assert!(keyfob.candidate().await.lasts);
    keyfob.keeps("Finance bot").await;
}
