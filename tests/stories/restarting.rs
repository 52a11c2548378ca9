//! Keyfob ends at any moment, and starts again: what was begun goes on.

use keyfob_core::intent::{AppIntent, ChecksIntent, SignInIntent, VaultIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

#[test]
fn everything_typed_is_there_again_and_the_secret_is_still_not_shown() {
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
fn keyfob_may_be_started_before_the_link_comes() {
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
fn strangers_links_before_the_vault_is_open_are_few_and_harmless() {
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
fn of_two_links_that_wait_for_the_vault_the_first_counts() {
    let mut again = Scene::waiting().is_started_again();
    again.link(&good_link());
    again.link(&link(&[("state", STATE), ("code", "1000.ab.cd")]));
    again.vault_opens(again.saved.clone());
    assert_eq!(again.requests().len(), 1);
    assert_eq!(field(again.request(), "code").as_deref(), Some(CODE));
    assert_eq!(again.strays(), 1, "the second answers nothing");
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
fn an_exchange_that_was_cut_off_is_said() {
    let mut again = Scene::exchanging().starts_again();
    assert_eq!(again.attempt_ended_with(), Problem::ExchangeCutOff);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    again.keeps_what_was_typed();

    // What it may have left is ended where Zoho lists it, in that region.
    again.asks(SignInIntent::OpenConnectedApps);
    again.did(&["browse accounts.zoho.eu/home"]);
    assert_eq!(again.attempt_ended_with(), Problem::ExchangeCutOff, "it stays said");
    again.signs_in();
    again.link(&good_link());
    again.zoho_says(&tokens());
    again.keeps("Finance bot");
}

#[test]
fn zoho_s_connected_apps_are_those_of_the_region() {
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
fn tokens_that_were_not_confirmed_yet_are_asked_about_again() {
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
fn connections_are_there_again_and_nothing_is_asked_of_zoho() {
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
fn a_number_is_never_given_to_another_connection() {
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
fn practice_ends_with_the_run_and_what_was_begun_for_real_does_not() {
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
fn a_wizard_that_has_ended_is_not_offered_again() {
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
