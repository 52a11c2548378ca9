//! The user cancels: no browser opens any more, and tokens that still arrive are revoked.

use keyfob_core::intent::SignInIntent;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::ApprovalView;
use keyfob_core::{Answer, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

#[test]
fn cancelling_during_the_redirect_check_ends_the_attempt() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    scene.forget_what_it_did();

    scene.redirect_method(Ok(()));
    scene.draws();
    scene.did(&[]);
    assert_eq!(scene.approval(), READY);
    scene.keeps_what_was_typed();
}

#[test]
fn cancelling_before_the_consent_is_saved_opens_no_browser() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.asks(SignInIntent::OpenAgain);
    scene.asks(SignInIntent::CopyLink);
    scene.did_besides_saving(&["check the redirect", "draw"]);

    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    scene.did_besides_saving(&[]);
    assert_eq!(scene.approval(), READY);
}

#[test]
fn answers_to_a_cancelled_attempt_do_not_affect_the_next() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::CancelConsent);
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.settles();
    scene.redirect_method(Err(Problem::LinkNotOurs { owner: None }));
    scene.draws_state("state-of-the-attempt-that-was-stopped");
    assert_eq!(scene.approval(), ApprovalView::Checking);
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    assert!(scene.address().as_str().contains(STATE));

    // Nor does a browser that failed to open for the cancelled attempt.
    scene.asks(SignInIntent::CancelConsent);
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(scene.said_while_waiting(), None);
    assert_eq!(scene.troubles(), []);
}

#[test]
fn a_failed_save_after_cancelling_is_reported() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.asks(SignInIntent::CancelConsent);
    scene.saving_fails();
    assert_eq!(scene.troubles(), [no_space()]);
    assert_eq!(scene.approval(), READY);
}

#[test]
fn cancelling_with_the_browser_open_ignores_the_redirect() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::CancelConsent);
    scene.keeps_what_was_typed();
    scene.only_counts_the_link();
}

// Shows C6.
#[test]
fn tokens_received_after_cancelling_are_revoked() {
    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::CancelConsent);
    scene.keeps_what_was_typed();
    scene.settles();
    scene.forget_what_it_did();

    scene.zoho_says(&tokens());
    scene.did(&["POST accounts.zoho.eu/oauth/v2/revoke/token", "save"]);
    assert_eq!(field(scene.request(), "token").unwrap(), REFRESH);
    scene.keeps_what_was_typed();

    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: "Cliq Europe".into() }]);
}

#[test]
pub fn tokens_received_after_discarding_the_draft_are_revoked() {
    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::ForgetDraft);
    scene.settles();
    scene.forget_what_it_did();
    scene.zoho_says(&one_hour());
    scene.did(&["POST accounts.zoho.eu/oauth/v2/revoke/token", "save"]);
    assert_eq!(field(scene.request(), "token").unwrap(), ACCESS);

    scene.no_answer(TransportError::TimedOut);
    assert_eq!(scene.notices(), [NoticeKind::WillBeRevoked { name: "Cliq Europe".into() }]);
}

#[test]
fn a_refusal_received_after_cancelling_changes_nothing() {
    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    scene.forget_what_it_did();
    let before = scene.snapshot();
    scene.zoho_says(GONE);
    scene.did(&[]);
    assert_eq!(scene.snapshot(), before);
}
