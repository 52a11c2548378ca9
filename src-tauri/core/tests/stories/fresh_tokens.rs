//! `keyfob token --fresh`: for a script whose token Cliq refused before it expired.
//!
//! 1. The script gets a token that Zoho issued after the script's start, never the old one, however long that lasts.
//! 2. Scripts that ask at the same time share one refresh, also when their requests arrive one after the other.
//! 3. Zoho's limits and the back-off after a failure apply.

use keyfob_core::cli::{CliError, CliRequest};
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::CliIntent;
use keyfob_core::{Moment, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const BOT: &str = "Finance bot";
const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

/// The request of a program started at this moment.
fn fresh(begun: Moment) -> CliRequest {
    CliRequest::Token { name: BOT.to_owned(), good_for: 300, shape: Shape::Token, issued_after: Some(begun) }
}

/// Ten minutes after the sign-in, with scripts allowed.
fn ten_minutes_later() -> Scene {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.settles();
    scene.later(minutes(10));
    scene.forget_what_it_did();
    scene
}

#[test]
fn a_fresh_token_is_requested_however_valid_the_old_one() {
    let mut scene = ten_minutes_later();
    scene.script(1, fresh(scene.now));
    scene.is_told(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.is_told(&["give 1 the token"]);
    assert_eq!(scene.card().access, masked(SECOND_ACCESS));
}

#[test]
fn simultaneous_fresh_requests_share_one_refresh() {
    let mut scene = ten_minutes_later();
    for caller in 0..16 {
        scene.script(caller, fresh(scene.now));
    }
    scene.is_told(&[REFRESH_CALL]);
    scene.now = scene.now.plus(seconds(2));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    let given: Vec<String> = (0..16).map(|caller| format!("give {caller} the token")).collect();
    scene.is_told(&given.iter().map(String::as_str).collect::<Vec<_>>());

    // Another began just as early but asks only now, since it waited for the lock of a standalone command.
    scene.script(20, fresh(scene.now.minus(seconds(1))));
    scene.is_told(&["give 20 the token"]);
    scene.now = scene.now.plus(seconds(1));
    scene.script(21, fresh(scene.now));
    scene.is_told(&[REFRESH_CALL]);
}

#[test]
fn a_failed_refresh_never_gives_out_the_old_token() {
    let mut scene = ten_minutes_later();
    scene.script(1, fresh(scene.now));
    scene.no_answer(TransportError::Unreachable);
    let unreachable = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    let failed = |problem: &Problem, needs_you| CliError::Failed { problem: problem.clone(), needs_you };
    scene.forget_what_it_did();
    assert_eq!(
        scene.script_fails(fresh(scene.now)),
        failed(&unreachable, false),
        "the back-off of half a minute applies"
    );
    scene.is_told(&[]);

    scene.now = scene.now.plus(seconds(31));
    scene.script(2, fresh(scene.now));
    scene.zoho_says(GONE);
    let gone = failed(&Problem::GrantEnded, true);
    scene.is_told(&[REFRESH_CALL, &format!("tell 2: NotDone {{ why: {gone:?} }}")]);
    scene.now = scene.now.plus(minutes(5));
    assert_eq!(scene.script_fails(fresh(scene.now)), gone, "Zoho has refused; only `keyfob refresh` asks again");
    scene.is_told(&[]);
}

#[test]
fn the_limit_of_ten_in_ten_minutes_applies_to_fresh_tokens() {
    let mut scene = ten_minutes_later();
    for caller in 0..10 {
        scene.now = scene.now.plus(seconds(1));
        scene.script(caller, fresh(scene.now));
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    scene.forget_what_it_did();
    scene.now = scene.now.plus(seconds(1));
    let why = scene.script_fails(fresh(scene.now));
    let CliError::Failed { problem: Problem::TooManyTokens { .. }, needs_you: false } = why else { panic!("{why:?}") };
    scene.is_told(&[]);
}

#[test]
fn a_wrong_clock_never_gives_out_the_old_token() {
    let mut scene = ten_minutes_later();
    scene.script(1, fresh(scene.now.plus(days(700))));
    scene.is_told(&[REFRESH_CALL]);
    scene.now = scene.now.minus(seconds(40));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.is_told(&["give 1 the token"]);
}

#[test]
fn a_fresh_token_shorter_than_requested_is_refused() {
    let mut scene = ten_minutes_later();
    let name = BOT.to_owned();
    scene.script(1, CliRequest::Token { name, good_for: 61 * 60, shape: Shape::Token, issued_after: Some(scene.now) });
    scene.zoho_says(&renewed(SECOND_ACCESS));
    let ends = scene.card().expires_at;
    scene.is_told(&[REFRESH_CALL, &format!("tell 1: NotDone {{ why: TooShort {{ expires_at: {ends:?} }} }}")]);
}
