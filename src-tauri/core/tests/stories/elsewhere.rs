//! The redirect of a sign-in names another region than the chosen one, and not one of Zoho's own.

use keyfob_core::confirmation::Decision;
use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{AppIntent, SignInIntent};
use keyfob_core::{Answer, Problem};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

const ASKS: &str = "ask to send the code to https://accounts.sandbox.example";
const EXCHANGE: &str = "POST accounts.sandbox.example/oauth/v2/token authorization_code";

fn sandbox() -> RegionCode {
    RegionCode::new("sandbox").unwrap()
}

fn not_confirmed() -> Problem {
    Problem::RegionNotConfirmed { region: sandbox(), host: "accounts.sandbox.example".into() }
}

fn answer() -> String {
    granted(STATE, "sandbox", "https://accounts.sandbox.example")
}

/// The wizard is filled in for Europe, and the user has added a region.
fn filled_in() -> Scene {
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(region_form("sandbox", "sandbox"));
    scene.fills_in("eu");
    scene.settles();
    scene.forget_what_it_did();
    scene
}

/// The redirect arrived with the right `state` and names the added region.
fn named() -> Scene {
    let mut scene = filled_in();
    scene.signs_in();
    scene.forget_what_it_did();
    scene.link(&answer());
    scene.did_besides_saving(&["raise", ASKS]);
    assert!(scene.requests().is_empty(), "nothing is sent before the user allows it");
    scene
}

// Shows T25.
#[test]
fn an_added_region_gets_the_code_once_the_user_confirms_it() {
    let mut scene = named();
    scene.allows();
    scene.settles();
    scene.did_besides_saving(&[EXCHANGE]);
    assert_eq!(field(scene.request(), "client_secret").as_deref(), Some(CLIENT_SECRET));
    scene.zoho_says(&tokens());
    assert_eq!(scene.to_confirm().region, sandbox());
}

// Shows T25.
#[test]
fn an_added_region_that_is_not_confirmed_gets_nothing() {
    let mut scene = named();
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    assert_eq!(scene.attempt_ended_with(), not_confirmed());
    assert!(scene.requests().is_empty());
    scene.keeps_what_was_typed();

    // While another question is open, this one cannot be asked.
    scene.settles();
    scene.signs_in();
    scene.asks(AppIntent::AddRegion { form: region_form("other", "other") });
    scene.link(&answer());
    assert_eq!(scene.attempt_ended_with(), not_confirmed());
    assert!(scene.requests().is_empty());
}

#[test]
fn a_code_confirmed_too_late_is_not_sent() {
    let mut cancelled = named();
    cancelled.asks(SignInIntent::CancelConsent);
    cancelled.allows();
    cancelled.settles();
    assert!(cancelled.requests().is_empty(), "the sign-in was cancelled");

    let mut expired = named();
    expired.later(minutes(11));
    expired.allows();
    expired.settles();
    assert_eq!(expired.attempt_ended_with(), Problem::ConsentExpired);
    assert!(expired.requests().is_empty());
}

#[test]
fn typing_a_secret_for_a_region_does_not_confirm_it() {
    let mut scene = filled_in();
    scene.asks(SignInIntent::TypeSecretFor { region: sandbox(), text: CANADAS_SECRET.into() });
    scene.signs_in();
    scene.forget_what_it_did();
    scene.link(&answer());
    scene.did_besides_saving(&["raise", ASKS]);
    scene.allows();
    scene.settles();
    scene.did_besides_saving(&[EXCHANGE]);
    assert_eq!(field(scene.request(), "client_secret").as_deref(), Some(CANADAS_SECRET));
}

#[test]
fn an_added_regions_secret_goes_to_zoho_only_once_confirmed() {
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(region_form("sandbox", "sandbox"));
    scene.types_credentials();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    scene.signs_in();
    scene.forget_what_it_did();
    scene.link(&good_link());
    scene.did_besides_saving(&["raise", "ask to send the code to https://accounts.zoho.eu"]);
    assert!(scene.requests().is_empty());
}

// Shows T25.
#[test]
fn a_device_code_is_polled_there_once_confirmed() {
    let other = r#"{"error":"other_dc","user_location":"sandbox"}"#;
    let pending = || {
        let mut scene = filled_in();
        scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser });
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.zoho_says(&device_code());
        scene.later(seconds(31));
        scene.forget_what_it_did();
        scene.zoho_says(other);
        scene.did_besides_saving(&[ASKS]);
        scene
    };
    let mut scene = pending();
    scene.allows();
    scene.later(seconds(46));
    scene.did_besides_saving(&["POST accounts.sandbox.example/oauth/v3/device/token device_token"]);

    let mut scene = pending();
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    assert_eq!(scene.attempt_ended_with(), not_confirmed());
    scene.later(minutes(2));
    assert!(scene.requests().is_empty());
}

/// The user signs in to the European connection again, and the redirect names the added region.
fn signed_in_again() -> (Scene, ConnectionId) {
    let mut scene = filled_in();
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let id = scene.card().id;
    scene.asks(SignInIntent::SignInAgain { id });
    scene.signs_in();
    scene.link(&answer());
    (scene, id)
}

#[test]
fn tokens_of_another_server_replace_no_connection() {
    let (mut scene, id) = signed_in_again();
    scene.allows();
    scene.settles();
    scene.zoho_says_at("/token", &tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    scene.keeps("Sandbox bot");
    let connections = scene.snapshot().connections;
    assert_eq!(connections.len(), 2, "the old connection is unchanged");
    assert_eq!(scene.card_of(id).region.as_str(), "eu");
}
