//! Clocks that jump and machines that sleep: the timer only says "check again".

use keyfob_core::intent::{ChecksIntent, ShareIntent};
use std::time::Duration;

use keyfob_core::export_choice::Shape;
use keyfob_core::standing::Standing;
use keyfob_core::{Answer, Moment, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
const TEN_YEARS: Duration = days(3_650);

#[test]
fn a_clock_set_back_extends_a_consent_by_at_most_ten_minutes() {
    let mut scene = Scene::waiting();
    scene.the_clock_says(NINE.minus(TEN_YEARS));
    assert!(scene.is_waiting());
    scene.later(minutes(11));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
}

#[test]
fn a_clock_set_forward_ends_a_consent() {
    let mut scene = Scene::waiting();
    scene.the_clock_says(NINE.plus(TEN_YEARS));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsentExpired);
    scene.keeps_what_was_typed();
}

// Shows C3.
#[test]
fn a_clock_jump_costs_one_request() {
    for jump in [NINE.plus(TEN_YEARS), NINE.minus(TEN_YEARS), Moment::from_millis(0)] {
        let (mut scene, _) = Scene::connected();
        scene.the_clock_says(jump);
        scene.did(&[REFRESH_CALL]);
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.settles();
        scene.forget_what_it_did();
        assert_eq!(scene.card().standing, Standing::Fresh);
        scene.later(minutes(54));
        scene.did(&[]);
        scene.later(minutes(1));
        scene.did(&[REFRESH_CALL]);
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.settles();
        scene.forget_what_it_did();

        // The clock is set right again.
        scene.the_clock_says(NINE);
        assert!(scene.requests().len() <= 1);
        if !scene.requests().is_empty() {
            scene.zoho_says(&renewed(ACCESS));
            scene.settles();
        }
        scene.forget_what_it_did();
        scene.later(minutes(50));
        scene.did(&[]);
        assert_eq!(scene.card().standing, Standing::Fresh);
    }
}

#[test]
fn a_back_off_started_by_a_wrong_clock_is_not_waited_out() {
    for outcome in [reply(200, TOO_MANY), Err(TransportError::Unreachable)] {
        let (mut scene, _) = Scene::connected();
        scene.the_clock_says(NINE.plus(TEN_YEARS));
        scene.replies(outcome);
        scene.forget_what_it_did();
        scene.the_clock_says(NINE.plus(minutes(1)));
        scene.did(&[REFRESH_CALL]);
        scene.no_answer(TransportError::Unreachable);
        scene.later(seconds(20));
        scene.did_besides_saving(&[]);
    }
}

#[test]
fn a_small_clock_difference_does_not_refresh() {
    let (mut scene, _) = Scene::connected();
    scene.the_clock_says(NINE.minus(seconds(30)));
    scene.did(&[]);
}

#[test]
fn a_machine_that_slept_refreshes_on_waking() {
    let (mut scene, _) = Scene::connected();
    scene.the_clock_says(NINE.plus(minutes(8 * 60)));
    scene.did(&[REFRESH_CALL]);
}

// Shows T9.
#[test]
fn a_clock_set_back_clears_the_clipboard_immediately() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    scene.answer(Answer::Copied(Ok(())));
    scene.forget_what_it_did();
    scene.the_clock_says(NINE.minus(seconds(40)));
    scene.did(&["clear the clipboard"]);
}

#[test]
fn a_throttle_started_by_a_wrong_clock_is_over() {
    let (mut scene, id) = Scene::connected();
    scene.now = NINE.plus(minutes(10));
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(429, ""));
    scene.now = NINE.minus(minutes(10)).plus(Duration::from_secs(30));
    scene.forget_what_it_did();
    scene.asks(ChecksIntent::Test { id });
    assert_eq!(scene.requests().len(), 1);
}

#[test]
fn an_early_timer_event_does_not_replace_the_due_one() {
    let (mut scene, _) = Scene::connected();
    scene.the_clock_says(NINE.plus(minutes(1)));
    scene.did(&[]);
    scene.later(minutes(54));
    scene.did(&[REFRESH_CALL]);
}
