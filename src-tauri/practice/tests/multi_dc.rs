//! The console's multi-DC setting and its effect on users of other data centres.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::device::{begin, device_app, poll};
use common::{MINUTE, REDIRECT, Scene, param, text};
use keyfob_practice::{Answer, Application, ClientType, MultiDc, Practice};
use serde_json::{Value, json};

/// Two data centres; the client is registered in the first, the user lives in the second.
fn abroad() -> (Scene, Scene) {
    let (here, there) = (Scene::in_region("us"), Scene::in_region("eu"));
    Practice::acquaint(&[&here.practice, &there.practice]);
    here.practice.person_lives_in("eu");
    (here, there)
}

/// The user accepts here; the code is exchanged there with this secret.
async fn sign_in(here: &Scene, there: &Scene, secret: &str) -> Value {
    let back = here.practice.consent(&here.auth_url(&[]), Answer::Accept).unwrap();
    assert_eq!(param(&back, "location").as_deref(), Some("eu"));
    assert_eq!(param(&back, "accounts-server").as_deref(), Some(there.practice.origin()));
    let keys = [("client_id", here.keys.client_id.as_str()), ("client_secret", secret)];
    there.exchange_with(&param(&back, "code").unwrap(), &keys).await
}

fn error(code: &str) -> Value {
    json!({ "error": code })
}

#[tokio::test]
async fn a_shared_secret_is_valid_in_every_data_centre() {
    let (here, there) = abroad();
    let reply = sign_in(&here, &there, &here.keys.client_secret).await;
    assert!(there.practice.is_alive(text(&reply, "access_token")));
    assert_eq!(there.practice.secret_of(&here.keys.client_id).as_ref(), Some(&here.keys.client_secret));
}

#[tokio::test]
async fn a_code_needs_the_secret_of_its_own_data_centre() {
    let (here, there) = abroad();
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::PerRegion);
    let secret = there.practice.secret_of(&here.keys.client_id).expect("it can be copied before anyone signs in");
    assert_ne!(secret, here.keys.client_secret);
    assert_eq!(here.practice.secret_of(&here.keys.client_id).as_ref(), Some(&here.keys.client_secret));

    assert_eq!(sign_in(&here, &there, &here.keys.client_secret).await, error("invalid_client_secret"));
    let reply = sign_in(&here, &there, &secret).await;
    assert!(there.practice.is_alive(text(&reply, "access_token")));
}

#[tokio::test]
async fn a_data_centre_keeps_its_secret() {
    let (here, there) = abroad();
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::PerRegion);
    let secret = there.practice.secret_of(&here.keys.client_id).unwrap();

    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::PerRegion);
    for _ in 0..2 {
        assert!(sign_in(&here, &there, &secret).await["refresh_token"].is_string());
    }
    assert_eq!(there.practice.secret_of(&here.keys.client_id), Some(secret));
}

#[tokio::test]
async fn a_data_centre_added_later_gets_its_secret_immediately() {
    let (here, there) = (Scene::in_region("us"), Scene::in_region("eu"));
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::PerRegion);
    assert_eq!(there.practice.secret_of(&here.keys.client_id), None);
    here.practice.add_peer(&there.practice);
    let secret = there.practice.secret_of(&here.keys.client_id).unwrap();
    assert_ne!(secret, here.keys.client_secret);
}

#[tokio::test]
async fn switched_off_no_user_of_another_data_centre_signs_in() {
    let (here, there) = abroad();
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::Off);
    assert_eq!(sign_in(&here, &there, &here.keys.client_secret).await, error("invalid_client"));
    assert_eq!(there.practice.secret_of(&here.keys.client_id), None);

    // The code is not valid where the client is known, either.
    let code = here.code(&[]);
    assert_eq!(here.exchange(&code).await, error("invalid_code"));
}

#[tokio::test]
async fn switching_off_ends_access_of_other_data_centres() {
    let (here, there) = abroad();
    let reply = sign_in(&here, &there, &here.keys.client_secret).await;
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::Off);
    assert_eq!(there.practice.secret_of(&here.keys.client_id), None);
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&reply, "refresh_token")),
        ("client_id", &here.keys.client_id),
        ("client_secret", &here.keys.client_secret),
    ];
    assert_eq!(there.post("/oauth/v2/token", &form).await, error("invalid_client"));
}

#[tokio::test]
async fn users_of_the_clients_own_data_centre_are_unaffected() {
    for multi_dc in [MultiDc::Off, MultiDc::Shared, MultiDc::PerRegion] {
        let (here, _there) = abroad();
        here.practice.person_lives_in("us");
        here.practice.set_multi_dc(&here.keys.client_id, multi_dc);
        assert!(here.grant(&[]).await["refresh_token"].is_string(), "{multi_dc:?}");
    }
}

#[tokio::test]
async fn the_clients_own_data_centre_always_accepts_it() {
    let (here, there) = abroad();
    here.practice.set_multi_dc(&here.keys.client_id, MultiDc::PerRegion);
    // The user begins where the client is only adopted, and has an account where it is registered.
    there.practice.person_lives_in("us");
    let auth_url = here.auth_url(&[]).replace(here.practice.origin(), there.practice.origin());
    let back = there.practice.consent(&auth_url, Answer::Accept).unwrap();
    assert!(here.exchange(&param(&back, "code").unwrap()).await["refresh_token"].is_string());
}

#[tokio::test]
async fn a_device_flow_in_another_region_needs_the_right_secret() {
    for multi_dc in [MultiDc::Off, MultiDc::Shared, MultiDc::PerRegion] {
        let (here, there) = abroad();
        let keys = device_app(&here);
        here.practice.set_multi_dc(&keys.client_id, multi_dc);
        let given = begin(&here, &keys, &[]).await;
        let code = text(&given, "device_code");
        here.practice.answer_device(text(&given, "user_code"), Answer::Accept).unwrap();
        assert_eq!(poll(&here, &keys, code).await, json!({ "error": "other_dc", "user_location": "eu" }));

        let with_own_secret = poll(&there, &keys, code).await;
        there.wait(MINUTE);
        match (multi_dc, there.practice.secret_of(&keys.client_id)) {
            (MultiDc::Off, None) => assert_eq!(with_own_secret, error("invalid_client")),
            (MultiDc::Shared, Some(_)) => assert!(with_own_secret["refresh_token"].is_string()),
            (MultiDc::PerRegion, Some(client_secret)) => {
                assert_eq!(with_own_secret, error("invalid_client_secret"));
                let keys = keyfob_practice::Registered { client_secret, ..keys };
                assert!(poll(&there, &keys, code).await["refresh_token"].is_string());
            }
            (_, secret) => panic!("{multi_dc:?} and a secret: {}", secret.is_some()),
        }
    }
}

#[tokio::test]
async fn the_console_saves_the_setting_and_lists_the_secrets() {
    let (here, there) = abroad();
    let path = format!("/console/client/{}", here.keys.client_id);
    let read = async |path: &str| here.http().get(here.url(path)).send().await.unwrap().text().await.unwrap();
    let chosen = |page: &str, key: &str| page.contains(&format!("name=\"multi_dc\" value=\"{key}\" checked"));
    assert!(chosen(&read(&path).await, "shared"));

    let form = [("multi_dc", "per-region")];
    let saved = here.http().post(here.url(&format!("{path}/settings"))).form(&form).send().await.unwrap();
    let saved = saved.text().await.unwrap();
    let secret = there.practice.secret_of(&here.keys.client_id).unwrap();
    for expected in ["Saved.", "Client Secret in us", "Client Secret in eu", &secret] {
        assert!(saved.contains(expected), "{expected}");
    }
    let again = read(&path).await;
    assert!(chosen(&again, "per-region") && again.contains(&secret));
    let unreadable = here.http().post(here.url(&format!("{path}/settings"))).send().await.unwrap();
    assert_eq!(unreadable.status(), 404);

    // This console does not show an adopted client's setting.
    let abroad = there.http().get(there.url(&path)).send().await.unwrap();
    assert_eq!(abroad.status(), 404);
    assert!(!there.http().get(there.url("/console")).send().await.unwrap().text().await.unwrap().contains(&path));
}

#[tokio::test]
async fn a_self_client_has_no_such_setting() {
    let (here, there) = abroad();
    let application = Application {
        client_type: ClientType::SelfClient,
        name: "Self Client".to_owned(),
        homepage: String::new(),
        redirects: vec![REDIRECT.to_owned()],
    };
    let keys = here.practice.register(application).unwrap();
    here.practice.set_multi_dc(&keys.client_id, MultiDc::PerRegion);
    assert_eq!(there.practice.secret_of(&keys.client_id), None);
    let page = here.http().get(here.url(&format!("/console/client/{}", keys.client_id))).send().await.unwrap();
    assert!(!page.text().await.unwrap().contains("multi_dc"));
}
