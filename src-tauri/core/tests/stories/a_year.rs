//! A year of 1,000 connections, in virtual time.
//!
//! 1. The Desk sets its own timer. Only that timer and Zoho's responses drive it.
//! 2. Each token is replaced once, in the minutes before it expires and never after, so a valid one is always at hand.
//! 3. At most four requests are in flight, and at most ten per refresh token within ten minutes.
//! 4. After a year all of this still holds: nothing drifts, nothing is lost.
//!
//! In the first test one connection in a hundred has tokens that live an hour, like Zoho's; those of the others live a
//! day, the longest lifetime that Keyfob accepts. In the second all live an hour: 9.6 million refreshes. `make test`
//! runs both with an optimised build; CONTRIBUTING.md says how to run them by hand.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use keyfob_core::connection::GOOD_FOR;

use crate::proof;
use crate::scene::*;

const CONNECTIONS: usize = 1_000;
const HOUR: Duration = minutes(60);
const DAY: Duration = days(1);
const YEAR: Duration = days(365);
/// How long before its expiry a token may be replaced: five minutes, the jitter, and the delay by four at a time.
const BEFORE_THE_END: RangeInclusive<Duration> = seconds(4 * 60)..=seconds(5 * 60 + 30);

/// Runs the year day by day. `lives` is the lifetime of a connection's tokens.
fn a_year_goes_by(lives: impl Fn(usize) -> Duration) {
    let began = Instant::now();
    let mut crowd = Crowd::of(CONNECTIONS, lives);
    // Saves are slow, so that the test does not spend its time on them.
    crowd.saves_take = days(30);
    for day in 1..=365 {
        crowd.lives_for(DAY);
        for Asked { at, ends, .. } in crowd.asked.drain(..) {
            let left = ends.since(at);
            assert!(BEFORE_THE_END.contains(&left), "asked {left:?} before the end, on day {day}");
        }
        if day % 73 == 0 {
            crowd.all_is_well();
        }
    }
    assert!(crowd.also.is_empty(), "unrequested effects: {:?}", crowd.also);
    for known in &crowd.known {
        let expected = expected(known.lives);
        assert!(expected.contains(&known.tokens), "{} tokens, not {expected:?}", known.tokens);
    }
    let refreshes: u64 = crowd.known.iter().map(|k| u64::from(k.tokens)).sum();
    let took = began.elapsed().as_secs_f32();
    let found = format!("{} events, {refreshes} refreshes, in {took:.1} s", crowd.events);
    proof::figure("a year of a thousand connections", found, "one refresh per expiry, no drift");
}

/// How many tokens a connection gets in a year, each used for its lifetime less the minutes before it expires.
fn expected(lives: Duration) -> RangeInclusive<u32> {
    let most = |left| u32::try_from(YEAR.as_millis() / lives.saturating_sub(left).as_millis()).unwrap();
    most(GOOD_FOR)..=most(*BEFORE_THE_END.end()) + 1
}

// Shows C5, S7; ASVS 13.1.4.
#[test]
#[ignore = "400,000 refreshes: `make test` runs it with an optimised build"]
fn one_refresh_per_expiry_and_no_drift() {
    a_year_goes_by(|number| if number.is_multiple_of(100) { HOUR } else { DAY });
}

#[test]
#[ignore = "9.6 million refreshes: `make test` runs it with an optimised build"]
fn one_refresh_per_expiry_where_every_token_lives_an_hour() {
    a_year_goes_by(|_| HOUR);
}
