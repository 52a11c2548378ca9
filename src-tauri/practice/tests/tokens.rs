//! Refreshes, limits, revocation, and the calls that accept a token.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::{MINUTE, Scene, text};
use serde_json::{Value, json};

#[tokio::test]
async fn a_refresh_returns_an_access_token_only() {
    let scene = Scene::new();
    let first = scene.grant(&[]).await;
    let second = scene.refresh(text(&first, "refresh_token")).await;
    assert_ne!(second["access_token"], first["access_token"]);
    assert_eq!(second["expires_in"], 3600);
    assert_eq!(second.get("refresh_token"), None);
}

#[tokio::test]
async fn a_refresh_token_is_valid_for_its_own_client_only() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let other = scene.practice.register(common::mobile_app()).unwrap();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&grant, "refresh_token")),
        ("client_id", &other.client_id),
        ("client_secret", &other.client_secret),
    ];
    assert_eq!(scene.post("/oauth/v2/token", &form).await, json!({ "error": "invalid_code" }));
}

#[tokio::test]
async fn the_eleventh_refresh_in_ten_minutes_is_throttled() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let refresh_token = text(&grant, "refresh_token");
    for _ in 0..10 {
        assert!(scene.refresh(refresh_token).await["access_token"].is_string());
    }
    let eleventh = scene.refresh(refresh_token).await;
    assert_eq!(eleventh["error"], "Access Denied");
    assert_eq!(eleventh["status"], "failure");
    assert!(text(&eleventh, "error_description").starts_with("You have made too many requests"));
    scene.wait(10 * MINUTE);
    assert!(scene.refresh(refresh_token).await["access_token"].is_string());
}

#[tokio::test]
async fn the_eleventh_access_token_displaces_the_oldest() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let mut newest = Value::Null;
    for _ in 0..9 {
        newest = scene.refresh(text(&grant, "refresh_token")).await;
    }
    assert!(scene.practice.is_alive(text(&grant, "access_token")), "ten are valid at the same time");
    scene.refresh(text(&grant, "refresh_token")).await;
    assert!(!scene.practice.is_alive(text(&grant, "access_token")));
    assert_eq!(scene.get("/api/v2/channels", &zoho(&grant)).await.0, 401, "Cliq refuses it");
    assert!(scene.practice.is_alive(text(&newest, "access_token")));
}

#[tokio::test]
async fn the_twenty_first_refresh_token_displaces_the_oldest() {
    let scene = Scene::new();
    let oldest = scene.grant(&[]).await;
    for _ in 0..19 {
        scene.wait(MINUTE);
        scene.grant(&[]).await;
    }
    assert!(scene.practice.keeps_refresh_token(text(&oldest, "refresh_token")), "twenty are valid at the same time");
    scene.wait(MINUTE);
    scene.grant(&[]).await;
    assert_eq!(scene.refresh(text(&oldest, "refresh_token")).await, json!({ "error": "invalid_code" }));
}

#[tokio::test]
async fn the_older_revocation_needs_the_refresh_token_only() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let again = scene.refresh(text(&grant, "refresh_token")).await;

    let form = [("token", text(&grant, "refresh_token"))];
    assert_eq!(scene.post("/oauth/v2/token/revoke", &form).await, json!({ "status": "success" }));
    assert!(!scene.practice.is_alive(text(&grant, "access_token")));
    assert!(!scene.practice.is_alive(text(&again, "access_token")));
    assert_eq!(scene.refresh(text(&grant, "refresh_token")).await, json!({ "error": "invalid_code" }));

    let twice = scene.http().post(scene.url("/oauth/v2/token/revoke")).form(&form).send().await.unwrap();
    assert_eq!(twice.status(), 400);
}

#[tokio::test]
async fn the_newer_revocation_requires_basic_credentials() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let revoke = async |id: &str, secret: &str, kind: &str| {
        let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
        let form = [("token", text(&grant, "access_token")), ("token_type", kind)];
        let request = scene.http().post(scene.url("/oauth/v2/revoke/token")).header("authorization", basic).form(&form);
        request.send().await.unwrap().status().as_u16()
    };
    let (id, secret) = (&scene.keys.client_id, &scene.keys.client_secret);
    let other = scene.practice.register(common::mobile_app()).unwrap();

    assert_eq!(revoke(id, "guess", "access_token").await, 401);
    assert_eq!(revoke(&other.client_id, &other.client_secret, "access_token").await, 400);
    assert_eq!(revoke(id, secret, "refresh_token").await, 400);
    assert!(scene.practice.is_alive(text(&grant, "access_token")));
    assert_eq!(revoke(id, secret, "access_token").await, 200);
    assert!(!scene.practice.is_alive(text(&grant, "access_token")));
    assert!(scene.practice.keeps_refresh_token(text(&grant, "refresh_token")), "the refresh token stays valid");
}

#[tokio::test]
async fn user_info_requires_its_scope() {
    let scene = Scene::new();
    let may = scene.grant(&[]).await;
    let (status, person) = scene.get("/oauth/user/info", &zoho(&may)).await;
    assert_eq!(status, 200);
    assert_eq!(person["Email"], "admin@practice.example");
    assert_eq!(person["Display_Name"], "Alex Practice");
    assert_eq!((&person["First_Name"], &person["Last_Name"]), (&json!("Alex"), &json!("Practice")));
    assert_eq!(person["ZUID"], 700_000_001);

    let may_not = scene.grant(&[("scope", "ZohoCliq.Profile.READ")]).await;
    let refused = scene.get("/oauth/user/info", &zoho(&may_not)).await;
    assert_eq!(refused, (401, json!({ "error": "INVALID_OAUTHSCOPE" })));
}

#[tokio::test]
async fn cliq_accepts_both_authorization_schemes_and_no_other() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let token = text(&grant, "access_token");
    let path = "/api/v2/statuses/current";

    assert_eq!(scene.get(path, &format!("Zoho-oauthtoken {token}")).await.0, 200);
    assert_eq!(scene.get(path, &format!("Bearer {token}")).await.0, 200);
    for wrong in [token.to_owned(), format!("Token {token}"), "Zoho-oauthtoken 1000.x.y".to_owned()] {
        let (status, body) = scene.get(path, &wrong).await;
        assert_eq!((status, &body["code"]), (401, &json!("oauthtoken_invalid")), "{wrong}");
    }
}

#[tokio::test]
async fn each_cliq_call_requires_its_scope() {
    let scene = Scene::new();
    let calls = [
        ("/api/v2/statuses/current", "ZohoCliq.Profile.READ", "ZohoCliq.Profile.ALL"),
        ("/api/v2/channels?limit=1", "ZohoCliq.Channels.READ", "ZohoCliq.Channels.ALL"),
        ("/api/v2/users?limit=1", "ZohoCliq.Users.READ", "ZohoCliq.Users.ALL"),
        ("/api/v2/chats?limit=1", "ZohoCliq.Chats.READ", "ZohoCliq.Chats.ALL"),
        ("/api/v2/teams", "ZohoCliq.Teams.READ", "ZohoCliq.Teams.ALL"),
        ("/api/v2/departments", "ZohoCliq.Departments.READ", "ZohoCliq.Departments.ALL"),
        ("/api/v2/designations", "ZohoCliq.Designations.READ", "ZohoCliq.Designations.ALL"),
    ];
    for (path, scope, all) in calls {
        let without = scene.grant(&[("scope", "ZohoCliq.Reminders.ALL")]).await;
        let (status, body) = scene.get(path, &zoho(&without)).await;
        assert_eq!((status, &body["code"]), (401, &json!("oauthtoken_scope_invalid")), "{path}");
        for enough in [scope, all] {
            let with = scene.grant(&[("scope", enough)]).await;
            assert_eq!(scene.get(path, &zoho(&with)).await.0, 200, "{path} {enough}");
            scene.wait(10 * MINUTE);
        }
    }
}

#[tokio::test]
async fn version_three_of_cliq_has_messages_instead_of_codes() {
    let scene = Scene::new();
    let may = scene.grant(&[("scope", "ZohoCliq.Bots.READ")]).await;
    assert_eq!(scene.get("/api/v3/bots?limit=1", &zoho(&may)).await.0, 200);
    let may_not = scene.grant(&[]).await;
    for (token, says) in
        [(zoho(&may_not), "not have enough permission"), ("Bearer 1000.x.y".to_owned(), "invalid AuthToken")]
    {
        let (status, body) = scene.get("/api/v3/bots?limit=1", &token).await;
        assert_eq!((status, body.get("code")), (401, None));
        assert!(text(&body, "message").contains(says), "{body}");
    }
}

#[tokio::test]
async fn limit_sets_the_number_of_channels() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let (_, one) = scene.get("/api/v2/channels?limit=1", &zoho(&grant)).await;
    assert_eq!(one["channels"].as_array().unwrap().len(), 1);
    let (_, every) = scene.get("/api/v2/channels", &zoho(&grant)).await;
    assert_eq!(every["channels"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn posting_a_message_returns_no_body() {
    let scene = Scene::new();
    let grant = scene.grant(&[("scope", "ZohoCliq.Webhooks.CREATE")]).await;
    let post = scene.http().post(scene.url("/api/v2/channelsbyname/frontdesk/message"));
    let answer = post.header("authorization", zoho(&grant)).body(r#"{"text":"Hello"}"#).send().await.unwrap();
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn the_twenty_first_call_in_a_minute_locks_it_for_ten() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let ask = async || scene.get("/api/v2/statuses/current", &zoho(&grant)).await.0;
    for _ in 0..20 {
        assert_eq!(ask().await, 200);
    }
    assert_eq!(ask().await, 429);
    scene.wait(10 * MINUTE - 1);
    assert_eq!(ask().await, 429, "the lock outlasts the minute");
    scene.wait(1);
    assert_eq!(ask().await, 200);
    assert_eq!(scene.get("/api/v2/channels", &zoho(&grant)).await.0, 200, "other calls have their own limits");
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    scene.wait(60 * MINUTE);
    let (status, body) = scene.get("/api/v2/channels", &zoho(&grant)).await;
    assert_eq!((status, &body["code"]), (401, &json!("oauthtoken_invalid")));
}

fn zoho(grant: &Value) -> String {
    format!("Zoho-oauthtoken {}", text(grant, "access_token"))
}
