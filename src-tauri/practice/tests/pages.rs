//! The pages for the user, read as by a browser.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{REDIRECT, Scene, param};
use keyfob_practice::{Application, ClientType, Person, Plan, Practice, Trouble};

const HOSTILE: &str = "\"><script>alert(1)</script>";

#[tokio::test]
async fn a_user_registers_a_client_and_finds_its_keys_again() {
    let scene = Scene::new();
    let form = [("name", "My bot"), ("homepage", "https://x.example"), ("redirects", "a-b://one, a-b://two")];
    let made = post(&scene, "/console/new/mobile-based", &form).await;
    assert_eq!(made.status, 303);

    let page = get(&scene, &made.location).await;
    assert!(page.contains("My bot") && page.contains("Client ID") && page.contains("Client Secret"));
    assert!(page.contains("a-b://one, a-b://two"));
    let list = get(&scene, "/console").await;
    assert!(list.contains(&format!("href=\"{}\"", made.location)));
}

#[tokio::test]
async fn a_refused_form_keeps_its_input() {
    let scene = Scene::new();
    let form = [("name", "My-bot"), ("homepage", "x"), ("redirects", REDIRECT)];
    let answer = post(&scene, "/console/new/server-based", &form).await;
    assert_eq!(answer.status, 422);
    for expected in
        ["Not saved yet", "My-bot", "_ and &amp; only", "begins with http", REDIRECT, "http:// or https:// only"]
    {
        assert!(answer.body.contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn a_wrong_redirect_uri_can_be_corrected() {
    let scene = Scene::new();
    let path = format!("/console/client/{}", scene.keys.client_id);
    let form = [("name", "Keyfob"), ("homepage", "https://keyfob.example"), ("redirects", "app.keyfob.cliq://back")];
    assert_eq!(post(&scene, &path, &form).await.status, 200);
    scene.code(&[("redirect_uri", "app.keyfob.cliq://back")]);
}

#[tokio::test]
async fn the_consent_page_is_complete_and_answered_once() {
    let scene = Scene::new();
    let page = get_url(&scene, &scene.auth_url(&[])).await;
    for expected in ["Keyfob", "admin@practice.example", "ZohoCliq.Channels.READ", "id=\"accept\"", "id=\"reject\""] {
        assert!(page.contains(expected), "{expected}");
    }
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"");

    let accepted = post(&scene, "/oauth/v2/auth/answer", &[("ticket", ticket), ("answer", "accept")]).await;
    let back = between(&accepted.body, "id=\"back\" href=\"", "\"").replace("&amp;", "&");
    assert!(back.starts_with(REDIRECT));
    assert!(scene.exchange(&param(&back, "code").unwrap()).await["access_token"].is_string());

    let again = post(&scene, "/oauth/v2/auth/answer", &[("ticket", ticket), ("answer", "accept")]).await;
    assert_eq!(again.status, 400);
    assert!(again.body.contains("This page is over"));
}

#[tokio::test]
async fn a_consent_page_expires_after_ten_minutes() {
    let scene = Scene::new();
    let page = get_url(&scene, &scene.auth_url(&[])).await;
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"");
    scene.wait(10 * common::MINUTE);
    let late = post(&scene, "/oauth/v2/auth/answer", &[("ticket", ticket), ("answer", "accept")]).await;
    assert!(late.status == 400 && late.body.contains("This page is over"));
}

#[tokio::test]
async fn a_web_address_is_reached_by_a_redirect() {
    let scene = Scene::new();
    let redirect = "http://localhost:33333/callback";
    let keys = scene.practice.register(common::server_app(redirect)).unwrap();
    let page = get_url(&scene, &scene.auth_url(&[("client_id", &keys.client_id), ("redirect_uri", redirect)])).await;
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"");
    let rejected = post(&scene, "/oauth/v2/auth/answer", &[("ticket", ticket), ("answer", "reject")]).await;
    assert_eq!(rejected.status, 302);
    assert_eq!(rejected.location, "http://localhost:33333/callback?state=s-1&error=access_denied");
}

#[tokio::test]
async fn a_consent_given_before_is_skipped_unless_prompted() {
    let scene = Scene::new();
    scene.code(&[]);
    let skipped = get_url(&scene, &scene.auth_url(&[("prompt", "")])).await;
    assert!(skipped.contains("id=\"back\""));
    let asked = get_url(&scene, &scene.auth_url(&[])).await;
    assert!(asked.contains("id=\"accept\""));
}

#[tokio::test]
async fn a_self_client_code_is_exchanged_without_a_redirect_uri() {
    let scene = Scene::new();
    let made = get_response(&scene, "/console/new/self-client").await;
    let path = made.location.replace("/console/client/", "/console/self-client/") + "/code";
    let page = get(&scene, &made.location).await;
    let id = between(
        &page,
        "id=\"client-id\" type=\"text\" readonly spellcheck=\"false\" autocomplete=\"off\" value=\"",
        "\"",
    );
    let secret = between(
        &page,
        "id=\"client-secret\" type=\"text\" readonly spellcheck=\"false\" autocomplete=\"off\" value=\"",
        "\"",
    );

    let wrong = post(&scene, &path, &[("scope", "ZohoCliq.Nothing.READ"), ("minutes", "3")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("Scope does not exist"));
    let form = [("scope", "ZohoCliq.Channels.READ, ZohoCliq.Profile.READ"), ("minutes", "10"), ("description", "x")];
    let right = post(&scene, &path, &form).await;
    let code = between(&right.body, "autocomplete=\"off\" value=\"", "\"").to_owned();

    scene.wait(10 * common::MINUTE - 1);
    let with_redirect = [("client_id", id), ("client_secret", secret)];
    assert_eq!(scene.exchange_with(&code, &with_redirect).await["error"], "invalid_redirect_uri");
    let without = [("client_id", id), ("client_secret", secret), ("redirect_uri", "")];
    assert!(scene.exchange_with(&code, &without).await["refresh_token"].is_string());
}

#[tokio::test]
async fn each_trouble_has_a_switch_and_all_can_be_reset() {
    let scene = Scene::new();
    let switches = get(&scene, "/console/rehearse").await;
    let value = |rest: &str| rest.split('"').next().unwrap().to_owned();
    let keys: Vec<String> = switches.split("name=\"trouble\" value=\"").skip(1).map(value).collect();
    let troubles: Vec<&str> = keys.iter().map(String::as_str).filter(|key| *key != "none").collect();
    assert_eq!(troubles.len(), 14, "{troubles:?}");
    for trouble in &troubles {
        assert!(switches.contains(&format!("<p class=\"hint\" id=\"{trouble}\">")), "{trouble} is explained");
        post(&scene, "/console/rehearse", &[("trouble", *trouble)]).await;
    }
    let on = async || get(&scene, "/console/rehearse").await.matches("Switch off").count();
    assert_eq!(on().await, troubles.len());
    post(&scene, "/console/rehearse", &[("trouble", "refused")]).await;
    assert_eq!(on().await, troubles.len() - 1);
    post(&scene, "/console/rehearse", &[("trouble", "none")]).await;
    assert_eq!(on().await, 0);
}

#[tokio::test]
async fn hostile_text_is_escaped_on_every_page() {
    let person = Person { first_name: HOSTILE.to_owned(), email: HOSTILE.to_owned(), ..Person::default() };
    let practice = Practice::start(Plan { person, ..Plan::default() }).unwrap();
    practice.trouble(Trouble::Refused);
    let hostile_redirect = "app://x?\"><script>alert(1)</script>";
    let application = Application {
        client_type: ClientType::MobileBased,
        name: "Tom & Co".to_owned(),
        homepage: "https://x.example/\"><script>alert(1)</script>".to_owned(),
        redirects: vec![hostile_redirect.to_owned()],
    };
    let keys = practice.register(application).unwrap();
    let http = reqwest::Client::new();
    let read = async |url: &str, pairs: &[(&str, &str)]| {
        http.get(url).query(pairs).send().await.unwrap().text().await.unwrap()
    };
    let auth = format!("{}/oauth/v2/auth", practice.origin());
    let consent = [
        ("client_id", keys.client_id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", hostile_redirect),
        ("scope", "ZohoCliq.Channels.READ"),
        ("state", HOSTILE),
    ];
    let page = read(&auth, &consent).await;
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"").to_owned();
    let answer = http.post(format!("{auth}/answer")).form(&[("ticket", ticket.as_str()), ("answer", "reject")]);
    let name = format!("{}/console/new/mobile-based", practice.origin());
    let form = http.post(name).form(&[("name", HOSTILE), ("homepage", HOSTILE), ("redirects", HOSTILE)]);
    let self_client = http.get(format!("{}/console/new/self-client", practice.origin())).send().await.unwrap();
    let code_path = self_client.url().as_str().replace("/client/", "/self-client/") + "/code";
    let code = http.post(code_path).form(&[("scope", HOSTILE)]);
    let pages = [
        page,
        answer.send().await.unwrap().text().await.unwrap(),
        form.send().await.unwrap().text().await.unwrap(),
        code.send().await.unwrap().text().await.unwrap(),
        read(&auth, &[("client_id", HOSTILE)]).await,
        read(&format!("{}/console", practice.origin()), &[]).await,
        read(&format!("{}/console/client/{}", practice.origin(), keys.client_id), &[]).await,
        read(&format!("{}/console/client/{HOSTILE}", practice.origin()), &[]).await,
    ];
    for (number, page) in pages.iter().enumerate() {
        assert!(page.contains("<!DOCTYPE html>"), "page {number} is a page");
        assert!(!page.contains("<script>alert"), "page {number}");
    }
}

struct Answered {
    status: u16,
    location: String,
    body: String,
}

async fn answered(response: reqwest::Response) -> Answered {
    let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    Answered { status, location: location.unwrap_or_default(), body: response.text().await.unwrap() }
}

async fn post(scene: &Scene, path: &str, form: &[(&str, &str)]) -> Answered {
    answered(scene.http().post(scene.url(path)).form(form).send().await.unwrap()).await
}

async fn get_response(scene: &Scene, path: &str) -> Answered {
    answered(scene.http().get(scene.url(path)).send().await.unwrap()).await
}

async fn get(scene: &Scene, path: &str) -> String {
    get_response(scene, path).await.body
}

async fn get_url(scene: &Scene, url: &str) -> String {
    scene.http().get(url).send().await.unwrap().text().await.unwrap()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("the page has {before}"));
    rest.split_once(after).unwrap().0
}
