//! Other ways to a connection: an existing refresh token, and a client with its own redirect URI.

use keyfob_core::intent::{ChecksIntent, SignInIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::draft::CandidateSource;
use keyfob_core::standing::Probed;
use keyfob_practice::{Application, ClientType as Kind, Endpoint};
use zoho_oauth::client::ClientType;
use zoho_oauth::probe::Proof;

use crate::world::{Keyfob, Time, Zoho};

/// Another program's refresh token, for the client of this Zoho.
async fn refresh_token_made_elsewhere(zoho: &Zoho, time: &Time) -> String {
    let other = Keyfob::knowing(&[zoho.region()], time).await;
    zoho.connect(&other).await;
    zoho.zoho.kept_refresh_tokens().remove(0)
}

// Shows N15.
#[tokio::test]
async fn a_refresh_token_made_elsewhere_becomes_a_connection() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let token = refresh_token_made_elsewhere(&zoho, &time).await;
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(SignInIntent::UseRefreshToken { text: format!("\"{token}\"").into() }).await;

    let candidate = keyfob.candidate().await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert!(candidate.lasts && candidate.source == CandidateSource::ExistingToken);
    keyfob.keeps("Finance bot").await;
}

#[tokio::test]
async fn declining_leaves_the_token_to_the_other_program() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let token = refresh_token_made_elsewhere(&zoho, &time).await;
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(SignInIntent::UseRefreshToken { text: token.clone().into() }).await;
    keyfob.candidate().await;
    keyfob.asks(SignInIntent::NotMe);
    keyfob.sees("it is left", |s| s.draft.as_ref().is_some_and(|draft| draft.candidate.is_none())).await;
    assert!(zoho.zoho.keeps_refresh_token(&token) && zoho.zoho.requests_to(Endpoint::Revoke).is_empty());
}

#[tokio::test]
async fn an_access_token_instead_is_refused_by_zoho() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    refresh_token_made_elsewhere(&zoho, &time).await;
    let access = zoho.zoho.issued_access_tokens().remove(0);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks_and_allows(SignInIntent::UseRefreshToken { text: access.into() }).await;
    assert_eq!(keyfob.attempt_ends().await, Problem::RefreshTokenRefused);
}

#[tokio::test]
async fn a_client_with_its_own_redirect_uri_signs_in_by_pasting() {
    let time = Time::new();
    let zoho = Zoho::with_redirect("https://www.example.com/", "here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::ServerBased });
    keyfob.asks(SignInIntent::UseRedirectUri { address: "https://www.example.com/".into() });
    let address = keyfob.signs_in().await;
    let shown = zoho.accepts(&address);
    assert!(shown.starts_with("https://www.example.com/?"), "the browser shows the redirect URI");
    keyfob.asks(SignInIntent::PasteAddress { text: shown.into() });
    assert!(keyfob.candidate().await.lasts);
    keyfob.keeps("Finance bot").await;
}

/// A Self Client of this Zoho, and the wizard filled in for it.
fn self_client(zoho: &Zoho, keyfob: &Keyfob, scopes: &[&str]) {
    let application = Application {
        client_type: Kind::SelfClient,
        name: "Self Client".into(),
        homepage: String::new(),
        redirects: vec![],
    };
    let client = zoho.zoho.register(application).unwrap();
    keyfob.fills_in(zoho.zoho.location(), &client.client_id, &client.client_secret, scopes);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
}

// Shows N15.
#[tokio::test]
async fn a_self_client_gets_tokens_for_its_organisation() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    self_client(&zoho, &keyfob, &["ZohoCliq.Channels.READ"]);
    keyfob.asks(SignInIntent::UseClientCredentials { organisation: "60012345678".into() });
    let tested = |s: &keyfob_core::Snapshot| {
        s.draft.as_ref().and_then(|d| d.candidate.as_ref()).is_some_and(|c| c.tested.is_some())
    };
    let seen = keyfob.sees("Cliq takes it", tested).await;
    let candidate = seen.draft.as_ref().unwrap().candidate.clone().unwrap();
    assert_eq!(candidate.tested.unwrap().proof, Some(Proof::Works));
    assert!(candidate.identity.is_none() && candidate.lasts);

    let first = keyfob.keeps("Finance bot").await;
    time.passes(Duration::from_mins(56));
    keyfob.looks();
    let second = keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
    assert!(second.refresh.is_none() && zoho.zoho.kept_refresh_tokens().is_empty());
    assert_eq!(zoho.zoho.issued_access_tokens().len(), 2);
}

#[tokio::test]
async fn another_organisation_is_unknown_to_zoho() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    self_client(&zoho, &keyfob, &["ZohoCliq.Channels.READ"]);
    keyfob.asks(SignInIntent::UseClientCredentials { organisation: "60099999999".into() });
    assert_eq!(keyfob.attempt_ends().await, Problem::OrganisationUnknown);
}

#[tokio::test]
async fn a_scope_that_needs_a_user_fails_when_tested() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    self_client(&zoho, &keyfob, &["ZohoCliq.Channels.READ", "ZohoCliq.Chats.READ"]);
    keyfob.asks(SignInIntent::UseClientCredentials { organisation: "60012345678".into() });
    keyfob.sees("it came", |s| s.draft.as_ref().is_some_and(|d| d.candidate.is_some())).await;
    let card = keyfob.keeps("Finance bot").await;
    keyfob.asks(SignInIntent::Open { id: card.id });
    keyfob.asks(ChecksIntent::ProbeScopes { id: card.id });
    let proof = |c: &keyfob_core::snapshot::Card, of: &str| {
        let found = c.probes.iter().find(|probe| probe.scope.as_str() == of).map(|probe| probe.probed.clone());
        if let Some(Probed::Told { result }) = found { result.proof } else { None }
    };
    let refused = |c: &keyfob_core::snapshot::Card| {
        proof(c, "ZohoCliq.Channels.READ") == Some(Proof::Works)
            && proof(c, "ZohoCliq.Chats.READ") == Some(Proof::AliveWithoutScope)
    };
    keyfob.card("each was tried", refused).await;
}
