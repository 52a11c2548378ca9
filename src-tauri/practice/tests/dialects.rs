//! Each inverted assumption about Zoho, compared with a usual Practice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]

mod common;

use common::{Scene, param, text};
use keyfob_practice::{Answer, Dialect, Practice, Turned};

fn with(turned: Turned) -> Scene {
    Scene::speaking("practice", Dialect::with([turned]))
}

#[tokio::test]
async fn a_secret_may_be_missing_but_not_wrong() {
    let scene = with(Turned::SecretNotNeeded);
    let code = scene.code(&[]);
    let wrong = scene.exchange_with(&code, &[("client_secret", "wrong")]).await;
    assert_eq!(text(&wrong, "error"), "invalid_client_secret");
    text(&scene.exchange_with(&code, &[("client_secret", "")]).await, "access_token");

    let usual = Scene::new();
    let refused = usual.exchange_with(&usual.code(&[]), &[("client_secret", "")]).await;
    assert_eq!(text(&refused, "error"), "invalid_client_secret");
}

#[tokio::test]
async fn a_wrong_verifier_may_be_accepted() {
    let challenge = [("code_challenge", "right"), ("code_challenge_method", "plain")];
    let wrong = [("code_verifier", "wrong")];
    let (turned, usual) = (with(Turned::PkceIgnored), Scene::new());
    text(&turned.exchange_with(&turned.code(&challenge), &wrong).await, "access_token");
    assert_eq!(text(&usual.exchange_with(&usual.code(&challenge), &wrong).await, "error"), "invalid_code");
}

#[test]
fn state_may_be_missing_from_both_redirects() {
    let (turned, usual) = (with(Turned::StateNotEchoed), Scene::new());
    for answer in [Answer::Accept, Answer::Reject] {
        let state = |scene: &Scene| param(&scene.practice.consent(&scene.auth_url(&[]), answer).unwrap(), "state");
        assert_eq!((state(&turned), state(&usual)), (None, Some("s-1".to_owned())));
    }
}

#[tokio::test]
async fn an_error_may_have_its_own_status() {
    let status = async |scene: &Scene, client: &str| {
        let form = [("grant_type", "refresh_token"), ("refresh_token", "none"), ("client_id", client)];
        let form = [&form[..], &[("client_secret", &scene.keys.client_secret)]].concat();
        scene.http().post(scene.url("/oauth/v2/token")).form(&form).send().await.unwrap().status().as_u16()
    };
    let (turned, usual) = (with(Turned::ErrorsWithStatus), Scene::new());
    assert_eq!((status(&turned, &turned.keys.client_id).await, status(&turned, "nobody").await), (400, 401));
    assert_eq!((status(&usual, &usual.keys.client_id).await, status(&usual, "nobody").await), (200, 200));
}

#[tokio::test]
async fn another_data_centre_may_consume_a_code() {
    for (turned, left) in [(None, true), (Some(Turned::CodeUsedUpElsewhere), false)] {
        let here = Scene::speaking("here", Dialect::with(turned));
        let there = Scene::speaking("there", Dialect::with(turned));
        Practice::acquaint(&[&here.practice, &there.practice]);
        let code = here.code(&[]);
        let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("client_id", &here.keys.client_id)];
        assert_eq!(text(&there.post("/oauth/v2/token", &form).await, "error"), "invalid_client");
        assert_eq!(here.exchange(&code).await["access_token"].is_string(), left);
    }
}

#[tokio::test]
async fn the_newer_revocation_path_may_be_missing() {
    let scene = with(Turned::OlderRevocationOnly);
    let granted = scene.grant(&[]).await;
    let token = text(&granted, "refresh_token");
    let newer = scene.http().post(scene.url("/oauth/v2/revoke/token")).form(&[("token", token)]).send().await.unwrap();
    assert_eq!(newer.status().as_u16(), 404);
    assert_eq!(text(&scene.post("/oauth/v2/token/revoke", &[("token", token)]).await, "status"), "success");
}

#[tokio::test]
async fn a_refresh_may_name_no_scopes_or_use_commas() {
    let (silent, commas) = (with(Turned::RefreshNamesNoScopes), with(Turned::ScopesWithCommas));
    let granted = silent.grant(&[]).await;
    assert!(text(&granted, "scope").contains(' '));
    assert!(silent.refresh(text(&granted, "refresh_token")).await["scope"].is_null());
    assert_eq!(text(&commas.grant(&[]).await, "scope"), common::SCOPES);
}

#[tokio::test]
async fn cliq_may_refuse_with_other_codes() {
    let scene = with(Turned::CliqWordsDiffer);
    let granted = scene.grant(&[]).await;
    let header = format!("Zoho-oauthtoken {}", text(&granted, "access_token"));
    assert_eq!(scene.get("/api/v2/statuses/current", &header).await.0, 200);
    let refused = |code: &str| (403, serde_json::json!({ "code": code }));
    assert_eq!(scene.get("/api/v2/teams", &header).await, refused("not_for_you"));
    assert_eq!(scene.get("/api/v2/teams", "Zoho-oauthtoken none").await, refused("session_over"));
}

#[tokio::test]
async fn fewer_refreshes_may_be_allowed_and_failures_count() {
    for (turned, failing, left) in [(Turned::FiveRefreshes, 3, 5), (Turned::FailuresCount, 3, 7)] {
        let scene = with(turned);
        let granted = scene.grant(&[]).await;
        let token = text(&granted, "refresh_token");
        let wrong = [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", &scene.keys.client_id)];
        for _ in 0..failing {
            assert_eq!(text(&scene.post("/oauth/v2/token", &wrong).await, "error"), "invalid_client_secret");
        }
        let mut brought = 0;
        while scene.refresh(token).await["access_token"].is_string() {
            brought += 1;
        }
        assert_eq!(brought, left, "{turned:?}");
    }
}

#[test]
fn scopes_may_be_in_any_case() {
    let odd = [("scope", "zohocliq.PROFILE.read AaaServer.profile.READ")];
    let (turned, usual) = (with(Turned::AnyScopeSpelling), Scene::new());
    assert!(turned.practice.consent(&turned.auth_url(&odd), Answer::Accept).is_ok());
    assert!(usual.practice.consent(&usual.auth_url(&odd), Answer::Accept).is_err());
}

#[tokio::test]
async fn a_client_gets_its_own_token_for_an_organisation() {
    let asks = async |scene: &Scene, soid: &[(&str, &str)]| {
        let form = [("grant_type", "client_credentials"), ("scope", "ZohoCliq.Profile.READ")];
        let keys = [("client_id", scene.keys.client_id.as_str()), ("client_secret", &scene.keys.client_secret)];
        scene.post("/oauth/v2/token", &[&form[..], &keys, soid].concat()).await
    };
    let at_cliq = async |scene: &Scene, given: &serde_json::Value| {
        let header = format!("Zoho-oauthtoken {}", text(given, "access_token"));
        scene.get("/api/v2/statuses/current", &header).await.0
    };
    let (turned, usual) = (with(Turned::ClientCredentialsFree), Scene::new());
    assert_eq!(text(&asks(&usual, &[]).await, "error"), "missing_org_info");
    let given = asks(&usual, &[("soid", "ZohoCliq.60012345678")]).await;
    assert!(given["refresh_token"].is_null());
    assert_eq!(at_cliq(&usual, &given).await, 401, "the response names a scope that Cliq does not accept");
    assert_eq!(at_cliq(&turned, &asks(&turned, &[]).await).await, 200);
}
