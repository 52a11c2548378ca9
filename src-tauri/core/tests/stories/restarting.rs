//! Keyfob can end at any moment. The next start continues what was begun.

use keyfob_core::intent::{AppIntent, ChecksIntent, SignInIntent, VaultIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

#[test]
fn the_input_survives_a_restart_and_the_secret_stays_hidden() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::KeepAccess { on: false });
    scene.settles();
    let before = scene.draft();

    let mut again = scene.starts_again();
    again.did(&[]);
    assert_eq!(again.screen(), Screen::Welcome);
    assert_eq!(again.draft(), before);
    again.keeps_what_was_typed();

    again.signs_in();
    again.link(&good_link());
    assert_eq!(field(again.request(), "client_secret").unwrap(), CLIENT_SECRET);
}

#[test]
fn a_link_that_starts_keyfob_finishes_the_consent() {
    let mut again = Scene::waiting().is_started_again();
    again.now = again.now.plus(minutes(9));
    again.link(&good_link());
    again.did(&["open the vault with the keyring"]);
    assert_eq!(again.strays(), 0);

    let saved = again.saved.clone();
    again.vault_opens(saved);
    again.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    assert_eq!(field(again.request(), "code_verifier").unwrap(), VERIFIER);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    again.zoho_says(&tokens());
    again.keeps("Finance bot");
    assert_eq!(again.card().access, masked(ACCESS));
}

#[test]
pub fn the_link_waits_until_a_locked_keyring_is_opened() {
    let mut again = Scene::waiting().is_started_again();
    again.link(&good_link());
    again.vault_fails(Problem::KeyringLocked);
    again.later(minutes(3));
    again.asks(VaultIntent::TryVaultAgain);
    again.vault_opens(again.saved.clone());
    assert_eq!(again.request().host(), "accounts.zoho.eu");
    assert_eq!(again.strays(), 0);
}

#[test]
fn keyfob_can_be_restarted_before_the_link_arrives() {
    let mut again = Scene::waiting().starts_again();
    again.did(&[]);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    assert!(again.is_waiting());
    again.asks(SignInIntent::OpenAgain);
    again.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
    again.link(&good_link());
    again.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

// Shows D2.
#[test]
fn forged_links_before_the_vault_opens_are_capped() {
    let mut again = Scene::waiting().is_started_again();
    again.link(&good_link());
    for number in 0..1_000 {
        again.link(&link(&[("state", &format!("guess-{number}")), ("code", CODE)]));
    }
    again.link_bytes(&vec![b'x'; 1 << 20]);
    let held = format!("{:?}", again.desk).matches("REDACTED").count();
    assert!((1..10).contains(&held), "{held} links are held");
    again.vault_opens(again.saved.clone());
    assert_eq!(again.request().host(), "accounts.zoho.eu");
    assert_eq!(again.strays(), 1_001);
}

// Shows T1.
#[test]
fn the_first_of_two_links_before_the_vault_opens_counts() {
    let mut again = Scene::waiting().is_started_again();
    again.link(&good_link());
    again.link(&link(&[("state", STATE), ("code", "1000.ab.cd")]));
    again.vault_opens(again.saved.clone());
    assert_eq!(again.requests().len(), 1);
    assert_eq!(field(again.request(), "code").as_deref(), Some(CODE));
    assert_eq!(again.strays(), 1, "the second link is a stray");
}

#[test]
fn a_link_that_starts_keyfob_with_nothing_pending_is_counted() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.link(&good_link());
    scene.vault_opens(None);
    scene.did(&["open the vault with the keyring"]);
    assert_eq!((scene.strays(), scene.screen()), (1, Screen::Welcome));
}

#[test]
fn a_consent_older_than_ten_minutes_has_expired() {
    let mut again = Scene::waiting().is_started_again();
    again.now = NINE.plus(minutes(10)).plus(Duration::from_millis(1));
    again.link(&good_link());
    again.vault_opens(again.saved.clone());
    again.did_besides_saving(&["open the vault with the keyring"]);
    assert_eq!(again.attempt_ended_with(), Problem::ConsentExpired);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    assert_eq!(again.strays(), 1);
    again.keeps_what_was_typed();
}

// Shows S2.
#[test]
fn an_interrupted_exchange_is_reported() {
    let mut again = Scene::exchanging().starts_again();
    assert_eq!(again.attempt_ended_with(), Problem::ExchangeCutOff);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    again.keeps_what_was_typed();

    // Tokens that it may have left can be ended on Zoho's page of connected apps, in that region.
    again.asks(SignInIntent::OpenConnectedApps);
    again.did(&["browse accounts.zoho.eu/home"]);
    assert_eq!(again.attempt_ended_with(), Problem::ExchangeCutOff, "the problem stays shown");
    again.signs_in();
    again.link(&good_link());
    again.zoho_says(&tokens());
    again.keeps("Finance bot");
}

#[test]
fn connected_apps_open_in_the_chosen_region() {
    for (code, page) in [
        ("us", "https://accounts.zoho.com/home#sessions/userconnectedapps"),
        ("ca", "https://accounts.zohocloud.ca/home#sessions/userconnectedapps"),
    ] {
        let mut scene = Scene::in_the_wizard();
        scene.asks(SignInIntent::OpenConnectedApps);
        scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new(code).unwrap() });
        scene.asks(SignInIntent::OpenConnectedApps);
        assert_eq!(scene.browsed.as_ref().unwrap().as_str(), page);
    }
}

#[test]
fn unconfirmed_tokens_are_checked_again() {
    let mut scene = Scene::candidate();
    scene.zoho_says(&identity());
    scene.zoho_says(AVAILABLE);
    scene.settles();

    let mut again = scene.starts_again();
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Confirm });
    again.did(&["GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current"]);
    again.keeps("Finance bot");
    assert_eq!(again.card().access, masked(ACCESS));
}

#[test]
fn a_restart_restores_connections_without_any_request() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.zoho_says(AVAILABLE);
    scene.settles();
    for _ in 0..10 {
        let mut again = scene.starts_again();
        again.did(&[]);
        assert_eq!(again.card(), scene.card());
        assert_eq!(again.screen(), Screen::Home);
        again.later(seconds(1));
        again.did(&[]);
        scene = again;
    }
}

#[test]
fn a_connection_id_is_never_reused() {
    let (mut scene, first) = Scene::connected();
    scene.removes_here(first);
    scene.settles();
    let mut again = scene.starts_again();
    let second = again.connects("Second");
    assert_ne!(first, second);
}

#[test]
fn a_draft_laid_aside_survives_too() {
    let (mut scene, id) = Scene::connected();
    scene.fills_in("us");
    scene.asks(SignInIntent::SignInAgain { id });
    scene.settles();
    let mut again = scene.starts_again();
    assert_eq!(again.draft().replaces, Some(id));
    again.asks(SignInIntent::ForgetDraft);
    assert_eq!(again.draft().region, RegionCode::new("us"));
    again.keeps_what_was_typed();
}

#[test]
fn practice_ends_with_the_run_and_a_real_draft_does_not() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.settles();

    let again = scene.starts_again();
    assert_eq!(again.draft().region, RegionCode::new("eu"));
    again.keeps_what_was_typed();
    assert_eq!(again.approval(), READY);
}

#[test]
fn a_finished_wizard_is_not_offered_again() {
    let mut scene = Scene::candidate();
    scene.zoho_says_at("/oauth/user/info", &identity());
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    scene.settles();
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Use });

    let again = scene.starts_again();
    assert_eq!(again.screen(), Screen::Home);
    assert_eq!(again.snapshot().draft, None);
    assert_eq!(again.card().name, "Finance bot");
}
