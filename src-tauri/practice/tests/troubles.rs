//! Zoho's rarer failures that the user can switch on, each as Zoho returns it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Scene, param, server_app, text};
use keyfob_practice::{Answer, Trouble};
use serde_json::{Value, json};

const LISTS: &str = "ZohoCliq.Channels.READ,ZohoCliq.Users.READ,ZohoCliq.Bots.READ,ZohoCliq.Profile.READ";

fn bearer(grant: &Value) -> String {
    format!("Bearer {}", text(grant, "access_token"))
}

#[tokio::test]
async fn general_error_withholds_tokens_temporarily() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let code = scene.code(&[]);
    scene.practice.trouble(Trouble::GeneralError);
    let unexplained = json!({ "error": "general_error" });
    assert_eq!(scene.refresh(text(&grant, "refresh_token")).await, unexplained);
    assert_eq!(scene.exchange(&code).await, unexplained);

    scene.practice.back_to_normal();
    assert!(scene.refresh(text(&grant, "refresh_token")).await["access_token"].is_string());
    assert!(scene.exchange(&code).await["access_token"].is_string(), "the code was not consumed");
}

#[tokio::test]
async fn an_unused_product_returns_no_org_after_accept_only() {
    let scene = Scene::new();
    scene.practice.trouble(Trouble::NoOrg);
    let back = |answer| scene.practice.consent(&scene.auth_url(&[]), answer).unwrap();
    assert_eq!(back(Answer::Accept), "cliqkeyfob://callback?state=s-1&error=no_org");
    assert_eq!(param(&back(Answer::Reject), "error").as_deref(), Some("access_denied"));
    assert_eq!(scene.practice.counts(&scene.keys.client_id).codes, 0);
    scene.practice.back_to_normal();
    assert!(param(&back(Answer::Accept), "code").is_some());
}

#[tokio::test]
async fn scopes_of_an_unused_product_are_not_added() {
    let mut scene = Scene::new();
    let redirect = "http://localhost:33333/callback";
    scene.keys = scene.practice.register(server_app(redirect)).unwrap();
    let grant = scene.exchange_with(&scene.code(&[("redirect_uri", redirect)]), &[("redirect_uri", redirect)]).await;
    let (id, secret) = (&scene.keys.client_id, &scene.keys.client_secret);
    let form = [("grant_type", "update_scopes_token"), ("refresh_token", text(&grant, "refresh_token"))];
    let form = [&form[..], &[("client_id", id), ("client_secret", secret)]].concat();
    let enhance = scene.post("/oauth/v2/token/scopeenhance", &form).await;
    let query = [
        ("response_type", "update_scopes"),
        ("client_id", id),
        ("redirect_uri", redirect),
        ("scope", "ZohoPeople.forms.READ"),
        ("enhance_token", text(&enhance, "access_token")),
    ];
    let address = url::Url::parse_with_params(&scene.url("/oauth/v2/token/addextrascope"), query).unwrap();
    scene.practice.trouble(Trouble::NoOrg);
    let back = scene.practice.consent(address.as_str(), Answer::Accept).unwrap();
    assert_eq!(back, "http://localhost:33333/callback?error=no_org");
    let refreshed = scene.refresh(text(&grant, "refresh_token")).await;
    assert!(!text(&refreshed, "scope").contains("ZohoPeople"));
}

#[tokio::test]
async fn an_empty_list_is_204_without_a_body() {
    let scene = Scene::new();
    let grant = scene.grant(&[("scope", LISTS)]).await;
    scene.practice.trouble(Trouble::EmptyLists);
    for path in ["/api/v2/channels?limit=1", "/api/v2/users", "/api/v3/bots"] {
        let answer = scene.http().get(scene.url(path)).header("authorization", bearer(&grant)).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{path}");
        assert!(answer.bytes().await.unwrap().is_empty(), "{path}");
    }
    assert_eq!(scene.get("/api/v2/statuses/current", &bearer(&grant)).await.0, 200, "a status is not a list");
    assert_eq!(scene.get("/api/v2/users", "Bearer 1000.x.y").await.0, 401, "the token is checked first");
}

#[tokio::test]
async fn too_many_calls_are_refused_with_400_and_a_code() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    scene.practice.trouble(Trouble::CliqLimit);
    let limit = json!({ "code": "request_limit_exceeded", "message": "You have exceeded the URL throttle limits." });
    for path in ["/api/v2/statuses/current", "/api/v2/channels?limit=1"] {
        assert_eq!(scene.get(path, &bearer(&grant)).await, (400, limit.clone()), "{path}");
    }
    scene.practice.back_to_normal();
    assert_eq!(scene.get("/api/v2/channels", &bearer(&grant)).await.0, 200);
}

#[tokio::test]
async fn ten_newer_tokens_displace_one_token_once() {
    let scene = Scene::new();
    let first = scene.grant(&[]).await;
    scene.practice.trouble(Trouble::PushedOut);
    let path = "/api/v2/channels";
    assert_eq!(scene.get(path, "Bearer 1000.x.y").await.0, 401, "an unknown token displaces none");
    assert!(scene.practice.is_alive(text(&first, "access_token")));

    let (status, body) = scene.get(path, &bearer(&first)).await;
    assert_eq!((status, &body["code"]), (401, &json!("oauthtoken_invalid")));
    let alive = || scene.practice.issued_access_tokens().iter().filter(|token| scene.practice.is_alive(token)).count();
    assert_eq!(alive(), 10, "the smallest number Zoho names");

    let second = scene.refresh(text(&first, "refresh_token")).await;
    assert_eq!(scene.get(path, &bearer(&second)).await.0, 200, "only the next token");
    assert_eq!(alive(), 10, "the newest takes the place of the oldest");
}

#[tokio::test]
async fn the_console_shows_a_webhook_token_beside_the_code() {
    let scene = Scene::new();
    let made = scene.http().get(scene.url("/console/new/self-client")).send().await.unwrap();
    let client = made.headers()["location"].to_str().unwrap().to_owned();
    let generate = client.replace("/client/", "/self-client/") + "/code";
    let pages = async || {
        let form = [("scope", "ZohoCliq.Channels.READ"), ("minutes", "3")];
        let shown = scene.http().get(scene.url(&client)).send().await.unwrap().text().await.unwrap();
        let code = scene.http().post(scene.url(&generate)).form(&form).send().await.unwrap().text().await.unwrap();
        [shown, code]
    };
    let token = scene.practice.webhook_token();
    let [prefix, one, two]: [&str; 3] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let is_hex = |part: &str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(prefix == "1001" && is_hex(one) && is_hex(two), "{token}");

    assert!(pages().await.iter().all(|page| !page.contains(&token)));
    scene.practice.trouble(Trouble::WebhookToken);
    assert!(pages().await.iter().all(|page| page.contains(&token) && page.contains("Webhook Token")));
    assert_eq!(scene.exchange(&token).await, json!({ "error": "invalid_code" }), "it is no code");
}
