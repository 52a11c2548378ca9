//! The test call: harmless, with a fresh token, and not made while Cliq throttles.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Problem;
use keyfob_core::intent::ChecksIntent;
use keyfob_core::snapshot::Doing;
use keyfob_core::standing::{Standing, TestResult};
use secrecy::ExposeSecret;
use zoho_oauth::probe::{CLIQ_LOCK, Proof};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const STATUS_CALL: &str = "GET cliq.zoho.eu/api/v2/statuses/current";
const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

fn tested_with(status: u16, body: &str) -> TestResult {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[STATUS_CALL]);
    assert_eq!(scene.card().doing, Some(Doing::Testing));
    scene.replies(reply(status, body));
    let card = scene.card();
    assert_eq!((card.doing, card.standing), (None, Standing::Fresh), "a test ends no grant");
    card.tested.unwrap()
}

#[test]
fn a_test_shows_what_cliq_answered() {
    let passed = |proof| TestResult { at: NINE, proof: Some(proof), problem: None };
    let failed = |problem| TestResult { at: NINE, proof: None, problem: Some(problem) };
    assert_eq!(tested_with(200, AVAILABLE), passed(Proof::Works));
    assert_eq!(tested_with(401, r#"{"code":"oauthtoken_scope_invalid"}"#), passed(Proof::AliveWithoutScope));
    assert_eq!(tested_with(429, ""), failed(Problem::CliqBusy { until: NINE.plus(CLIQ_LOCK) }));
    assert_eq!(tested_with(404, r#"{"code":"something"}"#), failed(Problem::CliqUnclear { status: 404 }));
    let host = || "cliq.zoho.eu".to_owned();
    assert_eq!(tested_with(500, ""), failed(Problem::ServerTrouble { host: host(), status: 500 }));
    assert_eq!(tested_with(200, "<html>"), failed(Problem::WebPage { host: host() }));
}

#[test]
fn the_token_goes_to_cliq_in_a_header_and_not_in_the_address() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    let call = scene.request();
    assert_eq!(call.authorization.as_ref().unwrap().expose_secret(), format!("Zoho-oauthtoken {ACCESS}"));
    assert_eq!(call.url.query(), None);
}

#[test]
fn no_call_is_made_while_cliq_throttles() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(429, ""));
    scene.forget_what_it_did();
    scene.settles();
    scene.asks(ChecksIntent::Test { id });
    scene.later(almost(CLIQ_LOCK));
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[]);
    scene.later(seconds(1));
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[STATUS_CALL]);
}

#[test]
fn two_presses_make_one_call() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[STATUS_CALL]);
}

#[test]
fn a_due_token_is_refreshed_before_it_is_tested() {
    let (mut scene, id) = Scene::connected();
    scene.now = NINE.plus(minutes(57));
    scene.asks(ChecksIntent::Test { id });
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[STATUS_CALL]);
    let header = scene.request().authorization.as_ref().unwrap();
    assert!(header.expose_secret().ends_with(SECOND_ACCESS));
}

#[test]
fn an_unanswered_test_is_reported_and_can_be_repeated() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.no_answer(TransportError::TimedOut);
    assert_eq!(scene.card().tested.unwrap().problem, Some(Problem::TimedOut { host: "cliq.zoho.eu".into() }));
    scene.asks(ChecksIntent::Test { id });
    scene.zoho_says(AVAILABLE);
    assert_eq!(scene.card().tested.unwrap().proof, Some(Proof::Works));
}
