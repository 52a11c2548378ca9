//! When things break, for one connection or for all.
//!
//! 1. Where one is broken the others go on, and their tokens stay good.
//! 2. What is shown of the broken one is true, and nothing of it is lost, over a restart too.
//! 3. While nothing can be saved tokens go on being refreshed, and that it is not saved is said, once, until it is.
//! 4. A restart meanwhile brings back all that was saved, and every connection gets a good token again.
//! 5. A machine that slept for a night has good tokens seconds after waking: four at once, each asked once.
//! 6. A clock that jumps ten years, and back, costs one request a jump and connection; then all is as it was.

use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::Notice;
use keyfob_core::standing::Standing;

use crate::scene::*;

const MANY: usize = 40;
const TEN_YEARS: Duration = days(3_650);
/// Four at once, three in a second.
const ALL_HAVE_TOKENS: Duration = seconds(4);

/// Three connections; at the first refresh Zoho answers the first of them like this, and gives the others their tokens.
fn the_first_is_answered(body: &str) -> Scene {
    let mut scene = Scene::first_start();
    for name in ["First", "Second", "Third"] {
        scene.connects(name);
    }
    scene.later(minutes(55));
    let first = field(scene.requests()[0], "refresh_token").unwrap();
    assert!(first.ends_with('1'), "the one that ends soonest goes first");
    scene.zoho_says(body);
    while !scene.requests().is_empty() {
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    scene.settles();
    scene
}

#[test]
fn a_refresh_token_revoked_elsewhere_stops_nobody_else() {
    let mut scene = the_first_is_answered(GONE);
    for _ in 0..3 {
        let cards = scene.snapshot().connections;
        assert_eq!(cards[0].standing, Standing::NeedsYou { problem: Problem::GrantEnded });
        assert!(cards[0].refresh.is_some() && cards[0].refreshes_at.is_none());
        assert!(cards[1..].iter().all(|card| card.standing == Standing::Fresh));
        scene.later(minutes(56));
        assert_eq!(scene.requests().len(), 2, "the two others, and only they");
        while !scene.requests().is_empty() {
            scene.zoho_says(&renewed(SECOND_ACCESS));
        }
        scene.settles();
        scene = scene.starts_again();
    }
}

#[test]
fn half_an_hour_of_throttling_is_two_requests_and_no_more() {
    let mut scene = the_first_is_answered(TOO_MANY);
    scene.later(almost(minutes(15)));
    assert_eq!(scene.requests().len(), 0);
    scene.later(seconds(1));
    scene.request();
    scene.zoho_says(TOO_MANY);
    scene.settles();
    let mut again = scene.starts_again();
    let cards = again.snapshot().connections;
    assert!(matches!(cards[0].standing, Standing::Waiting { problem: Problem::Throttled { .. }, .. }));
    assert!(cards[1..].iter().all(|card| card.standing == Standing::Fresh));
    again.later(minutes(15));
    again.request();
    again.zoho_says(&renewed(SECOND_ACCESS));
    assert!(again.snapshot().connections.iter().all(|card| card.standing == Standing::Fresh));
}

/// From some moment on nothing can be saved; what is said of it, when it began and five hours later.
fn five_hours_of_a_full_disk() -> (Crowd, [Vec<Notice>; 2]) {
    let mut crowd = Crowd::of(MANY, |_| minutes(60));
    crowd.lives_for(minutes(30));
    crowd.disk = Err(no_space());
    let notices = [minutes(5), minutes(5 * 60)].map(|span| {
        crowd.lives_for(span);
        crowd.desk.snapshot(crowd.shown()).notices
    });
    (crowd, notices)
}

// Shows S3.
#[test]
fn while_nothing_can_be_saved_tokens_stay_good_and_it_is_said_once() {
    let (mut crowd, [at_first, at_last]) = five_hours_of_a_full_disk();
    crowd.all_is_well();
    let told: Vec<_> = at_first.iter().map(|notice| &notice.what).collect();
    assert_eq!(told, [&NoticeKind::Trouble { problem: no_space(), about: None }]);
    assert_eq!(at_last, at_first, "the same notice, not a new one each time");

    crowd.disk = Ok(());
    crowd.lives_for(minutes(5));
    assert_eq!(crowd.desk.snapshot(crowd.shown()).notices, []);
    crowd.asked.clear();
    let again = crowd.starts_again();
    again.all_is_well();
    assert_eq!(again.asked.len(), 0, "all of it was saved");
}

#[test]
fn a_restart_while_nothing_can_be_saved_loses_nothing_that_was() {
    let (crowd, _) = five_hours_of_a_full_disk();
    let mut again = crowd.starts_again();
    let cards = again.desk.snapshot(again.shown()).connections;
    assert_eq!(cards.len(), MANY);
    assert!(cards.iter().all(|card| card.refresh.is_some() && card.expires_at < again.shown()), "tokens of long ago");
    again.lives_for(ALL_HAVE_TOKENS);
    assert_eq!(again.take_asked().len(), MANY);
    again.all_is_well();
}

// Shows C4.
#[test]
fn after_a_night_asleep_all_are_fresh_seconds_after_waking() {
    let mut crowd = Crowd::of(MANY, |_| minutes(60));
    crowd.lives_for(minutes(30));
    crowd.asked.clear();
    crowd.sleeps_for(minutes(8 * 60));
    assert_eq!(crowd.asked.len(), 4);
    crowd.lives_for(ALL_HAVE_TOKENS);
    crowd.all_is_well();
    each_once(&mut crowd);
}

// Shows C3.
#[test]
fn a_clock_that_jumps_ten_years_and_back_costs_one_request_a_jump() {
    for meanwhile in [minutes(2), minutes(200)] {
        let mut crowd = Crowd::of(MANY, |_| minutes(60));
        crowd.lives_for(minutes(10));
        crowd.asked.clear();
        crowd.the_clock_is_ahead_by(TEN_YEARS);
        crowd.lives_for(minutes(1));
        each_once(&mut crowd);
        crowd.all_is_well();

        crowd.lives_for(meanwhile);
        crowd.asked.clear();
        crowd.the_clock_is_ahead_by(Duration::ZERO);
        crowd.lives_for(minutes(50));
        each_once(&mut crowd);
        crowd.all_is_well();

        crowd.lives_for(days(1));
        let asked = crowd.take_asked().len();
        assert!((26 * MANY..=27 * MANY).contains(&asked), "as on any other day: {asked}");
        crowd.all_is_well();
    }
}

#[test]
fn a_clock_put_right_while_keyfob_was_not_running_costs_one_request_too() {
    let mut crowd = Crowd::of(MANY, |_| minutes(60));
    crowd.the_clock_is_ahead_by(TEN_YEARS);
    crowd.lives_for(minutes(10));
    let mut again = crowd.starts_again();
    again.lives_for(minutes(50));
    each_once(&mut again);
    again.all_is_well();
}

#[track_caller]
fn each_once(crowd: &mut Crowd) {
    let mut asked = crowd.take_asked();
    asked.sort_unstable();
    assert_eq!(asked, (0..MANY).collect::<Vec<_>>());
}
