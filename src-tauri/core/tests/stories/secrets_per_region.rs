//! A client may have a separate secret for each data centre, and may not be enabled for all of them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use keyfob_core::intent::{ChecksIntent, RevokeIntent, SignInIntent, TokensIntent};
use keyfob_core::snapshot::SecretElsewhere;
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

fn canada() -> RegionCode {
    RegionCode::new("ca").unwrap()
}

fn europe() -> RegionCode {
    RegionCode::new("eu").unwrap()
}

fn types_canadas(scene: &mut Scene) {
    scene.asks(SignInIntent::TypeSecretFor { region: canada(), text: CANADAS_SECRET.into() });
}

fn comes_from_canada(scene: &mut Scene) {
    scene.link(&granted(STATE, "ca", "https://accounts.zohocloud.ca"));
}

fn secret_sent(scene: &Scene) -> Option<String> {
    field(scene.request(), "client_secret")
}

fn connected_from_canada() -> Scene {
    let mut scene = Scene::ready_to_approve();
    types_canadas(&mut scene);
    scene.settles();
    scene.signs_in();
    comes_from_canada(&mut scene);
    assert_eq!(secret_sent(&scene).as_deref(), Some(CANADAS_SECRET));
    scene.zoho_says(&tokens());
    scene.keeps("Canada bot");
    scene
}

// Shows T25.
#[test]
fn each_region_is_sent_its_own_secret_also_after_a_restart() {
    let mut scene = connected_from_canada().starts_again();
    let id = scene.card().id;
    scene.asks(TokensIntent::Refresh { id });
    assert_eq!(secret_sent(&scene).as_deref(), Some(CANADAS_SECRET));
    scene.zoho_says(&renewed(SECOND_ACCESS));

    scene.asks(RevokeIntent::RevokeAndDelete { id });
    let basic = BASE64.encode(format!("{CLIENT_ID}:{CANADAS_SECRET}"));
    assert_eq!(scene.request().authorization.as_ref().unwrap().expose_secret(), format!("Basic {basic}"));
}

#[test]
fn a_region_without_its_own_secret_is_sent_the_common_one() {
    let mut scene = Scene::ready_to_approve();
    types_canadas(&mut scene);
    scene.settles();
    scene.signs_in();
    scene.link(&good_link());
    assert_eq!(secret_sent(&scene).as_deref(), Some(CLIENT_SECRET));
}

#[test]
fn a_wrong_secret_for_a_region_is_requested_and_then_works() {
    let mut scene = Scene::waiting();
    comes_from_canada(&mut scene);
    scene.zoho_says(r#"{"error":"invalid_client_secret"}"#);
    assert_eq!(scene.attempt_ended_with(), Problem::SecretWrongThere { region: canada() });
    scene.keeps_what_was_typed();

    scene.asks(SignInIntent::GoTo { step: Step::Credentials });
    scene.asks(SignInIntent::PasteSecretFor { region: canada() });
    scene.answer(Answer::Pasted(Ok(CANADAS_SECRET.into())));
    let held = SecretElsewhere { region: canada(), secret: masked(CANADAS_SECRET) };
    assert_eq!(scene.draft().secrets_elsewhere, [held]);
    scene.settles();
    scene.signs_in();
    comes_from_canada(&mut scene);
    assert_eq!(secret_sent(&scene).as_deref(), Some(CANADAS_SECRET));
    scene.zoho_says(&tokens());
    assert_eq!(scene.to_confirm().region, canada());
}

#[test]
fn a_client_not_enabled_for_a_region_is_explained() {
    let mut scene = Scene::waiting();
    comes_from_canada(&mut scene);
    scene.zoho_says(r#"{"error":"invalid_client"}"#);
    assert_eq!(scene.attempt_ended_with(), Problem::MultiDcOff { home: europe(), region: canada() });
    scene.keeps_what_was_typed();
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::OpenConsole);
    scene.did(&["browse api-console.zoho.eu/"]);
}

#[test]
fn a_connection_refused_by_another_region_needs_the_user() {
    for (error, problem) in [
        ("invalid_client", Problem::MultiDcOff { home: europe(), region: canada() }),
        ("invalid_client_secret", Problem::SecretWrongThere { region: canada() }),
    ] {
        let mut scene = connected_from_canada();
        let id = scene.card().id;
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&format!(r#"{{"error":"{error}"}}"#));
        assert_eq!(scene.card().standing, Standing::NeedsYou { problem });
        scene.asks(SignInIntent::SignInAgain { id });
        assert_eq!(scene.draft().secrets_elsewhere.len(), 1, "the typed secret is restored");
    }
}

#[test]
fn a_client_with_a_regional_secret_only_has_one_to_export() {
    let mut scene = Scene::ready_to_approve();
    types_canadas(&mut scene);
    scene.asks(SignInIntent::TypeClientSecret { text: "".into() });
    scene.settles();
    scene.signs_in();
    comes_from_canada(&mut scene);
    scene.zoho_says(&tokens());
    scene.keeps("Canada bot");
    assert!(scene.card().has_secret);
}

#[test]
fn an_empty_secret_is_removed_and_an_unknown_region_gets_none() {
    let mut scene = Scene::ready_to_approve();
    types_canadas(&mut scene);
    scene.asks(SignInIntent::TypeSecretFor { region: canada(), text: " ".into() });
    scene.asks(SignInIntent::TypeSecretFor { region: RegionCode::new("xx").unwrap(), text: CANADAS_SECRET.into() });
    assert_eq!(scene.draft().secrets_elsewhere, []);
}

// Shows T7.
#[test]
fn an_api_domain_in_a_token_response_is_never_used() {
    let mut scene = Scene::exchanging();
    scene.zoho_says(&tokens().replacen('{', r#"{"api_domain":"https://evil.example","#, 1));
    scene.keeps("Finance bot");
    let id = scene.card().id;
    scene.asks(TokensIntent::Refresh { id });
    scene.asks(ChecksIntent::Test { id });
    assert!(scene.requests().iter().all(|call| call.host().ends_with(".zoho.eu")));
}
