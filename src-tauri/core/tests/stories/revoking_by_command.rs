//! `keyfob revoke`: a program requests a revocation, and the user confirms it outside the page.
//!
//! 1. Zoho is asked only after the user confirmed this revocation; permission to read is not enough.
//! 2. The user confirms the connection that had the name at that time, whichever has it later.
//! 3. The program learns the outcome. If Zoho does not confirm, the connection stays.

use keyfob_core::cli::{Caller, CliError, CliRequest, PERSON_TIME};
use keyfob_core::confirmation::Decision;
use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{AppIntent, CliIntent, RevokeIntent};
use keyfob_core::notice::NoticeKind;
use keyfob_core::script_access::ScriptAccess;
use keyfob_core::{Answer, Desk, Effect, Event, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const BOT: &str = "Finance bot";
const NEWER: &str = "POST accounts.zoho.eu/oauth/v2/revoke/token";
const OLDER: &str = "POST accounts.zoho.eu/oauth/v2/token/revoke";
const NOT_CONFIRMED: CliError = CliError::NotAllowed { denied: false };

fn revoke() -> CliRequest {
    CliRequest::Revoke { name: BOT.to_owned() }
}

fn told(caller: u64, why: &CliError) -> String {
    format!("tell {caller}: NotDone {{ why: {why:?} }}")
}

/// A program has asked, and the dialog is open.
fn asked() -> (Scene, ConnectionId) {
    let (mut scene, id) = Scene::connected();
    scene.script(1, revoke());
    scene.is_told(&["tell 1 that the user is asked", "ask in front to revoke Finance bot"]);
    (scene, id)
}

#[test]
fn the_user_confirms_and_zoho_ends_the_tokens() {
    let (mut scene, _) = asked();
    scene.allows();
    scene.is_told(&[NEWER]);
    scene.zoho_says(REVOKED);
    scene.is_told(&["tell 1: Revoked { was_known: true }"]);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: BOT.to_owned() }], "the window shows it too");
    scene.settles();
    assert_eq!(scene.starts_again().snapshot().connections.len(), 0);
    assert_eq!(scene.script_fails(revoke()), CliError::Unknown { names: vec![] });
}

#[test]
fn tokens_unknown_to_zoho_are_reported_as_such() {
    let (mut scene, _) = asked();
    scene.allows();
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.is_told(&[NEWER, OLDER, "tell 1: Revoked { was_known: false }"]);
    assert_eq!(scene.snapshot().connections.len(), 0);
}

// Shows T28.
#[test]
fn permission_to_read_is_not_permission_to_revoke() {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.forget_what_it_did();
    scene.script(1, revoke());
    scene.is_told(&["tell 1 that the user is asked", "ask in front to revoke Finance bot"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.is_told(&[&told(1, &NOT_CONFIRMED)]);
    assert_eq!(scene.card().scripts, ScriptAccess::Allowed, "programs may still read");

    let (mut scene, _) = asked();
    scene.answer(Answer::Confirmed(Decision::Deny));
    scene.is_told(&[&told(1, &NOT_CONFIRMED)]);
    assert_eq!(scene.card().scripts, ScriptAccess::NotAsked, "a denial does not forbid reading");
}

#[test]
fn a_denied_program_is_refused_without_a_question() {
    let (mut scene, id) = Scene::connected();
    scene.asks(CliIntent::AllowScripts { id, on: false });
    assert_eq!(scene.script_fails(revoke()), CliError::NotAllowed { denied: true });
    assert_eq!(scene.count(|e| matches!(e, Effect::Confirm(..))), 0);
}

// Shows T28.
#[test]
fn a_program_cannot_ask_repeatedly() {
    let (mut scene, _) = asked();
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.forget_what_it_did();
    scene.script(2, revoke());
    scene.is_told(&["tell 2 that the user is asked", "ask to revoke Finance bot"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.forget_what_it_did();
    assert_eq!(scene.script_fails(revoke()), NOT_CONFIRMED, "the user has just dismissed it twice");
    scene.is_told(&[]);
    scene.now = scene.now.plus(seconds(1));
    scene.script(3, revoke());
    scene.is_told(&["tell 3 that the user is asked", "ask to revoke Finance bot"]);
}

#[test]
fn an_unanswered_question_revokes_nothing() {
    let (mut scene, _) = asked();
    scene.later(PERSON_TIME);
    scene.is_told(&[&told(1, &NOT_CONFIRMED), "stop asking"]);

    let (mut scene, _) = asked();
    scene.happens(Event::ScriptLeft(Caller(1)));
    scene.is_told(&["stop asking"]);
    scene.later(minutes(10));
    scene.is_told(&[]);
    assert_eq!(scene.snapshot().connections.len(), 1);
}

#[test]
fn an_unreachable_zoho_loses_nothing_and_allows_a_retry() {
    let (mut scene, id) = asked();
    scene.allows();
    scene.no_answer(TransportError::Unreachable);
    let problem = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    scene.is_told(&[NEWER, &told(1, &CliError::Failed { problem: problem.clone(), needs_you: false })]);
    assert_eq!(scene.card().refresh, Some(masked(REFRESH)));
    assert_eq!(scene.notices(), [NoticeKind::NotRevoked { id, name: BOT.to_owned(), problem, later: true }]);

    scene.script(2, revoke());
    scene.is_told(&["tell 2 that the user is asked", "ask to revoke Finance bot"]);
    scene.allows();
    scene.replies(reply(404, "{}"));
    scene.zoho_says(r#"{"error":"invalid_client"}"#);
    let refused = CliError::Failed { problem: Problem::Refused { error: "invalid_client".into() }, needs_you: true };
    scene.is_told(&[NEWER, OLDER, &told(2, &refused)]);
    assert_eq!(scene.snapshot().connections.len(), 1);
}

#[test]
fn programs_with_the_same_request_share_question_and_answer() {
    let (mut scene, id) = asked();
    scene.script(2, revoke());
    scene.is_told(&["tell 2 that the user is asked"]);
    scene.allows();
    scene.script(3, revoke());
    scene.is_told(&[NEWER]);
    scene.zoho_says(REVOKED);
    let all = [1, 2, 3].map(|caller| format!("tell {caller}: Revoked {{ was_known: true }}"));
    scene.is_told(&all.each_ref().map(String::as_str));

    // The user revokes in the window while the dialog is open.
    let (mut scene, again) = asked();
    assert_eq!(again, id);
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    assert_eq!(
        scene.count(|e| matches!(e, Effect::TellScript(..))),
        2,
        "one reply that the user is asked, and the outcome"
    );
    assert_eq!(scene.snapshot().connections.len(), 0);
}

// Shows T28.
#[test]
fn another_connection_that_takes_the_name_is_not_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.script(1, revoke());
    scene.asks(AppIntent::Rename { id, name: "Old bot".into() });
    scene.did_besides_saving(&[
        "tell 1 that the user is asked",
        "ask in front to revoke Finance bot",
        &told(1, &CliError::Unknown { names: vec!["Old bot".to_owned()] }),
        "stop asking",
    ]);

    let (mut scene, id) = Scene::connected();
    let other = scene.connects("Zeta");
    scene.script(1, revoke());
    scene.allows();
    scene.asks(AppIntent::Rename { id, name: "Old bot".into() });
    scene.asks(AppIntent::Rename { id: other, name: BOT.into() });
    scene.zoho_says(REVOKED);
    assert_eq!(scene.last_done().as_deref(), Some("tell 1: Revoked { was_known: true }"));
    assert_eq!(scene.card().id, other, "the connection that had the name at the user's consent is gone");
}

#[test]
fn the_users_own_action_meanwhile_is_reported() {
    let (mut scene, id) = asked();
    scene.allows();
    scene.asks(RevokeIntent::RevokeLater { id });
    assert_eq!(scene.last_done(), Some(told(1, &CliError::Unknown { names: vec![] })), "its card is gone");
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: BOT.to_owned() }]);
}

#[test]
fn reading_and_revoking_are_asked_one_after_the_other() {
    let (mut scene, _) = asked();
    let token = CliRequest::Refresh { name: BOT.to_owned() };
    scene.now = scene.now.plus(seconds(1));
    scene.script(2, token);
    scene.is_told(&["tell 2 that the user is asked"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.is_told(&[&told(1, &NOT_CONFIRMED), "ask to let scripts read Finance bot"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.is_told(&[&told(2, &NOT_CONFIRMED)]);
}

#[test]
fn without_a_user_nothing_is_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.settles();
    let mut alone = Scene::new();
    (alone.desk, alone.now) = (Desk::unattended(), scene.now);
    alone.starts(None);
    alone.vault_opens(scene.saved.clone());
    alone.forget_what_it_did();
    assert_eq!(alone.script_fails(revoke()), NOT_CONFIRMED);
    assert_eq!(
        alone.script_fails(CliRequest::Revoke { name: "Zeta".into() }),
        CliError::Unknown { names: vec![BOT.into()] }
    );
    alone.is_told(&[]);
}
