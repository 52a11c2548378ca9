//! On waking or when the network comes back, requests that did not reach Zoho are retried immediately, and no others.

use keyfob_core::intent::RevokeIntent;
use keyfob_core::standing::Standing;
use keyfob_core::{Event, Moment};
use zoho_oauth::request::{Outcome, TransportError};

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

/// A connection whose refreshes had this outcome for two hours. Its next try is some minutes off.
fn two_hours_of(outcome: &Outcome) -> Scene {
    let (mut scene, _) = Scene::connected();
    let end = NINE.plus(minutes(120));
    while scene.now < end || scene.card().refreshes_at.is_some_and(|at| at < scene.now.plus(minutes(5))) {
        scene.later(seconds(15));
        if !scene.requests().is_empty() {
            scene.replies(outcome.clone());
            scene.settles();
        }
    }
    scene.later(minutes(2));
    scene.forget_what_it_did();
    scene
}

#[test]
fn requests_that_did_not_reach_zoho_are_retried_immediately() {
    let of_the_way =
        [TransportError::Unreachable, TransportError::TimedOut, TransportError::Untrusted, TransportError::Redirected];
    for outcome in of_the_way.into_iter().map(Err).chain([web_page()]) {
        for back in [Event::Woke, Event::NetworkBack] {
            let mut scene = two_hours_of(&outcome);
            scene.happens(back);
            scene.did(&[REFRESH_CALL]);
            scene.zoho_says(&renewed(SECOND_ACCESS));
            assert_eq!(scene.card().standing, Standing::Fresh);
        }
    }
}

#[test]
fn a_throttle_an_outage_or_a_refusal_is_not_retried_early() {
    for outcome in [reply(200, TOO_MANY), reply(429, ""), reply(503, ""), reply(200, GONE)] {
        let mut scene = two_hours_of(&outcome);
        let card = scene.card();
        scene.happens(Event::NetworkBack);
        scene.happens(Event::Woke);
        scene.did(&[]);
        assert_eq!(scene.card(), card);
    }
}

#[test]
fn a_valid_token_is_not_refreshed_on_reconnect() {
    let (mut scene, _) = Scene::connected();
    scene.happens(Event::NetworkBack);
    scene.happens(Event::Woke);
    scene.did(&[]);
}

#[test]
fn tokens_that_expired_during_sleep_refresh_on_waking() {
    let (mut scene, _) = Scene::connected();
    scene.now = NINE.plus(minutes(8 * 60));
    scene.happens(Event::Woke);
    scene.did(&[REFRESH_CALL]);

    // The network comes up shortly after the machine.
    scene.no_answer(TransportError::Unreachable);
    scene.forget_what_it_did();
    scene.later(seconds(5));
    scene.happens(Event::NetworkBack);
    scene.later(seconds(55));
    scene.did_besides_saving(&[REFRESH_CALL]);
}

#[test]
fn a_flapping_network_retries_at_most_once_a_minute() {
    let mut scene = two_hours_of(&Err(TransportError::Unreachable));
    let mut tried: Vec<Moment> = Vec::new();
    for _ in 0..1_800 {
        scene.later(seconds(1));
        scene.happens(Event::NetworkBack);
        if !scene.requests().is_empty() {
            tried.push(scene.now);
            scene.no_answer(TransportError::Unreachable);
        }
    }
    assert!(tried.windows(2).all(|two| two[1].since(two[0]) >= minutes(1)), "{tried:?}");
    assert!(tried.len() >= 28, "the retries stopped: {tried:?}");
}

// Shows N13; ASVS 13.2.6.
#[test]
fn many_pending_refreshes_run_four_at_a_time_each_once() {
    let mut scene = Scene::first_start();
    for number in 0..11 {
        scene.connects(&format!("Bot {number}"));
    }
    let end = scene.now.plus(minutes(120));
    while scene.now < end {
        scene.later(seconds(20));
        while !scene.requests().is_empty() {
            scene.no_answer(TransportError::Unreachable);
        }
        scene.settles();
    }
    scene.later(minutes(1));
    scene.happens(Event::NetworkBack);
    let mut answered = 0;
    while !scene.requests().is_empty() {
        assert_eq!(scene.requests().len(), 4.min(11 - answered));
        scene.happens(Event::NetworkBack);
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.later(seconds(0));
        answered += 1;
    }
    assert_eq!(answered, 11);
    assert!(scene.snapshot().connections.iter().all(|c| c.standing == Standing::Fresh));
}

#[test]
fn a_pending_revocation_is_retried_on_reconnect_too() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.later(seconds(30));
    scene.no_answer(TransportError::Unreachable);
    scene.later(minutes(1));
    scene.no_answer(TransportError::Unreachable);
    scene.settles();
    scene.later(minutes(1));
    scene.forget_what_it_did();
    scene.happens(Event::NetworkBack);
    scene.did(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
}

#[test]
fn the_time_of_the_last_try_survives_a_restart() {
    let scene = two_hours_of(&Err(TransportError::Unreachable));
    let mut again = scene.starts_again();
    again.later(seconds(30));
    again.forget_what_it_did();
    again.happens(Event::NetworkBack);
    again.did(&[REFRESH_CALL]);
    again.no_answer(TransportError::Unreachable);
    again.settles();

    let mut at_once = again.starts_again();
    at_once.later(seconds(30));
    at_once.happens(Event::NetworkBack);
    at_once.did(&[]);
}
