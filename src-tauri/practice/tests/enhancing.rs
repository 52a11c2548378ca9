//! Adding scopes to an existing refresh token.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::device::device_app;
use common::{MINUTE, Scene, param, server_app, text};
use keyfob_practice::{Answer, Endpoint, Practice, Registered, Stop, Trouble};
use serde_json::{Value, json};
use url::Url;

const REDIRECT: &str = "http://localhost:33333/callback";
const MORE: &str = "ZohoCliq.Users.READ,ZohoCliq.Chats.READ";

/// A Server-based client that signed in before, with the scopes of `common::SCOPES`.
struct Story {
    scene: Scene,
    granted: Value,
}

impl Story {
    async fn begins() -> Self {
        let mut scene = Scene::new();
        scene.keys = scene.practice.register(server_app(REDIRECT)).unwrap();
        let code = scene.code(&[("redirect_uri", REDIRECT)]);
        let granted = scene.exchange_with(&code, &[("redirect_uri", REDIRECT)]).await;
        Self { scene, granted }
    }

    fn refresh_token(&self) -> &str {
        text(&self.granted, "refresh_token")
    }

    /// Requests an enhance token, with the given fields changed.
    async fn request_enhance_token(&self, changes: &[(&str, &str)]) -> Value {
        enhance(&self.scene, &self.scene.keys, self.refresh_token(), changes).await
    }

    async fn enhance_token(&self) -> String {
        text(&self.request_enhance_token(&[]).await, "access_token").to_owned()
    }

    /// The URL of the page that adds scopes, with the given parameters changed.
    fn address(&self, enhance_token: &str, changes: &[(&str, &str)]) -> String {
        let usual = [
            ("response_type", "update_scopes"),
            ("client_id", &self.scene.keys.client_id),
            ("redirect_uri", REDIRECT),
            ("scope", MORE),
            ("enhance_token", enhance_token),
            ("logout", "false"),
            ("state", "s-2"),
        ];
        let kept = usual.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let pairs = kept.chain(changes).filter(|(_, value)| !value.is_empty());
        Url::parse_with_params(&self.scene.url("/oauth/v2/token/addextrascope"), pairs).unwrap().into()
    }

    fn practice(&self) -> &Practice {
        &self.scene.practice
    }

    /// The scopes of a refresh.
    async fn scopes(&self) -> Vec<String> {
        let refreshed = self.scene.refresh(self.refresh_token()).await;
        text(&refreshed, "scope").split(' ').map(str::to_owned).collect()
    }
}

async fn enhance(scene: &Scene, keys: &Registered, refresh_token: &str, changes: &[(&str, &str)]) -> Value {
    let mut form = vec![("grant_type", "update_scopes_token"), ("refresh_token", refresh_token)];
    form.extend([("client_id", keys.client_id.as_str()), ("client_secret", &keys.client_secret)]);
    form.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    form.extend(changes);
    scene.post("/oauth/v2/token/scopeenhance", &form).await
}

fn error(code: &str) -> Value {
    json!({ "error": code })
}

#[tokio::test]
async fn accept_adds_the_scopes_to_the_refresh_token() {
    let story = Story::begins().await;
    let given = story.request_enhance_token(&[]).await;
    assert_eq!((&given["token_type"], &given["expires_in"]), (&json!("update_scope"), &json!(600)));
    let address = story.address(text(&given, "access_token"), &[]);
    let back = story.practice().consent(&address, Answer::Accept).unwrap();

    assert!(back.starts_with("http://localhost:33333/callback?state=s-2&status=success&scope_enhanced=true"), "{back}");
    assert_eq!(param(&back, "location").as_deref(), Some("practice"));
    assert_eq!(param(&back, "accounts-server").as_deref(), Some(story.practice().origin()));
    assert_eq!(param(&back, "code"), None);
    let all = [
        "ZohoCliq.Channels.READ",
        "ZohoCliq.Profile.READ",
        "AaaServer.profile.READ",
        "ZohoCliq.Users.READ",
        "ZohoCliq.Chats.READ",
    ];
    assert_eq!(story.scopes().await, all);
    assert_eq!(story.practice().counts(&story.scene.keys.client_id).refresh_tokens, 1);
    assert_eq!(story.practice().requests_to(Endpoint::ScopeEnhance).len(), 1);
    assert_eq!(story.practice().requests_to(Endpoint::AddExtraScope).len(), 1);
}

#[tokio::test]
async fn added_scopes_take_effect_with_the_next_refresh() {
    let story = Story::begins().await;
    let opens = async |token: &str| story.scene.get("/api/v2/users", &format!("Bearer {token}")).await.0;
    let before = text(&story.granted, "access_token");
    let address = story.address(&story.enhance_token().await, &[]);
    story.practice().consent(&address, Answer::Accept).unwrap();
    assert_eq!(opens(before).await, 401);
    let refreshed = story.scene.refresh(story.refresh_token()).await;
    assert_eq!(opens(text(&refreshed, "access_token")).await, 200);
}

#[tokio::test]
async fn reject_and_a_rehearsed_refusal_add_nothing() {
    for (answer, trouble) in [(Answer::Reject, None), (Answer::Accept, Some(Trouble::Refused))] {
        let story = Story::begins().await;
        let address = story.address(&story.enhance_token().await, &[]);
        if let Some(trouble) = trouble {
            story.practice().trouble(trouble);
        }
        let back = story.practice().consent(&address, answer).unwrap();
        assert_eq!(back, "http://localhost:33333/callback?state=s-2&error=access_denied");
        assert_eq!(story.scopes().await.len(), 3);
        assert_eq!(story.practice().consent(&address, Answer::Accept), Err(Stop::InvalidEnhanceToken));
    }
}

#[tokio::test]
async fn an_enhance_token_works_once_and_for_ten_minutes() {
    let story = Story::begins().await;
    let (used, in_time, late) = (story.enhance_token().await, story.enhance_token().await, story.enhance_token().await);
    let accepts = |token: &str| story.practice().consent(&story.address(token, &[]), Answer::Accept);
    accepts(&used).unwrap();
    assert_eq!(accepts(&used), Err(Stop::InvalidEnhanceToken));
    story.scene.wait(10 * MINUTE - 1);
    accepts(&in_time).unwrap();
    story.scene.wait(1);
    assert_eq!(accepts(&late), Err(Stop::InvalidEnhanceToken));
}

#[tokio::test]
async fn scopes_already_granted_are_not_requested_again() {
    let story = Story::begins().await;
    let known = [("scope", "ZohoCliq.Channels.READ")];
    let mixed = [("scope", "ZohoCliq.Channels.READ,ZohoCliq.Users.READ"), ("state", "")];
    let token = story.enhance_token().await;
    let page = story.scene.http().get(story.address(&token, &mixed)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("ZohoCliq.Users.READ") && page.contains("added to what you allowed before"));
    assert!(!page.contains("ZohoCliq.Channels.READ"));

    // With nothing new there is no page at all.
    let skipped = story.scene.http().get(story.address(&token, &known)).send().await.unwrap();
    let back = skipped.headers()["location"].to_str().unwrap();
    assert!(skipped.status() == 302 && back.contains("scope_enhanced=true"), "{back}");
    assert_eq!(story.scopes().await.len(), 3);
}

#[tokio::test]
async fn a_page_expires_with_its_enhance_token_or_its_grant() {
    for ended in [false, true] {
        let story = Story::begins().await;
        let address = story.address(&story.enhance_token().await, &[]);
        let page = story.scene.http().get(&address).send().await.unwrap().text().await.unwrap();
        let ticket = page.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        if ended {
            story.scene.post("/oauth/v2/token/revoke", &[("token", story.refresh_token())]).await;
        } else {
            story.practice().consent(&address, Answer::Accept).unwrap();
        }
        let form = [("ticket", ticket), ("answer", "accept")];
        let late = story.scene.http().post(story.scene.url("/oauth/v2/auth/answer")).form(&form).send().await.unwrap();
        assert_eq!(late.status(), 400);
        assert!(late.text().await.unwrap().contains("This page is over"));
    }
}

#[tokio::test]
async fn each_invalid_enhance_request_has_its_error() {
    let story = Story::begins().await;
    let cases = [
        (("client_id", "1000.NOBODY"), "invalid_client"),
        (("grant_type", "refresh_token"), "invalid_client"),
        (("client_secret", "wrong"), "invalid_client_secret"),
        (("refresh_token", "1000.a.b"), "invalid_code"),
    ];
    for (change, code) in cases {
        assert_eq!(story.request_enhance_token(&[change]).await, error(code), "{change:?}");
    }
    let other = story.practice().register(server_app(REDIRECT)).unwrap();
    assert_eq!(enhance(&story.scene, &other, story.refresh_token(), &[]).await, error("invalid_code"));

    story.practice().trouble(Trouble::Throttled);
    assert_eq!(story.request_enhance_token(&[]).await["error"], "Access Denied");
    let by_address = story.scene.http().get(story.scene.url("/oauth/v2/token/scopeenhance")).send().await.unwrap();
    assert_eq!(by_address.status(), 400);
}

#[tokio::test]
async fn only_server_based_clients_may_add_scopes() {
    let scene = Scene::new();
    let granted = scene.grant(&[]).await;
    for keys in [&scene.keys, &device_app(&scene)] {
        let refused = enhance(&scene, keys, text(&granted, "refresh_token"), &[]).await;
        assert_eq!(refused, error("invalid_client_type"));
    }
}

#[tokio::test]
async fn adding_scopes_fails_while_it_is_switched_off() {
    let story = Story::begins().await;
    story.practice().trouble(Trouble::NoEnhancing);
    assert_eq!(story.request_enhance_token(&[]).await, error("invalid_client_type"));
    assert_eq!(story.scopes().await.len(), 3, "all else works");
    story.practice().back_to_normal();
    story.enhance_token().await;
}

#[tokio::test]
async fn an_invalid_request_shows_an_error_page() {
    let story = Story::begins().await;
    let token = story.enhance_token().await;
    let other = story.practice().register(server_app(REDIRECT)).unwrap();
    let cases = [
        (("client_id", "1000.NOBODY"), Stop::InvalidClient),
        (("client_id", other.client_id.as_str()), Stop::InvalidEnhanceToken),
        (("response_type", "code"), Stop::InvalidResponseType),
        (("redirect_uri", "http://localhost:33333/callback/"), Stop::InvalidRedirectUri),
        (("scope", "ZohoCliq.users.READ"), Stop::ScopeDoesNotExist),
        (("scope", ""), Stop::ScopeDoesNotExist),
        (("enhance_token", "1000.a.b"), Stop::InvalidEnhanceToken),
        (("enhance_token", ""), Stop::InvalidEnhanceToken),
    ];
    for (change, stop) in cases {
        let answer = story.practice().consent(&story.address(&token, &[change]), Answer::Accept);
        assert_eq!(answer, Err(stop), "{change:?}");
    }
    let page = story.scene.http().get(story.address("1000.a.b", &[])).send().await.unwrap();
    assert_eq!(page.status(), 400);
    assert!(page.text().await.unwrap().contains("Invalid Enhance Token"));
    story.practice().consent(&story.address(&token, &[]), Answer::Accept).unwrap();
}

#[tokio::test]
async fn scopes_are_added_in_another_data_centre_too() {
    let (here, there) = (Story::begins().await, Scene::in_region("eu"));
    here.practice().add_peer(&there.practice);
    here.practice().person_lives_in("eu");
    let keys = &here.scene.keys;
    let code = here.scene.code(&[("redirect_uri", REDIRECT)]);
    let form = [("client_id", keys.client_id.as_str()), ("client_secret", &keys.client_secret)];
    let granted = there.exchange_with(&code, &[&form[..], &[("redirect_uri", REDIRECT)]].concat()).await;
    let refresh_token = text(&granted, "refresh_token");

    assert_eq!(enhance(&here.scene, keys, refresh_token, &[]).await, error("invalid_code"));
    let given = enhance(&there, keys, refresh_token, &[]).await;
    let address = here.address(text(&given, "access_token"), &[]);
    let address = address.replace(here.practice().origin(), there.practice.origin());
    let back = there.practice.consent(&address, Answer::Accept).unwrap();
    assert_eq!(param(&back, "location").as_deref(), Some("eu"));
}
