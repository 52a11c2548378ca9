//! Secrets stay where they belong. The scene checks this after every event of every story; these tests check the watch.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{AppIntent, RevokeIntent, ShareIntent, SignInIntent, VaultIntent};
use secrecy::ExposeSecret;

use crate::scene::*;

#[test]
fn the_watch_finds_planted_secrets() {
    for secret in SECRETS {
        assert_eq!(found(&format!("before{secret}after")), Some(*secret));
        assert_eq!(found(&serde_json::to_string(&[secret]).unwrap()), Some(*secret));
        assert_eq!(found(&format!("{:?}", format!("cliqkeyfob://callback?code={secret}").into_bytes())), Some(*secret));
        assert_eq!(found(&secret[..secret.len() - 1]), None);
    }
}

// Shows T8, T16; ASVS 14.2.6.
#[test]
#[should_panic(expected = "holds a secret")]
fn the_watch_checks_the_snapshot() {
    Scene::ready_to_approve().asks(SignInIntent::TypeClientId { text: ACCESS.into() });
}

#[test]
#[should_panic(expected = "event holds a secret")]
fn the_watch_checks_events() {
    Scene::first_start().asks(SignInIntent::GuessRegion { address: STATE.into() });
}

// Shows T11; ASVS 16.2.5.
#[test]
#[should_panic(expected = "the recorder holds a secret")]
fn the_watch_checks_the_flight_recorder() {
    nothing_private_is_recorded(&format!("linkArrived ({CODE})"), &[], &Scene::first_start().snapshot());
}

#[test]
#[should_panic(expected = "the recorder holds Some(\"Invoice bot\")")]
fn the_watch_knows_names_given_in_a_story() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::Rename { id, name: "Invoice bot".into() });
    nothing_private_is_recorded("asked: rename #1 (name=Invoice bot)", &[], &scene.snapshot());
}

// Shows T16; ASVS 10.1.1.
#[test]
fn a_whole_sign_in_shows_no_secret_and_seals_those_it_needs() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_fails(keyfob_core::Problem::KeyringAbsent);
    scene.asks(VaultIntent::UsePassphrase { passphrase: PASSPHRASE.into() });
    scene.vault_opens(None);
    scene.fills_in("eu");
    scene.signs_in();
    assert!(sealed(&scene, CLIENT_SECRET) && sealed(&scene, STATE) && sealed(&scene, VERIFIER));

    scene.link(&good_link());
    scene.settles();
    assert!(
        !sealed(&scene, STATE) && !sealed(&scene, VERIFIER) && !sealed(&scene, CODE),
        "they are forgotten after use"
    );
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let id = scene.card().id;
    scene.later(minutes(55));
    scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH));
    scene.asks_and_allows(ShareIntent::Copy { id, shape: Shape::RefreshToken });
    scene.settles();
    assert!(sealed(&scene, SECOND_ACCESS) && sealed(&scene, SECOND_REFRESH) && sealed(&scene, REFRESH));
    assert!(!sealed(&scene, ACCESS) && !sealed(&scene, PASSPHRASE));

    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    scene.settles();
    assert_eq!(found(&record(&scene)), None);
}

// Shows T4; ASVS 14.2.1.
#[test]
fn no_secret_is_in_an_address() {
    let mut scene = Scene::waiting();
    let address = scene.address().to_string();
    assert_eq!(found(&address.replace(STATE, "")), None);
    assert!(address.contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), "RFC 7636, appendix B");

    scene.link(&good_link());
    assert_eq!(scene.request().url.as_str(), "https://accounts.zoho.eu/oauth/v2/token");
    scene.zoho_says(&tokens());
    for call in scene.requests() {
        assert_eq!(call.url.query(), None);
    }
}

fn record(scene: &Scene) -> String {
    String::from_utf8(scene.saved.as_ref().unwrap().expose_secret().to_vec()).unwrap()
}

fn sealed(scene: &Scene, secret: &str) -> bool {
    record(scene).contains(secret)
}
