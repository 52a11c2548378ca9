//! Keyfob against a Zoho that differs from the assumptions about it.

use keyfob_core::intent::{ChecksIntent, RevokeIntent, SignInIntent, TokensIntent};
use std::time::Duration;

use keyfob::net::https::{self, Patience};
use keyfob_core::Problem;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{ApprovalView, CandidateView, Snapshot};
use keyfob_core::standing::Standing;
use keyfob_practice::{Answer, ClientType, Endpoint, Registered, Turned};
use zoho_oauth::client;
use zoho_oauth::probe::Proof;
use zoho_oauth::request::Request;
use zoho_oauth::scope::Scope;

use crate::ports::Ports;
use crate::world::{Keyfob, Time, Zoho};

const MORE: &str = "ZohoCliq.Users.READ";

/// Whether the waiting screen shows this problem.
fn says(seen: &Snapshot, what: &Problem) -> bool {
    matches!(seen.draft.as_ref().map(|d| &d.approval), Some(ApprovalView::Waiting { problem: Some(said), .. }) if said == what)
}

/// The user pastes the code from the redirect, since Keyfob accepts nothing else without its `state`.
async fn pastes_the_code(zoho: &Zoho, keyfob: &Keyfob, address: &str) -> CandidateView {
    let back = zoho.accepts(address);
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    keyfob.asks(SignInIntent::PasteAddress { text: code.into() });
    keyfob.candidate().await
}

#[tokio::test]
async fn sign_in_to_revocation_with_all_assumptions_inverted() {
    let _ports = Ports::alone().await;
    let time = Time::new();
    let zoho = Zoho::turned(ClientType::ServerBased, &Turned::EVERY, &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let Registered { client_id, client_secret, .. } = &zoho.registered;
    keyfob.fills_in("here", client_id, client_secret, &["ZohoCliq.Channels.READ"]);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: client::ClientType::ServerBased });
    let candidate = pastes_the_code(&zoho, &keyfob, &keyfob.signs_in().await).await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert_eq!(candidate.tested.unwrap().proof, Some(Proof::Works));
    assert!(candidate.missing.is_empty() && candidate.lasts, "commas separate what was granted");
    let first = keyfob.keeps("Finance bot").await;

    time.passes(Duration::from_mins(56));
    keyfob.looks();
    let second = keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
    assert_eq!(second.standing, Standing::Fresh);
    assert_eq!((&second.granted, second.missing.is_empty()), (&first.granted, true), "a refresh named nothing");

    keyfob.asks(SignInIntent::AddPermissions { id: second.id });
    keyfob.asks(SignInIntent::ChooseScope { scope: MORE.into(), on: true });
    let address = keyfob.signs_in().await;
    assert!(address.contains("/addextrascope?"), "{address}");
    zoho.accepts(&address);
    keyfob.asks(SignInIntent::HaveAdded);
    keyfob.sees("Zoho did not confirm them", |s| says(s, &Problem::NotAdded)).await;
    let candidate = pastes_the_code(&zoho, &keyfob, &keyfob.signs_in().await).await;
    assert!(candidate.granted.has(&Scope::new(MORE).unwrap()));
    keyfob.asks(SignInIntent::Keep { name: "Finance bot".to_owned() });
    let third = keyfob.card("it may do more", |c| c.granted.has(&Scope::new(MORE).unwrap())).await;

    let token = zoho.zoho.issued_access_tokens().pop().unwrap();
    assert!(zoho.zoho.is_alive(&token));
    keyfob.asks(RevokeIntent::RevokeAndDelete { id: third.id });
    let seen = keyfob.sees("it is gone", |s| s.connections.is_empty()).await;
    assert!(!zoho.zoho.is_alive(&token));
    assert!(seen.notices.iter().any(|n| n.what == NoticeKind::Revoked { name: "Finance bot".to_owned() }));
    let paths: Vec<String> = zoho.zoho.requests_to(Endpoint::Revoke).into_iter().map(|asked| asked.path).collect();
    assert!(paths.ends_with(&["/oauth/v2/revoke/token".to_owned(), "/oauth/v2/token/revoke".to_owned()]), "{paths:?}");
}

#[tokio::test]
async fn a_client_without_a_secret_signs_in_if_zoho_allows_it() {
    for turned in [&[][..], &[Turned::SecretNotNeeded]] {
        let time = Time::new();
        let zoho = Zoho::turned(ClientType::MobileBased, turned, &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        keyfob.fills_in("here", &zoho.registered.client_id, "", &["ZohoCliq.Channels.READ"]);
        let address = keyfob.signs_in().await;
        keyfob.link(&zoho.accepts(&address));
        if turned.is_empty() {
            assert_eq!(keyfob.attempt_ends().await, Problem::SecretWrong);
        } else {
            assert!(keyfob.candidate().await.lasts);
        }
    }
}

#[tokio::test]
async fn a_smaller_limit_is_hit_once_and_waited_for() {
    let time = Time::new();
    let zoho = Zoho::turned(ClientType::MobileBased, &[Turned::FiveRefreshes], &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let mut card = zoho.connect(&keyfob).await;
    for _ in 0..5 {
        time.passes(Duration::from_secs(31));
        keyfob.asks(TokensIntent::Refresh { id: card.id });
        card = keyfob.card("a new access token", |c| c.expires_at > card.expires_at && c.doing.is_none()).await;
    }
    time.passes(Duration::from_secs(31));
    keyfob.asks(TokensIntent::Refresh { id: card.id });
    let is_throttled =
        |standing: &Standing| matches!(standing, Standing::Waiting { problem: Problem::Throttled { .. }, .. });
    keyfob.card("it waits", |c| is_throttled(&c.standing)).await;
    let before = zoho.zoho.issued_access_tokens().len();
    time.passes(Duration::from_mins(56));
    keyfob.looks();
    keyfob.card("fresh again", |c| c.standing == Standing::Fresh && c.expires_at > card.expires_at).await;
    assert_eq!(zoho.zoho.issued_access_tokens().len(), before + 1);
}

#[tokio::test]
async fn without_state_only_a_pasted_code_signs_in() {
    let time = Time::new();
    let zoho = Zoho::turned(ClientType::MobileBased, &[Turned::StateNotEchoed], &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    let denied = zoho.zoho.consent(&address, Answer::Reject).unwrap();
    keyfob.link(&denied);
    keyfob.sees("the denial is shown, and the sign-in waits on", |s| says(s, &Problem::Denied)).await;

    let back = zoho.accepts(&address);
    keyfob.link(&back);
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    keyfob.asks(SignInIntent::PasteAddress { text: back.into() });
    let asked = || zoho.zoho.requests_to(Endpoint::Token).len();
    keyfob
        .sees("the address is not taken", |s| {
            matches!(
                s.draft.as_ref().map(|d| &d.approval),
                Some(ApprovalView::Waiting { problem: Some(Problem::NotTheAddress { .. }), .. })
            )
        })
        .await;
    assert_eq!(asked(), 0, "a code without its state is not exchanged");
    keyfob.asks(SignInIntent::PasteAddress { text: code.into() });
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn a_dead_token_with_another_code_is_refreshed_too() {
    for turned in [&[][..], &[Turned::CliqWordsDiffer]] {
        let time = Time::new();
        let zoho = Zoho::turned(ClientType::MobileBased, turned, &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        let card = zoho.connect(&keyfob).await;
        time.passes(Duration::from_mins(2));
        let token = zoho.zoho.issued_access_tokens().remove(0);
        let url = format!("{}/oauth/v2/token/revoke", zoho.zoho.origin()).parse().unwrap();
        let call = Request { url, form: Some(vec![("token", token.into())]), authorization: None };
        https::send(call, Patience::default()).await.unwrap();

        keyfob.asks(ChecksIntent::Test { id: card.id });
        let now = time.now();
        let tested =
            keyfob.card("it is tested", |c| c.doing.is_none() && c.tested.as_ref().is_some_and(|t| t.at == now));
        assert_eq!(tested.await.tested.unwrap().proof, Some(Proof::Works), "{turned:?}");
        assert_eq!(zoho.zoho.issued_access_tokens().len(), 2);
    }
}
