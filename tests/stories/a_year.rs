//! A year of 1,000 connections, in virtual time.
//!
//! 1. The Desk says when it wants to look, and is not asked in between; nothing but that and Zoho's answers moves it.
//! 2. Each token is replaced once, in the minutes before its end, and never after it: a good one is always at hand.
//! 3. Never more than four requests are under way, and never more than ten for a refresh token within ten minutes.
//! 4. After a year all that holds as on the first day: nothing drifts, nothing is lost.
//!
//! In one year one in a hundred has tokens that live an hour, as Zoho's do; those of the others live a day, the longest
//! that Keyfob believes in. The year in which all live an hour is 9.6 million refreshes. `make test` runs both apart,
//! with an optimised build; how to by hand is in CONTRIBUTING.md.

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use keyfob_core::connection::GOOD_FOR;

use crate::proof;
use crate::scene::*;

const CONNECTIONS: usize = 1_000;
const HOUR: Duration = minutes(60);
const DAY: Duration = days(1);
const YEAR: Duration = days(365);
/// How long before its end a token may be replaced: the five minutes, the spread, and what four at once may add.
const BEFORE_THE_END: RangeInclusive<Duration> = seconds(4 * 60)..=seconds(5 * 60 + 30);

/// Day by day; `lives`: how long a token does.
fn a_year_goes_by(lives: impl Fn(usize) -> Duration) {
    let began = Instant::now();
    let mut crowd = Crowd::of(CONNECTIONS, lives);
    // The disk is slow, so that the year is not spent writing.
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
    assert!(crowd.also.is_empty(), "nobody asked for this: {:?}", crowd.also);
    for known in &crowd.known {
        let expected = expected(known.lives);
        assert!(expected.contains(&known.tokens), "{} tokens, not {expected:?}", known.tokens);
    }
    let refreshes: u64 = crowd.known.iter().map(|k| u64::from(k.tokens)).sum();
    let took = began.elapsed().as_secs_f32();
    let found = format!("{} events, {refreshes} refreshes, in {took:.1} s", crowd.events);
    proof::figure("a year of a thousand connections", found, "one refresh per expiry, no drift");
}

/// Each lives its time, less the minutes before its end.
fn expected(lives: Duration) -> RangeInclusive<u32> {
    let most = |left| u32::try_from(YEAR.as_millis() / lives.saturating_sub(left).as_millis()).unwrap();
    most(GOOD_FOR)..=most(*BEFORE_THE_END.end()) + 1
}

// Shows C5, S7; ASVS 13.1.4.
#[test]
#[ignore = "400,000 refreshes: `make test` runs it with an optimised build"]
fn a_year_of_a_thousand_connections_brings_one_request_per_expiry_and_no_drift() {
    a_year_goes_by(|number| if number.is_multiple_of(100) { HOUR } else { DAY });
}

#[test]
#[ignore = "9.6 million refreshes: `make test` runs it with an optimised build"]
fn the_same_where_every_token_lives_an_hour() {
    a_year_goes_by(|_| HOUR);
}
