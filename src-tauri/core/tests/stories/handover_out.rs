//! Handing over a connection in a sealed file.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::activity::Happened;
use keyfob_core::effect::Sensitivity;
use keyfob_core::handover_file::{Lasts, Lock};
use keyfob_core::intent::{AppIntent, ShareIntent, SignInIntent};
use keyfob_core::notice::{CopiedWhat, NoticeKind};
use keyfob_core::snapshot::HandingOver;
use keyfob_core::{Answer, Effect, Intent, Problem};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::scene::*;

pub fn by_passphrase(passphrase: &str) -> Lock {
    Lock::Passphrase { passphrase: passphrase.into() }
}

pub fn handover(lock: Lock) -> Intent {
    Intent::Share(ShareIntent::Handover { to: "Ben in the back office".into(), lasts: Lasts::Week, lock })
}

#[test]
fn a_handover_holds_all_that_the_other_keyfob_needs() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    scene.asks(handover(by_passphrase(PASSPHRASE)));
    scene.did(&["ask to hand Finance bot over to Ben in the back office"]);
    scene.allows();
    scene.did(&["seal with a passphrase as zoho-cliq-Finance-bot.keyfob.age"]);
    assert!(scene.snapshot().handing_over.unwrap().sealing);

    let held: Value = serde_json::from_slice(scene.sealing().content.expose_secret()).unwrap();
    assert_eq!((&held["keyfob"], &held["version"]), (&json!("hand-over"), &json!(1)));
    assert_eq!((&held["clientSecret"], &held["refreshToken"]), (&json!(CLIENT_SECRET), &json!(REFRESH)));
    assert_eq!(held["until"], json!(scene.now.plus(days(7))));
    assert!(!held.to_string().contains(ACCESS), "the other Keyfob requests its own access token");
}

#[test]
fn a_written_handover_is_reported_with_recipient_and_expiry() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    scene.asks_and_allows(handover(Lock::Key { key: format!(" {OWN_KEY}\n") }));
    scene.forget_asking();
    scene.did(&[&format!("seal to {OWN_KEY} as zoho-cliq-Finance-bot.keyfob.age")]);
    let until = scene.now.plus(days(7));
    scene.answer(Answer::FileSaved(Ok(Some("bot.keyfob.age".into()))));
    assert_eq!(scene.snapshot().handing_over, None);
    let (name, file, to) = ("Finance bot".into(), "bot.keyfob.age".into(), "Ben in the back office".into());
    assert_eq!(scene.notices(), [NoticeKind::HandedOver { name, file, to, until }]);
    scene.asks(SignInIntent::Open { id });
    let told = scene.snapshot().page.unwrap().activity.remove(0).what;
    assert_eq!(told, Happened::HandedOver { to: "Ben in the back office".into(), until });
}

#[test]
fn a_cancelled_or_failed_save_returns_to_the_handover_form() {
    let (mut scene, id) = Scene::connected();
    let refused = Problem::FileNotWritten { reason: "not here".into() };
    scene.asks(ShareIntent::BeginHandover { id });
    for (answer, problem) in [(Ok(None), None), (Err(refused.clone()), Some(refused))] {
        scene.asks(handover(by_passphrase(PASSPHRASE)));
        scene.asks(handover(by_passphrase(PASSPHRASE)));
        scene.allows();
        scene.asks(handover(by_passphrase(PASSPHRASE)));
        assert_eq!(scene.count(|e| matches!(e, Effect::SaveSealed(..))), 1, "one at a time");
        scene.answer(Answer::FileSaved(answer));
        assert_eq!(scene.snapshot().handing_over, Some(HandingOver { id, sealing: false, problem }));
        assert_eq!(scene.notices(), []);
    }
    scene.asks(ShareIntent::StopHandover);
    assert_eq!(scene.snapshot().handing_over, None);
}

#[test]
fn a_weak_passphrase_or_invalid_key_seals_nothing() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    for (lock, problem) in [
        (by_passphrase(""), Problem::PassphraseWeak),
        (by_passphrase("summer2026!"), Problem::PassphraseWeak),
        (by_passphrase("a b c d e f"), Problem::PassphraseWeak),
        (by_passphrase(&"ab".repeat(20)), Problem::PassphraseWeak),
        (Lock::Key { key: String::new() }, Problem::KeyUnknown),
        (Lock::Key { key: "age1short".into() }, Problem::KeyUnknown),
        (Lock::Key { key: format!("{OWN_KEY}&") }, Problem::KeyUnknown),
    ] {
        scene.asks(handover(lock));
        scene.did(&[]);
        assert_eq!(scene.snapshot().handing_over.unwrap().problem, Some(problem));
    }
    for strong in ["quiet rivers carry boats", "  Xp7-kk2-Lm9-qq4e  "] {
        scene.asks_and_allows(handover(by_passphrase(strong)));
        scene.answer(Answer::FileSaved(Ok(None)));
    }
    scene.forget_asking();
    scene.did(&["seal with a passphrase as zoho-cliq-Finance-bot.keyfob.age"; 2]);
}

#[test]
fn a_connection_without_a_refresh_token_has_no_handover() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.asks(ShareIntent::BeginHandover { id });
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
    scene.asks(handover(by_passphrase(PASSPHRASE)));
    scene.did(&[]);
    scene.asks(ShareIntent::SaveSetup { id });
    assert!(scene.file().content.expose_secret().contains("\"keepAccess\": false"));
}

#[test]
fn deleting_a_connection_ends_its_handover() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    scene.removes_here(id);
    assert_eq!(scene.snapshot().handing_over, None);
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(handover(by_passphrase(PASSPHRASE)));
    scene.did(&[]);
}

#[test]
fn our_public_key_is_copied_as_plain_text() {
    let mut scene = Scene::first_start();
    assert_eq!(scene.snapshot().own_key.as_deref(), Some(OWN_KEY));
    scene.asks(AppIntent::CopyOwnKey);
    scene.did(&[&format!("copy {OWN_KEY}")]);
    assert_eq!(scene.count(|e| matches!(e, Effect::Copy(_, _, Sensitivity::Secret))), 0);
    scene.answer(Answer::Copied(Ok(())));
    assert_eq!(scene.snapshot().copied.unwrap().what, CopiedWhat::OwnKey);
}
