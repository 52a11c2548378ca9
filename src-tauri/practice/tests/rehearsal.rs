//! Scripted responses, the record of requests, and the failures that the user can switch on.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::time::Duration;

use common::{Scene, param, text};
use keyfob_practice::{Answer, Endpoint, Gate, Plan, Practice, Scripted, Trouble};
use serde_json::json;

#[tokio::test]
async fn all_requests_can_be_read_back_in_order() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    scene.get("/api/v2/channels?limit=1", &format!("Bearer {}", text(&grant, "access_token"))).await;

    let asked = scene.practice.requests();
    let endpoints: Vec<Endpoint> = asked.iter().map(|asked| asked.endpoint).collect();
    assert_eq!(endpoints, [Endpoint::Consent, Endpoint::Token, Endpoint::Channels]);
    assert_eq!(asked[0].query("prompt"), Some("consent"));
    assert_eq!(asked[1].method, "POST");
    assert_eq!(asked[1].query, []);
    assert_eq!(asked[1].form("client_secret"), Some(scene.keys.client_secret.as_str()));
    assert_eq!(asked[2].path, "/api/v2/channels");
    assert_eq!(asked[2].query("limit"), Some("1"));
    assert_eq!(asked[2].authorization, Some(format!("Bearer {}", text(&grant, "access_token"))));

    let printed = format!("{asked:?} {:?} {:?}", scene.practice, scene.keys);
    assert!(!printed.contains(&scene.keys.client_secret) && !printed.contains(text(&grant, "access_token")));
}

#[tokio::test]
async fn a_token_request_may_be_in_the_query() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let keys = &scene.keys;
    let query = [
        ("grant_type", "authorization_code"),
        ("client_id", &keys.client_id),
        ("client_secret", &keys.client_secret),
        ("redirect_uri", common::REDIRECT),
        ("code", &code),
    ];
    let answer = scene.http().post(scene.url("/oauth/v2/token")).query(&query).send().await.unwrap();
    assert!(answer.text().await.unwrap().contains("access_token"));
    assert_eq!(scene.practice.requests_to(Endpoint::Token)[0].query("code"), Some(code.as_str()));
    let get = scene.http().get(scene.url("/oauth/v2/token")).query(&query).send().await.unwrap();
    assert_eq!(get.status(), 400, "but not with GET");
}

#[tokio::test]
async fn scripted_responses_are_used_once_and_in_order() {
    let scene = Scene::new();
    let practice = &scene.practice;
    practice.answer_next(Endpoint::Token, Scripted::html(500, "<h1>Oh dear</h1>"));
    practice.answer_next(Endpoint::Token, Scripted::redirect("https://elsewhere.example/"));
    practice.answer_next(Endpoint::Token, Scripted::json(200, r#"{"access_token":"#));
    practice.answer_next(Endpoint::Users, Scripted::json(200, "not for the token endpoint"));

    let code = scene.code(&[]);
    let ask = || scene.http().post(scene.url("/oauth/v2/token")).form(&[("code", &code)]).send();
    let (first, second, third) = (ask().await.unwrap(), ask().await.unwrap(), ask().await.unwrap());
    assert_eq!(first.status(), 500);
    assert_eq!(first.headers()["content-type"], "text/html;charset=UTF-8");
    assert_eq!(second.status(), 302);
    assert_eq!(second.headers()["location"], "https://elsewhere.example/");
    assert_eq!(third.text().await.unwrap(), r#"{"access_token":"#);
    assert!(scene.exchange(&code).await["access_token"].is_string(), "then its usual response");
}

#[tokio::test]
async fn a_response_can_hide_the_result_and_have_retry_after() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let hidden = Scripted::json(200, "{}").after_doing_it().with_status(503).asking_to_wait("60");
    scene.practice.answer_next(Endpoint::Token, hidden);
    scene.practice.answer_next(Endpoint::Token, Scripted::usual().with_status(400));
    let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", common::REDIRECT)];
    let form = [&form[..], &[("client_id", &scene.keys.client_id), ("client_secret", &scene.keys.client_secret)]];
    let answer = scene.http().post(scene.url("/oauth/v2/token")).form(&form.concat()).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].as_bytes()), (503, &b"60"[..]));
    assert_eq!(answer.text().await.unwrap(), "{}");
    assert_eq!(scene.practice.issued_access_tokens().len(), 1, "the code was exchanged nevertheless");

    let answer = scene.http().post(scene.url("/oauth/v2/token")).form(&form.concat()).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.text().await.unwrap(), r#"{"error":"invalid_code"}"#, "its usual body");
}

#[tokio::test]
async fn a_test_can_choose_responses_by_the_request() {
    let scene = Scene::new();
    let (one, two) = (scene.grant(&[]).await, scene.grant(&[]).await);
    let refused = text(&one, "refresh_token").to_owned();
    scene.practice.answer_by(Endpoint::Token, move |asked| {
        let is_one = asked.form("refresh_token") == Some(&refused);
        is_one.then(|| Scripted::json(200, r#"{"error":"general_error"}"#))
    });
    for _ in 0..2 {
        assert_eq!(scene.refresh(text(&one, "refresh_token")).await, json!({ "error": "general_error" }));
        assert!(scene.refresh(text(&two, "refresh_token")).await["access_token"].is_string());
    }
    scene.practice.answer_next(Endpoint::Token, Scripted::json(200, "{}"));
    assert_eq!(scene.refresh(text(&one, "refresh_token")).await, json!({}), "the queued response comes first");
}

#[tokio::test]
async fn only_a_lost_response_performs_the_request() {
    let scene = Scene::new();
    let grant = scene.grant(&[]).await;
    let revoke = || {
        scene.http().post(scene.url("/oauth/v2/token/revoke")).form(&[("token", text(&grant, "access_token"))]).send()
    };

    scene.practice.answer_next(Endpoint::Revoke, Scripted::closed());
    assert!(revoke().await.is_err());
    assert!(scene.practice.is_alive(text(&grant, "access_token")));

    scene.practice.answer_next(Endpoint::Revoke, Scripted::lost());
    assert!(revoke().await.is_err());
    assert!(!scene.practice.is_alive(text(&grant, "access_token")));
}

#[tokio::test]
async fn a_response_can_be_truncated() {
    let scene = Scene::new();
    scene.practice.answer_next(Endpoint::Status, Scripted::json(200, "0123456789").cut_short());
    let mut answer = scene.http().get(scene.url("/api/v2/statuses/current")).send().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "01234");
    assert!(answer.chunk().await.is_err());
}

#[tokio::test]
async fn a_response_can_be_held_until_released() {
    let scene = Scene::new();
    let gate = Gate::new();
    let code = scene.code(&[]);
    scene.practice.answer_next(Endpoint::Token, Scripted::usual().held(&gate));

    let mut exchange = Box::pin(scene.exchange(&code));
    let early = tokio::select! { reply = &mut exchange => Some(reply), () = gate.reached(1) => None };
    assert_eq!(early, None);
    assert!(scene.practice.issued_access_tokens().is_empty(), "nothing has happened yet");
    gate.open();
    assert!(exchange.await["access_token"].is_string());
}

#[tokio::test]
async fn a_response_can_come_in_two_halves() {
    let scene = Scene::new();
    let gate = Gate::new();
    scene.practice.answer_next(Endpoint::Token, Scripted::json(200, "0123456789").dripping(&gate));
    let mut answer = scene.http().post(scene.url("/oauth/v2/token")).send().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "01234");
    gate.reached(1).await;
    gate.open();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "56789");
    assert_eq!(answer.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_test_can_wait_for_a_request() {
    let scene = Scene::new();
    let asking = scene.grant(&[]);
    let (_, ()) = tokio::join!(asking, scene.practice.was_asked(Endpoint::Token, 1));
}

#[tokio::test]
async fn each_trouble_does_what_its_switch_says() {
    let scene = Scene::new();
    let practice = &scene.practice;
    let grant = scene.grant(&[]).await;

    practice.trouble(Trouble::Refused);
    let refused = practice.consent(&scene.auth_url(&[]), Answer::Accept).unwrap();
    assert_eq!(param(&refused, "error").as_deref(), Some("access_denied"));
    practice.back_to_normal();

    practice.trouble(Trouble::Throttled);
    assert_eq!(scene.refresh(text(&grant, "refresh_token")).await["error"], "Access Denied");
    practice.back_to_normal();

    practice.trouble(Trouble::CodesExpireAtOnce);
    assert_eq!(scene.grant(&[]).await, json!({ "error": "invalid_code" }));
    practice.back_to_normal();

    practice.trouble(Trouble::NoRefreshToken);
    assert!(scene.grant(&[]).await.get("refresh_token").is_none());
    practice.back_to_normal();

    practice.trouble(Trouble::Unreachable);
    assert!(scene.http().get(scene.url("/api/v2/channels")).send().await.is_err());
    assert!(scene.http().get(scene.url("/console")).send().await.is_ok(), "the console stays open");
    practice.back_to_normal();

    assert!(scene.grant(&[]).await["refresh_token"].is_string());
}

#[tokio::test]
async fn without_a_peer_the_other_region_has_no_server() {
    let scene = Scene::new();
    scene.practice.trouble(Trouble::OtherRegion);
    let back = scene.practice.consent(&scene.auth_url(&[]), Answer::Accept).unwrap();
    assert_eq!(param(&back, "location").as_deref(), Some("elsewhere"));
    assert_eq!(param(&back, "accounts-server").as_deref(), Some("https://accounts.elsewhere.example"));

    let next = practice_location(&scene);
    assert_eq!(next.as_deref(), Some("practice"), "only the next sign-in");
}

#[tokio::test]
async fn with_a_peer_the_other_region_is_that_peer() {
    let (here, there) = (Scene::new(), Scene::in_region("second"));
    here.practice.add_peer(&there.practice);
    here.practice.trouble(Trouble::OtherRegion);
    assert_eq!(practice_location(&here).as_deref(), Some("second"));
    assert_eq!(there.practice.counts(&here.keys.client_id).codes, 1);
}

#[tokio::test]
async fn slow_takes_as_long_as_planned_and_the_time_is_counted() {
    let slow = Duration::from_millis(60);
    let practice = Practice::start(Plan { slow, ..Plan::default() }).unwrap();
    practice.trouble(Trouble::Slow);
    let before = practice.time_inside();
    reqwest::get(format!("{}/api/v2/channels", practice.origin())).await.unwrap();
    assert!(practice.time_inside() >= before + slow);
}

#[tokio::test]
async fn only_loopback_hosts_and_own_forms_are_accepted() {
    let scene = Scene::new();
    let ask = async |host: &str| {
        let request = scene.http().get(scene.url("/console")).header("host", host);
        request.send().await.unwrap().status().as_u16()
    };
    for host in ["127.0.0.1:1", "localhost", "[::1]:80"] {
        assert_eq!(ask(host).await, 200, "{host}");
    }
    for host in
        ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "localhost.evil.example", "x/127.0.0.1"]
    {
        assert_eq!(ask(host).await, 403, "{host}");
    }
    let form = scene.http().post(scene.url("/console/rehearse")).form(&[("trouble", "refused")]);
    assert_eq!(form.header("origin", "https://evil.example").send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn stopping_frees_the_port() {
    let practice = Practice::start(Plan::default()).unwrap();
    let port = practice.origin().rsplit(':').next().unwrap().parse().unwrap();
    practice.stop();
    Practice::start(Plan { port, ..Plan::default() }).unwrap();
}

fn practice_location(scene: &Scene) -> Option<String> {
    param(&scene.practice.consent(&scene.auth_url(&[]), Answer::Accept).unwrap(), "location")
}
