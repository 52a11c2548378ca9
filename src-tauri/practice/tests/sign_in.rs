//! Consent, the redirect, and the exchange of a code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use common::{MINUTE, Scene, param, server_app, text};
use keyfob_practice::{Answer, Counts, Stop};
use serde_json::json;
use sha2::{Digest as _, Sha256};

#[tokio::test]
async fn accept_returns_state_code_location_and_accounts_server() {
    let scene = Scene::new();
    let back = scene.practice.consent(&scene.auth_url(&[("state", "a b&c")]), Answer::Accept).unwrap();

    assert!(back.starts_with("cliqkeyfob://callback?state=a+b%26c&code=1000."), "{back}");
    assert!(back.contains("accounts-server=http%3A%2F%2F127.0.0.1%3A"), "{back}");
    assert_eq!(param(&back, "location").as_deref(), Some("practice"));
    assert_eq!(param(&back, "accounts-server").as_deref(), Some(scene.practice.origin()));
}

#[tokio::test]
async fn reject_returns_an_error_and_the_state_without_a_code() {
    let scene = Scene::new();
    let back = scene.practice.consent(&scene.auth_url(&[]), Answer::Reject).unwrap();
    assert_eq!(back, "cliqkeyfob://callback?state=s-1&error=access_denied");
}

#[tokio::test]
async fn a_code_becomes_an_access_token_and_a_refresh_token() {
    let scene = Scene::new();
    let reply = scene.grant(&[]).await;

    assert_eq!(reply["scope"], "ZohoCliq.Channels.READ ZohoCliq.Profile.READ AaaServer.profile.READ");
    assert_eq!(reply["api_domain"], scene.practice.origin());
    assert_eq!(reply["token_type"], "Bearer");
    assert_eq!(reply["expires_in"], 3600);
    assert_eq!(scene.practice.issued_access_tokens(), [text(&reply, "access_token")]);
    assert!(scene.practice.keeps_refresh_token(text(&reply, "refresh_token")));
    let counts = scene.practice.counts(&scene.keys.client_id);
    assert_eq!(counts, Counts { codes: 1, access_tokens: 1, refresh_tokens: 1 });
}

#[tokio::test]
async fn a_code_works_once() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    assert!(scene.exchange(&code).await["access_token"].is_string());
    assert_eq!(scene.exchange(&code).await, json!({ "error": "invalid_code" }));
}

#[tokio::test]
async fn a_code_expires_after_a_minute() {
    let scene = Scene::new();
    let (in_time, too_late) = (scene.code(&[]), scene.code(&[]));
    scene.wait(MINUTE - 1);
    assert!(scene.exchange(&in_time).await["access_token"].is_string());
    scene.wait(1);
    assert_eq!(scene.exchange(&too_late).await, json!({ "error": "invalid_code" }));
}

#[tokio::test]
async fn an_access_token_expires_after_an_hour() {
    let scene = Scene::new();
    let reply = scene.grant(&[]).await;
    let token = text(&reply, "access_token");
    scene.wait(60 * MINUTE - 1);
    assert!(scene.practice.is_alive(token));
    scene.wait(1);
    assert!(!scene.practice.is_alive(token));
}

#[tokio::test]
async fn a_challenge_requires_its_verifier() {
    let scene = Scene::new();
    let s256 = URL_SAFE_NO_PAD.encode(Sha256::digest("the-verifier"));
    let hashed = [("code_challenge", s256.as_str()), ("code_challenge_method", "S256")];
    let plain = [("code_challenge", "the-verifier")];

    for challenge in [&hashed[..], &plain[..]] {
        let right = scene.exchange_with(&scene.code(challenge), &[("code_verifier", "the-verifier")]).await;
        assert!(right["access_token"].is_string(), "{challenge:?}");
        let wrong = scene.exchange_with(&scene.code(challenge), &[("code_verifier", "another")]).await;
        assert_eq!(wrong, json!({ "error": "invalid_code" }), "{challenge:?}");
        let missing = scene.exchange(&scene.code(challenge)).await;
        assert_eq!(missing, json!({ "error": "invalid_code" }), "{challenge:?}");
    }
}

#[tokio::test]
async fn each_invalid_exchange_has_its_own_error() {
    let scene = Scene::new();
    let wrong = [
        ("client_id", "1000.NOBODY", "invalid_client"),
        ("client_secret", "guess", "invalid_client_secret"),
        ("client_secret", "", "invalid_client_secret"),
        ("grant_type", "password", "invalid_client"),
        ("redirect_uri", "cliqkeyfob://callback/", "invalid_redirect_uri"),
        ("redirect_uri", "", "invalid_redirect_uri"),
        ("code", "1000.x.y", "invalid_code"),
    ];
    let code = scene.code(&[]);
    for (name, value, error) in wrong {
        assert_eq!(scene.exchange_with(&code, &[(name, value)]).await, json!({ "error": error }), "{name}={value}");
    }
    assert!(scene.exchange(&code).await["access_token"].is_string(), "none of these consumed the code");
}

#[tokio::test]
async fn a_code_is_valid_for_its_own_client_only() {
    let scene = Scene::new();
    let other = scene.practice.register(common::mobile_app()).unwrap();
    let stolen = [("client_id", other.client_id.as_str()), ("client_secret", &other.client_secret)];
    assert_eq!(scene.exchange_with(&scene.code(&[]), &stolen).await, json!({ "error": "invalid_code" }));
}

#[tokio::test]
async fn an_invalid_authorization_request_shows_an_error_page() {
    let scene = Scene::new();
    let stops = [
        ("client_id", "1000.NOBODY", Stop::InvalidClient),
        ("response_type", "token", Stop::InvalidResponseType),
        ("redirect_uri", "cliqkeyfob://callback/", Stop::InvalidRedirectUri),
        ("redirect_uri", "CLIQKEYFOB://callback", Stop::InvalidRedirectUri),
        ("scope", "", Stop::ScopeDoesNotExist),
        ("scope", "zohocliq.channels.read", Stop::ScopeDoesNotExist),
        ("scope", "ZohoCliq.Channels.READ ZohoCliq.Profile.READ", Stop::ScopeDoesNotExist),
        ("scope", "ZohoCliq.Channels.READ,ZohoCliq.files.CREATE", Stop::ScopeDoesNotExist),
    ];
    for (name, value, stop) in stops {
        let outcome = scene.practice.consent(&scene.auth_url(&[(name, value)]), Answer::Accept);
        assert_eq!(outcome, Err(stop), "{name}={value}");
    }
    assert_eq!(scene.practice.consent("https://accounts.zoho.com/oauth/v2/auth", Answer::Accept), Err(Stop::NotHere));
}

#[tokio::test]
async fn online_access_returns_no_refresh_token() {
    let scene = Scene::new();
    let reply = scene.grant(&[("access_type", "online")]).await;
    assert!(reply["access_token"].is_string());
    assert_eq!(reply.get("refresh_token"), None);
}

#[tokio::test]
async fn later_consents_need_a_prompt_for_a_refresh_token() {
    let scene = Scene::new();
    assert!(scene.grant(&[("prompt", "")]).await.get("refresh_token").is_some(), "the first time");
    assert!(scene.grant(&[("prompt", "")]).await.get("refresh_token").is_none(), "the second time");
    assert!(scene.grant(&[]).await.get("refresh_token").is_some(), "with prompt=consent");
}

#[tokio::test]
async fn the_eleventh_code_in_ten_minutes_is_refused() {
    let scene = Scene::new();
    for _ in 0..10 {
        scene.code(&[]);
    }
    let eleventh = scene.practice.consent(&scene.auth_url(&[]), Answer::Accept).unwrap();
    assert_eq!(param(&eleventh, "error").as_deref(), Some("access_denied"));
    scene.wait(10 * MINUTE);
    scene.code(&[]);
}

#[tokio::test]
async fn a_code_is_valid_only_in_the_users_own_region() {
    let (here, there) = (Scene::in_region("us"), Scene::in_region("eu"));
    here.practice.add_peer(&there.practice);
    here.practice.person_lives_in("eu");

    let back = here.practice.consent(&here.auth_url(&[]), Answer::Accept).unwrap();
    assert_eq!(param(&back, "location").as_deref(), Some("eu"));
    assert_eq!(param(&back, "accounts-server").as_deref(), Some(there.practice.origin()));

    let code = param(&back, "code").unwrap();
    let keys = [("client_id", here.keys.client_id.as_str()), ("client_secret", &here.keys.client_secret)];
    assert_eq!(here.exchange(&code).await, json!({ "error": "invalid_code" }));
    let reply = there.exchange_with(&code, &keys).await;
    assert_eq!(reply["api_domain"], there.practice.origin());
    assert!(there.practice.is_alive(text(&reply, "access_token")));
}

#[tokio::test]
async fn a_server_based_client_is_redirected_to_its_address() {
    let scene = Scene::new();
    let redirect = "http://localhost:33333/callback";
    let keys = scene.practice.register(server_app(redirect)).unwrap();
    let back = scene
        .practice
        .consent(&scene.auth_url(&[("client_id", &keys.client_id), ("redirect_uri", redirect)]), Answer::Accept)
        .unwrap();
    assert!(back.starts_with("http://localhost:33333/callback?state=s-1&code="), "{back}");
}
