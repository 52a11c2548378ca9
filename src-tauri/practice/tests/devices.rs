//! The device flow: the user's code and the device's polls.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::device::{begin, device_app, poll};
use common::{MINUTE, SCOPES, Scene, mobile_app, text};
use keyfob_practice::{Answer, Application, ClientType, Endpoint, Plan, Practice, Stop, Trouble, Units};
use serde_json::{Value, json};

const HALF_A_MINUTE: u64 = 30_000;

fn error(code: &str) -> Value {
    json!({ "error": code })
}

#[tokio::test]
async fn a_typed_code_yields_tokens_once() {
    let scene = Scene::new();
    let keys = device_app(&scene);
    let given = begin(&scene, &keys, &[]).await;
    let (typed, code) = (text(&given, "user_code"), text(&given, "device_code"));
    assert_eq!(given["verification_url"], scene.url("/oauth/v3/device"));
    assert_eq!((&given["interval"], &given["expires_in"]), (&json!(30_000), &json!(300_000)));

    assert_eq!(poll(&scene, &keys, code).await, error("authorization_pending"));
    scene.practice.answer_device(&typed.replace('-', "").to_lowercase(), Answer::Accept).unwrap();
    scene.wait(HALF_A_MINUTE);
    let tokens = poll(&scene, &keys, code).await;
    assert!(scene.practice.is_alive(text(&tokens, "access_token")));
    assert!(scene.practice.keeps_refresh_token(text(&tokens, "refresh_token")));
    assert_eq!(poll(&scene, &keys, code).await, error("invalid_code"));
    assert_eq!(scene.practice.requests_to(Endpoint::DeviceToken).len(), 3);
    assert_eq!(scene.practice.answer_device(typed, Answer::Accept), Err(Stop::PageIsOver));
}

#[tokio::test]
async fn polling_too_soon_returns_slow_down() {
    let scene = Scene::new();
    let keys = device_app(&scene);
    let given = begin(&scene, &keys, &[]).await;
    let code = text(&given, "device_code");
    assert_eq!(poll(&scene, &keys, code).await, error("authorization_pending"));
    scene.wait(HALF_A_MINUTE - 1);
    assert_eq!(poll(&scene, &keys, code).await, error("slow_down"));
    scene.wait(HALF_A_MINUTE);
    assert_eq!(poll(&scene, &keys, code).await, error("authorization_pending"));
}

#[tokio::test]
async fn a_code_is_valid_for_five_minutes() {
    let scene = Scene::new();
    let keys = device_app(&scene);
    let given = begin(&scene, &keys, &[]).await;
    scene.wait(5 * MINUTE);
    assert_eq!(scene.practice.answer_device(text(&given, "user_code"), Answer::Accept), Err(Stop::PageIsOver));
    assert_eq!(poll(&scene, &keys, text(&given, "device_code")).await, error("expired"));
}

#[tokio::test]
async fn reject_and_a_rehearsed_refusal_return_access_denied() {
    for (answer, trouble) in [(Answer::Reject, None), (Answer::Accept, Some(Trouble::Refused))] {
        let scene = Scene::new();
        let keys = device_app(&scene);
        let given = begin(&scene, &keys, &[]).await;
        if let Some(trouble) = trouble {
            scene.practice.trouble(trouble);
        }
        scene.practice.answer_device(text(&given, "user_code"), answer).unwrap();
        assert_eq!(poll(&scene, &keys, text(&given, "device_code")).await, error("access_denied"));
    }
}

#[tokio::test]
async fn a_user_of_another_region_is_polled_for_there() {
    let (here, there) = (Scene::in_region("us"), Scene::in_region("eu"));
    here.practice.add_peer(&there.practice);
    here.practice.person_lives_in("eu");
    let keys = device_app(&here);
    let given = begin(&here, &keys, &[]).await;
    here.practice.answer_device(text(&given, "user_code"), Answer::Accept).unwrap();
    let code = text(&given, "device_code");
    assert_eq!(poll(&here, &keys, code).await, json!({ "error": "other_dc", "user_location": "eu" }));
    let tokens = poll(&there, &keys, code).await;
    assert!(there.practice.is_alive(text(&tokens, "access_token")));
}

#[tokio::test]
async fn a_wrong_client_type_or_request_gets_no_code() {
    let scene = Scene::new();
    assert_eq!(begin(&scene, &scene.keys, &[]).await, error("invalid_client"));
    let keys = device_app(&scene);
    assert_eq!(begin(&scene, &keys, &[("grant_type", "password")]).await, error("invalid_client"));
    assert_eq!(begin(&scene, &keys, &[("scope", "ZohoCliq.Nothing.READ")]).await, error("invalid_scope"));
    scene.practice.trouble(Trouble::Throttled);
    assert_eq!(begin(&scene, &keys, &[]).await["error"], "Access Denied");
}

#[tokio::test]
async fn times_may_be_in_seconds() {
    let practice = Practice::start(Plan { units: Units::Seconds, ..Plan::default() }).unwrap();
    let app = Application { client_type: ClientType::NonBrowser, redirects: Vec::new(), ..mobile_app() };
    let keys = practice.register(app).unwrap();
    let form = [("client_id", keys.client_id.as_str()), ("grant_type", "device_request"), ("scope", SCOPES)];
    let url = format!("{}/oauth/v3/device/code", practice.origin());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let given = http.post(url).form(&form).send().await.unwrap().text().await.unwrap();
    let given: Value = serde_json::from_str(&given).unwrap();
    assert_eq!((&given["interval"], &given["expires_in"]), (&json!(30), &json!(300)));
}

#[tokio::test]
async fn the_page_takes_a_code_and_asks_for_consent() {
    let scene = Scene::new();
    let keys = device_app(&scene);
    let given = begin(&scene, &keys, &[]).await;
    let typed = text(&given, "user_code");
    let page = async |path: &str, form: &[(&str, &str)]| {
        let asked = scene.http().post(scene.url(path)).form(form).send().await.unwrap();
        asked.text().await.unwrap()
    };
    let empty = scene.http().get(scene.url("/oauth/v3/device?user_code=A%22B")).send().await.unwrap();
    assert!(empty.text().await.unwrap().contains("value=\"A&quot;B\""));
    assert!(page("/oauth/v3/device", &[("user_code", "NOBODYS")]).await.contains("No such code"));
    let consent = page("/oauth/v3/device", &[("user_code", typed)]).await;
    assert!(consent.contains("ZohoCliq.Channels.READ") && consent.contains("Accept"));
    assert!(page("/oauth/v3/device/answer", &[("user_code", typed), ("answer", "accept")]).await.contains("Done"));
    assert!(poll(&scene, &keys, text(&given, "device_code")).await["access_token"].is_string());
}
