//! Handing out tokens: to the clipboard for thirty seconds, and to files with the selected contents.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::{Export, FileFormat, Shape};
use keyfob_core::intent::{AppIntent, ChecksIntent, RevokeIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::notice::CopiedWhat;
use keyfob_core::{Answer, Effect, Intent, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

fn copy(id: ConnectionId) -> Intent {
    Intent::Share(ShareIntent::Copy { id, shape: Shape::Token })
}

// Shows T9.
#[test]
fn a_fresh_token_is_copied_and_cleared_after_thirty_seconds() {
    let (mut scene, id) = Scene::connected();
    scene.asks(copy(id));
    scene.did(&["copy a secret"]);
    assert_eq!(scene.clipboard(), ACCESS);
    assert_eq!(scene.snapshot().copied, None, "the copy is not confirmed yet");

    scene.answer(Answer::Copied(Ok(())));
    let copied = scene.snapshot().copied.unwrap();
    assert_eq!(copied.what, CopiedWhat::Token { id, shape: Shape::Token });
    assert_eq!(copied.clears_at, Some(scene.now.plus(seconds(30))));
    scene.did(&["save"]);
    scene.later(seconds(29));
    scene.did(&[]);
    scene.later(seconds(1));
    scene.did(&["clear the clipboard"]);
    assert_eq!(scene.snapshot().copied, None);
    scene.later(minutes(5));
    scene.did(&[]);
}

#[test]
fn a_later_copy_restarts_the_thirty_seconds() {
    let (mut scene, id) = Scene::connected();
    scene.asks(copy(id));
    scene.answer(Answer::Copied(Ok(())));
    scene.later(seconds(20));
    scene.asks(copy(id));
    scene.answer(Answer::Copied(Ok(())));
    scene.forget_what_it_did();
    scene.later(seconds(29));
    scene.did(&[]);
    scene.later(seconds(1));
    scene.did(&["clear the clipboard"]);
}

#[test]
fn non_secret_text_stays_on_the_clipboard() {
    let mut scene = Scene::ready_to_approve();
    for field in FORM_FIELDS {
        scene.asks(SignInIntent::CopyForForm { field });
        scene.answer(Answer::Copied(Ok(())));
        assert_eq!(scene.snapshot().copied.unwrap().what, CopiedWhat::Form { field });
    }
    scene.later(minutes(5));
    scene.did(&["copy Keyfob", "copy https://keyfob.example", "copy cliqkeyfob://callback"]);
    assert_eq!(scene.snapshot().copied.unwrap().clears_at, None);
}

#[test]
fn a_token_with_less_than_five_minutes_left_is_refreshed_first() {
    let (mut scene, id) = Scene::connected();
    // The machine has just woken up, before any timer event.
    scene.now = NINE.plus(minutes(56));
    scene.asks(copy(id));
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&["copy a secret"]);
    assert_eq!(scene.clipboard(), SECOND_ACCESS);
}

#[test]
fn pending_actions_share_one_refresh() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    let export = Export { format: FileFormat::Json, refresh_token: false, client_secret: false };
    for _ in 0..3 {
        scene.asks(copy(id));
        scene.asks(ShareIntent::Export { id, export });
        scene.asks(ChecksIntent::Test { id });
    }
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[
        "copy a secret",
        "save a file as zoho-cliq-Finance-bot.json",
        "GET cliq.zoho.eu/api/v2/statuses/current",
    ]);
    assert_eq!(scene.clipboard(), SECOND_ACCESS);
    assert!(scene.file().content.expose_secret().contains(SECOND_ACCESS));
}

#[test]
fn the_last_copy_stays_on_the_clipboard() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    scene.later(minutes(55));
    scene.asks(copy(first));
    scene.asks(copy(second));
    scene.forget_what_it_did();
    // The first refresh is slow and does not overwrite the copy requested later.
    scene.zoho_says(&renewed(ACCESS));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&["copy a secret"]);
    assert_eq!(scene.clipboard(), SECOND_ACCESS);

    scene.now = scene.now.plus(minutes(56));
    scene.asks(copy(first));
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::CopyForForm { field: FORM_FIELDS[2] });
    scene.zoho_says(&renewed(ACCESS));
    assert_eq!(scene.clipboard(), "cliqkeyfob://callback");
}

#[test]
fn a_failed_refresh_is_reported_and_copies_nothing() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.asks(copy(id));
    scene.no_answer(TransportError::Unreachable);
    scene.did_besides_saving(&[REFRESH_CALL]);
    assert_eq!(scene.troubles(), [Problem::Unreachable { host: "accounts.zoho.eu".into() }]);

    scene.later(seconds(30));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(
        scene.count(|e| matches!(e, Effect::Copy(..))),
        0,
        "a copy after the reported failure would be unexpected"
    );
}

#[test]
fn a_copy_during_a_throttle_reports_it() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(TOO_MANY);
    let until = scene.now.plus(minutes(15));
    scene.asks(copy(id));
    assert_eq!(scene.troubles(), [Problem::Throttled { until }]);
    assert_eq!(scene.requests().len(), 0);
}

#[test]
fn an_expired_token_is_not_handed_out() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    let export = Export { format: FileFormat::DotEnv, refresh_token: false, client_secret: false };
    scene.later(minutes(59));
    scene.asks(copy(id));
    assert_eq!(scene.clipboard(), ACCESS, "the last minute of a token still counts");
    scene.forget_what_it_did();
    scene.later(minutes(1));
    scene.asks(copy(id));
    scene.asks(ShareIntent::Export { id, export });
    scene.did(&[]);
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
}

#[test]
fn the_refresh_token_is_copied_only_after_a_dialog() {
    let shape = Shape::RefreshToken;
    let (mut scene, id) = Scene::connected();
    scene.now = NINE.plus(minutes(70));
    scene.asks(ShareIntent::Copy { id, shape });
    scene.did(&["ask to copy the refresh token of Finance bot"]);
    scene.allows();
    scene.did(&["copy a secret"]);
    assert_eq!(scene.clipboard(), REFRESH);

    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.asks(ShareIntent::Copy { id, shape });
    scene.did(&[]);
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
}

// Shows T9.
#[test]
fn a_failed_copy_is_reported_and_the_earlier_one_still_cleared() {
    let (mut scene, id) = Scene::connected();
    scene.asks(copy(id));
    scene.answer(Answer::Copied(Ok(())));
    scene.asks(copy(id));
    scene.answer(Answer::Copied(Err(Problem::ClipboardClosed)));
    assert_eq!(scene.troubles(), [Problem::ClipboardClosed]);
    scene.forget_what_it_did();
    scene.later(seconds(30));
    scene.did(&["clear the clipboard"]);
}

#[test]
fn a_deleted_connection_hands_out_nothing() {
    let (mut scene, id) = Scene::connected();
    scene.removes_here(id);
    scene.settles();
    scene.forget_what_it_did();
    let export = Export { format: FileFormat::Json, refresh_token: true, client_secret: true };
    for intent in [
        copy(id),
        Intent::Share(ShareIntent::Export { id, export }),
        Intent::Tokens(TokensIntent::Refresh { id }),
        Intent::Checks(ChecksIntent::Test { id }),
        Intent::App(AppIntent::Rename { id, name: "Ghost".into() }),
        Intent::SignIn(SignInIntent::SignInAgain { id }),
        Intent::Revoke(RevokeIntent::RevokeAndDelete { id }),
        Intent::Revoke(RevokeIntent::DeleteHere { id }),
        Intent::SignIn(SignInIntent::Open { id }),
    ] {
        scene.asks(intent);
    }
    scene.did(&[]);
    assert_eq!(scene.snapshot().draft, None);
    assert_eq!(scene.troubles(), []);
}
