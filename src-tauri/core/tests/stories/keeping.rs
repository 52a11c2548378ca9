//! The vault: opened before anything else, proven before the browser opens, and saved strictly in order.

use keyfob_core::intent::{AppIntent, SignInIntent, VaultIntent};
use keyfob_core::keeping::Keeping;
use keyfob_core::snapshot::Screen;
use keyfob_core::{Intent, Problem};
use secrecy::SecretSlice;

use crate::scene::*;

#[test]
fn an_unusable_keyring_is_reported_before_anything_else() {
    for problem in [
        Problem::KeyringAbsent,
        Problem::KeyringLocked,
        Problem::KeyringSlow,
        Problem::KeyringFaulty,
        Problem::KeyMissing,
    ] {
        let mut scene = Scene::new();
        scene.starts(None);
        assert_eq!(scene.screen(), Screen::Starting);
        scene.vault_fails(problem.clone());
        assert_eq!(scene.screen(), closed(&problem, false));
        assert_eq!(scene.snapshot().keeping, Keeping::NotYet);
        scene.forget_what_it_did();

        // Nothing else can be started, and nothing is written.
        scene.asks(SignInIntent::Start);
        scene.asks(AppIntent::Practise);
        scene.asks(SignInIntent::SignIn { anyway: true });
        scene.asks(SignInIntent::ForgetDraft);
        scene.asks(VaultIntent::RetrySave);
        scene.later(minutes(60));
        scene.did(&[]);
        assert_eq!(scene.screen(), closed(&problem, false));
    }
}

#[test]
fn a_keyring_that_appears_later_is_found_on_retry() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_fails(Problem::KeyringAbsent);
    scene.asks(VaultIntent::TryVaultAgain);
    assert_eq!(scene.screen(), closed(&Problem::KeyringAbsent, true));
    scene.vault_fails(Problem::KeyringLocked);
    assert_eq!(scene.screen(), closed(&Problem::KeyringLocked, false));
    scene.asks(VaultIntent::TryVaultAgain);
    scene.vault_opens(None);
    scene.did(&["open the vault with the keyring"; 3]);
    assert_eq!((scene.screen(), scene.snapshot().keeping), (Screen::Welcome, Keeping::Keyring));
}

#[test]
fn a_passphrase_replaces_the_keyring() {
    let (connected, _) = Scene::connected();
    let mut scene = connected.is_started_again();
    scene.vault_fails(Problem::PassphraseNeeded);
    scene.forget_what_it_did();
    scene.asks(VaultIntent::UsePassphrase { passphrase: "".into() });
    scene.did(&[]);

    scene.asks(VaultIntent::UsePassphrase { passphrase: "not this one".into() });
    scene.vault_fails(Problem::PassphraseWrong);
    assert_eq!(scene.screen(), closed(&Problem::PassphraseWrong, false));
    scene.asks(VaultIntent::UsePassphrase { passphrase: PASSPHRASE.into() });
    scene.vault_opens(connected.saved.clone());
    scene.did(&["open the vault with a passphrase"; 2]);
    assert_eq!((scene.screen(), scene.snapshot().keeping), (Screen::Home, Keeping::Passphrase));
    assert_eq!(scene.card().name, "Finance bot");
}

#[test]
fn without_a_keyring_a_run_can_keep_everything_in_memory() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_fails(Problem::KeyringAbsent);
    scene.asks(VaultIntent::UseThisRunOnly);
    scene.vault_opens(None);
    scene.did(&["open the vault with the keyring", "keep things for this run"]);
    assert_eq!((scene.screen(), scene.snapshot().keeping), (Screen::Welcome, Keeping::ThisRun));

    scene.fills_in("eu");
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    assert_eq!(scene.card().name, "Finance bot");
}

#[test]
fn an_open_vault_is_not_opened_again() {
    let (mut scene, _) = Scene::connected();
    for intent in [
        Intent::Vault(VaultIntent::TryVaultAgain),
        Intent::Vault(VaultIntent::UseThisRunOnly),
        Intent::Vault(VaultIntent::UsePassphrase { passphrase: PASSPHRASE.into() }),
    ] {
        scene.asks(intent);
    }
    scene.did(&[]);
    assert_eq!(scene.snapshot().keeping, Keeping::Keyring);
}

#[test]
fn only_the_last_try_to_open_the_vault_counts() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.asks(VaultIntent::UseThisRunOnly);
    scene.vault_fails(Problem::KeyringSlow);
    assert_eq!(scene.screen(), Screen::Starting);
    scene.vault_opens(None);
    assert_eq!(scene.snapshot().keeping, Keeping::ThisRun);
}

#[test]
fn a_vault_of_a_newer_keyfob_is_refused_and_not_overwritten() {
    for newer in [r#"{"version":3}"#, r#"{"version":7,"connections":{"a":"map"},"more":[1]}"#] {
        let version = if newer.contains('7') { 7 } else { 3 };
        let mut scene = refuses(newer, &Problem::VaultNewer { version });
        // Continuing without the vault saves nothing in this run, so the file is unchanged.
        scene.asks(VaultIntent::UseThisRunOnly);
        scene.did(&["keep things for this run"]);
    }
}

#[test]
fn an_unreadable_record_is_refused_and_not_overwritten() {
    for (garbage, place) in
        [("", "line 1 column 0"), ("{\"version\":1}", "line 1 column 13"), ("\u{0}", "line 1 column 1")]
    {
        refuses(garbage, &Problem::VaultUnreadable { reason: place.into() });
    }
    let told = r#"{"version":1,"next_id":"1000.a.secret"}"#;
    let scene = refuses(told, &Problem::VaultUnreadable { reason: "line 1 column 38".into() });
    assert!(!format!("{:?}", scene.screen()).contains("secret"));
}

fn refuses(record: &str, problem: &Problem) -> Scene {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_opens(Some(SecretSlice::from(record.as_bytes().to_vec())));
    assert_eq!(&scene.screen(), &closed(problem, false));
    scene.forget_what_it_did();
    for intent in [
        Intent::SignIn(SignInIntent::Start),
        Intent::Vault(VaultIntent::RetrySave),
        Intent::SignIn(SignInIntent::ForgetDraft),
        Intent::SignIn(SignInIntent::GoHome),
    ] {
        scene.asks(intent);
    }
    scene.link(&good_link());
    scene.later(minutes(60));
    scene.did(&[]);
    scene
}

#[test]
fn a_damaged_vault_set_aside_is_reported() {
    for recovered in [true, false] {
        is_reported_of_the_vault(
            Problem::VaultDamaged { set_aside: "vault.damaged-1.age".into(), recovered },
            recovered,
        );
    }
}

#[test]
fn a_vault_not_written_by_keyfob_is_reported() {
    for recovered in [true, false] {
        let set_aside = "vault.not-authentic-1.age".into();
        is_reported_of_the_vault(Problem::VaultNotAuthentic { set_aside, recovered }, recovered);
    }
}

#[test]
fn an_older_vault_put_back_is_reported() {
    is_reported_of_the_vault(Problem::VaultOlder, true);
}

fn is_reported_of_the_vault(problem: Problem, has_contents: bool) {
    let (connected, _) = Scene::connected();
    let mut scene = connected.is_started_again();
    scene.vault_opens_and_says(connected.saved.filter(|_| has_contents), problem.clone());
    assert_eq!(scene.troubles(), [problem]);
    assert_eq!(scene.screen(), if has_contents { Screen::Home } else { Screen::Welcome });
}
