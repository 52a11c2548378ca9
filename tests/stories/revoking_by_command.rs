//! `keyfob revoke`: a program asks for the end of a connection, and the user confirms it outside the page.
//!
//! 1. Zoho is asked only after the user confirmed that very revocation; a permission to read is none.
//! 2. What is confirmed is the connection that was named, whatever is called so later.
//! 3. The program learns how it ended; where Zoho did not confirm, the connection stays.

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

/// A program asks, and the dialog is open.
fn asked() -> (Scene, ConnectionId) {
    let (mut scene, id) = Scene::connected();
    scene.script(1, revoke());
    scene.is_told(&["tell 1 that a person is asked", "ask in front to revoke Finance bot"]);
    (scene, id)
}

#[test]
fn the_user_confirms_and_zoho_ends_the_tokens() {
    let (mut scene, _) = asked();
    scene.allows();
    scene.is_told(&[NEWER]);
    scene.zoho_says(REVOKED);
    scene.is_told(&["tell 1: Revoked { was_known: true }"]);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: BOT.to_owned() }], "the window says it too");
    scene.settles();
    assert_eq!(scene.starts_again().snapshot().connections.len(), 0);
    assert_eq!(scene.script_fails(revoke()), CliError::Unknown { names: vec![] });
}

#[test]
fn tokens_that_zoho_no_longer_knew_are_told_as_such() {
    let (mut scene, _) = asked();
    scene.allows();
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
    scene.is_told(&[NEWER, OLDER, "tell 1: Revoked { was_known: false }"]);
    assert_eq!(scene.snapshot().connections.len(), 0);
}

// Shows T28.
#[test]
fn a_permission_to_read_is_none_to_revoke() {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.forget_what_it_did();
    scene.script(1, revoke());
    scene.is_told(&["tell 1 that a person is asked", "ask in front to revoke Finance bot"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.is_told(&[&told(1, &NOT_CONFIRMED)]);
    assert_eq!(scene.card().scripts, ScriptAccess::Allowed, "it may still read");

    let (mut scene, _) = asked();
    scene.answer(Answer::Confirmed(Decision::Deny));
    scene.is_told(&[&told(1, &NOT_CONFIRMED)]);
    assert_eq!(scene.card().scripts, ScriptAccess::NotAsked, "nor does a no forbid reading");
}

#[test]
fn where_scripts_are_turned_away_nobody_is_asked() {
    let (mut scene, id) = Scene::connected();
    scene.asks(CliIntent::AllowScripts { id, on: false });
    assert_eq!(scene.script_fails(revoke()), CliError::NotAllowed { denied: true });
    assert_eq!(scene.count(|e| matches!(e, Effect::Confirm(..))), 0);
}

// Shows T28.
#[test]
fn a_program_cannot_ask_again_and_again() {
    let (mut scene, _) = asked();
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.forget_what_it_did();
    scene.script(2, revoke());
    scene.is_told(&["tell 2 that a person is asked", "ask to revoke Finance bot"]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.forget_what_it_did();
    assert_eq!(scene.script_fails(revoke()), NOT_CONFIRMED, "the user has just said not now twice");
    scene.is_told(&[]);
    scene.now = scene.now.plus(seconds(1));
    scene.script(3, revoke());
    scene.is_told(&["tell 3 that a person is asked", "ask to revoke Finance bot"]);
}

#[test]
fn a_question_nobody_answers_revokes_nothing() {
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
fn out_of_reach_nothing_is_lost_and_the_program_may_ask_again() {
    let (mut scene, id) = asked();
    scene.allows();
    scene.no_answer(TransportError::Unreachable);
    let problem = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    scene.is_told(&[NEWER, &told(1, &CliError::Failed { problem: problem.clone(), needs_you: false })]);
    assert_eq!(scene.card().refresh, Some(masked(REFRESH)));
    assert_eq!(scene.notices(), [NoticeKind::NotRevoked { id, name: BOT.to_owned(), problem, later: true }]);

    scene.script(2, revoke());
    scene.is_told(&["tell 2 that a person is asked", "ask to revoke Finance bot"]);
    scene.allows();
    scene.replies(reply(404, "{}"));
    scene.zoho_says(r#"{"error":"invalid_client"}"#);
    let refused = CliError::Failed { problem: Problem::Refused { error: "invalid_client".into() }, needs_you: true };
    scene.is_told(&[NEWER, OLDER, &told(2, &refused)]);
    assert_eq!(scene.snapshot().connections.len(), 1);
}

#[test]
fn whoever_asks_for_the_same_shares_the_question_and_its_answer() {
    let (mut scene, id) = asked();
    scene.script(2, revoke());
    scene.is_told(&["tell 2 that a person is asked"]);
    scene.allows();
    scene.script(3, revoke());
    scene.is_told(&[NEWER]);
    scene.zoho_says(REVOKED);
    let all = [1, 2, 3].map(|caller| format!("tell {caller}: Revoked {{ was_known: true }}"));
    scene.is_told(&all.each_ref().map(String::as_str));

    // The user presses the window's own button while the dialog is open.
    let (mut scene, again) = asked();
    assert_eq!(again, id);
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    assert_eq!(scene.count(|e| matches!(e, Effect::TellScript(..))), 2, "it was told that it is asked, and the end");
    assert_eq!(scene.snapshot().connections.len(), 0);
}

// Shows T28.
#[test]
fn another_connection_that_takes_the_name_is_not_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.script(1, revoke());
    scene.asks(AppIntent::Rename { id, name: "Old bot".into() });
    scene.did_besides_saving(&[
        "tell 1 that a person is asked",
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
    assert_eq!(scene.card().id, other, "the one that was named when the user said yes is gone");
}

#[test]
fn what_the_user_does_in_the_window_meanwhile_is_told() {
    let (mut scene, id) = asked();
    scene.allows();
    scene.asks(RevokeIntent::RevokeLater { id });
    assert_eq!(scene.last_done(), Some(told(1, &CliError::Unknown { names: vec![] })), "it is off the cards");
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: BOT.to_owned() }]);
}

#[test]
fn reading_and_revoking_are_asked_one_after_the_other() {
    let (mut scene, _) = asked();
    let token = CliRequest::Refresh { name: BOT.to_owned() };
    scene.now = scene.now.plus(seconds(1));
    scene.script(2, token);
    scene.is_told(&["tell 2 that a person is asked"]);
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
