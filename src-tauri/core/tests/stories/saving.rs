//! Saving: strictly in order, proven before the browser opens, with failures reported.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{AppIntent, ShareIntent, SignInIntent, VaultIntent};
use keyfob_core::notice::NoticeKind;
use keyfob_core::settings::OnClose;
use keyfob_core::snapshot::{ApprovalView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Effect, Event, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::request::TransportError;

use crate::scene::*;

#[test]
fn saves_run_one_at_a_time_and_the_next_holds_all_changes() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    for text in ["1", "12", "123", "1234"] {
        scene.asks(SignInIntent::TypeClientId { text: text.into() });
    }
    scene.did(&["save"]);
    scene.answer(Answer::Saved(Ok(None)));
    scene.did(&["save"]);
    assert!(last_saved(&scene).contains(r#""client_id":"1234""#));
    scene.asks(SignInIntent::TypeClientId { text: "12345".into() });
    scene.did(&[]);
    scene.answer(Answer::Saved(Ok(None)));
    scene.answer(Answer::Saved(Ok(None)));
    scene.did(&["save"]);
    assert!(last_saved(&scene).contains(r#""client_id":"12345""#));
    assert_eq!(scene.count(|e| matches!(e, Effect::Save(..))), 0);
}

// Shows D3.
#[test]
fn the_browser_opens_only_after_the_consent_is_saved() {
    let mut scene = Scene::first_start();
    scene.fills_in("eu");
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    // The save in flight began before the consent.
    assert!(!last_saved(&scene).contains(STATE));
    scene.forget_what_it_did();
    scene.answer(Answer::Saved(Ok(None)));
    scene.did(&["save"]);
    assert!(last_saved(&scene).contains(STATE));
    scene.answer(Answer::Saved(Ok(None)));
    scene.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
}

// Shows S4; ASVS 16.5.3.
#[test]
fn a_failed_save_keeps_the_browser_closed() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.saving_fails();
    scene.did_besides_saving(&["check the redirect", "draw"]);
    assert_eq!(scene.attempt_ended_with(), no_space());
    scene.keeps_what_was_typed();

    scene.link(&good_link());
    scene.did_besides_saving(&[]);
    scene.signs_in();
    scene.did_besides_saving(&["check the redirect", "draw", "browse accounts.zoho.eu/oauth/v2/auth"]);
}

// Shows S2.
#[test]
fn a_code_is_sent_only_after_its_save() {
    for comes_back in [Scene::link as fn(&mut Scene, &str), pastes] {
        let mut scene = Scene::waiting();
        scene.slow_disk = true;
        comes_back(&mut scene, &good_link());
        scene.did(&["raise", "save"]);
        assert_eq!(scene.approval(), ApprovalView::Exchanging);
        assert_eq!(scene.starts_again().attempt_ended_with(), Problem::ExchangeCutOff, "the code may have been sent");
        scene.answer(Answer::Saved(Ok(None)));
        scene.did(&["POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    }
}

// Shows S2.
#[test]
fn a_failed_save_sends_no_code() {
    let mut scene = Scene::waiting();
    scene.slow_disk = true;
    scene.link(&good_link());
    scene.saving_fails();
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.attempt_ended_with(), no_space());
    scene.keeps_what_was_typed();
    scene.link(&good_link());
    assert_eq!((scene.requests().len(), scene.strays()), (0, 1), "its state is spent");
}

#[test]
fn a_sign_in_cancelled_during_the_save_sends_nothing() {
    let mut scene = Scene::waiting();
    scene.slow_disk = true;
    scene.link(&good_link());
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.approval(), READY);
}

fn pastes(scene: &mut Scene, address: &str) {
    scene.asks(SignInIntent::PasteAddress { text: address.into() });
}

// Shows S3.
#[test]
fn a_failed_save_after_the_exchange_leaves_usable_tokens() {
    let mut scene = Scene::waiting();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.saving_fails();
    assert_eq!(scene.to_confirm().unsaved, Some(no_space()));
    assert_eq!(scene.troubles(), [no_space()]);

    scene.zoho_says(&identity());
    scene.zoho_says(AVAILABLE);
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    scene.saving_fails();
    let id = scene.card().id;
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    assert_eq!(scene.clipboard(), ACCESS);
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.saving_fails();
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    assert_eq!(scene.clipboard(), SECOND_ACCESS);
    assert_eq!(scene.troubles(), [no_space()]);

    // Another problem does not hide this one.
    scene.answer(Answer::Copied(Ok(())));
    scene.answer(Answer::Copied(Err(Problem::ClipboardClosed)));
    assert_eq!(scene.troubles(), [no_space(), Problem::ClipboardClosed]);

    scene.forget_what_it_did();
    scene.asks(VaultIntent::RetrySave);
    scene.did(&["save"]);
    scene.settles();
    assert_eq!(scene.troubles(), [Problem::ClipboardClosed]);
    assert_eq!(scene.starts_again().card().access, masked(SECOND_ACCESS));
}

#[test]
fn a_repeated_save_failure_is_reported_again() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::Rename { id, name: "Other".into() });
    scene.saving_fails();
    let notice = scene.snapshot().notices[0].id;
    scene.asks(AppIntent::Dismiss { notice });
    assert_eq!(scene.notices(), []);
    scene.asks(VaultIntent::RetrySave);
    scene.saving_fails();
    let problem = Problem::NotSaved { reason: "no space left".into() };
    assert_eq!(scene.notices(), [NoticeKind::Trouble { problem, about: None }]);
    // Any later change retries the save.
    scene.asks(AppIntent::Rename { id, name: "Another".into() });
    scene.settles();
    assert_eq!(scene.notices(), []);
}

// Shows S3.
#[test]
fn quitting_unsaved_asks_and_quits_after_a_successful_save() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::Rename { id, name: "Other".into() });
    scene.saving_fails();
    scene.forget_what_it_did();

    // The save is retried. If it fails again, Keyfob keeps running.
    scene.asks(AppIntent::Quit);
    scene.did(&["raise", "save"]);
    assert_eq!(scene.snapshot().quitting, Some(no_space()));
    scene.answer(Answer::Saved(Err(no_space())));
    scene.did(&[]);
    assert_eq!(scene.snapshot().quitting, Some(no_space()));

    // After cancelling, the user is asked again the next time.
    scene.asks(AppIntent::StayOpen);
    assert_eq!(scene.snapshot().quitting, None);
    scene.asks(VaultIntent::RetrySave);
    scene.answer(Answer::Saved(Err(no_space())));
    scene.did(&["save"]);
    scene.asks(AppIntent::Quit);
    scene.did(&["raise", "save"]);
    scene.answer(Answer::Saved(Ok(None)));
    scene.did(&["quit"]);
    assert_eq!(scene.snapshot().quitting, None);
    assert_eq!(scene.starts_again().card().name, "Other");
}

#[test]
fn closing_the_window_unsaved_asks_before_anything_is_lost() {
    let (mut scene, _) = Scene::connected();
    scene.asks(AppIntent::ChooseOnClose { on_close: OnClose::Quit });
    scene.saving_fails();
    scene.forget_what_it_did();
    scene.happens(Event::CloseAsked { tray: true });
    scene.did(&["raise", "save"]);
    scene.answer(Answer::Saved(Err(no_space())));
    scene.asks(AppIntent::QuitUnsaved);
    scene.did(&["quit"]);

    // When all is saved, nothing is asked.
    let (mut scene, _) = Scene::connected();
    scene.asks(AppIntent::Quit);
    scene.did(&["quit"]);
}

#[test]
fn a_failure_followed_by_a_good_save_is_not_reported() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::TypeClientId { text: "1000.A".into() });
    scene.answer(Answer::Saved(Err(no_space())));
    scene.answer(Answer::Saved(Ok(None)));
    assert_eq!(scene.troubles(), []);
}

// Shows S10.
#[test]
fn a_foreign_file_in_the_vaults_place_is_reported() {
    let found = || Problem::VaultChanged { set_aside: "vault.not-authentic-1.age".into() };
    for newer_waits in [false, true] {
        let mut scene = Scene::first_start();
        scene.asks(SignInIntent::Start);
        if newer_waits {
            scene.asks(SignInIntent::TypeClientId { text: "1".into() });
        }
        scene.answer(Answer::Saved(Ok(Some(found()))));
        assert_eq!(scene.troubles(), [found()]);
        scene.settles();
        assert_eq!(scene.troubles(), [found()], "it stays until the user dismisses it");
    }
}

#[test]
fn the_window_stays_usable_during_a_slow_save() {
    let mut scene = Scene::first_start();
    scene.fills_in("eu");
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    assert!(matches!(scene.approval(), ApprovalView::Waiting { .. }));
    scene.asks(SignInIntent::Back);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Scopes });
    scene.settles();

    scene.link(&good_link());
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
}

fn last_saved(scene: &Scene) -> String {
    String::from_utf8(scene.saved.as_ref().expect("a record was saved").expose_secret().to_vec()).unwrap()
}
