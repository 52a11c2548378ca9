//! Failures of one connection or of all.
//!
//! 1. When one connection fails, the others continue, and their tokens stay valid.
//! 2. The failed connection is shown correctly, and nothing of it is lost, also across a restart.
//! 3. While saving fails, tokens are still refreshed, and a single notice is shown until a save succeeds.
//! 4. A restart meanwhile restores all that was saved, and every connection gets a valid token again.
//! 5. After a night's sleep all tokens are valid within seconds: four refreshes at a time, one per connection.
//! 6. A clock that jumps ten years and back costs one request per jump and connection, and has no later effect.

use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::NoticeView;
use keyfob_core::standing::Standing;

use crate::scene::*;

const MANY: usize = 40;
const TEN_YEARS: Duration = days(3_650);
/// Four at a time, three requests a second.
const ALL_HAVE_TOKENS: Duration = seconds(4);

/// Three connections. At the first refresh Zoho responds to the first with this body and gives the others their tokens.
fn the_first_is_answered(body: &str) -> Scene {
    let mut scene = Scene::first_start();
    for name in ["First", "Second", "Third"] {
        scene.connects(name);
    }
    scene.later(minutes(55));
    let first = field(scene.requests()[0], "refresh_token").unwrap();
    assert!(first.ends_with('1'), "the token that expires first is refreshed first");
    scene.zoho_says(body);
    while !scene.requests().is_empty() {
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    scene.settles();
    scene
}

#[test]
fn a_refresh_token_revoked_elsewhere_affects_no_other() {
    let mut scene = the_first_is_answered(GONE);
    for _ in 0..3 {
        let cards = scene.snapshot().connections;
        assert_eq!(cards[0].standing, Standing::NeedsYou { problem: Problem::GrantEnded });
        assert!(cards[0].refresh.is_some() && cards[0].refreshes_at.is_none());
        assert!(cards[1..].iter().all(|card| card.standing == Standing::Fresh));
        scene.later(minutes(56));
        assert_eq!(scene.requests().len(), 2, "only the two others are refreshed");
        while !scene.requests().is_empty() {
            scene.zoho_says(&renewed(SECOND_ACCESS));
        }
        scene.settles();
        scene = scene.starts_again();
    }
}

#[test]
fn half_an_hour_of_throttling_costs_two_requests() {
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

/// Saves begin to fail. Returns the notices shown then and five hours later.
fn five_hours_of_a_full_disk() -> (Crowd, [Vec<NoticeView>; 2]) {
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
fn with_a_full_disk_tokens_stay_fresh_and_one_notice_is_shown() {
    let (mut crowd, [at_first, at_last]) = five_hours_of_a_full_disk();
    crowd.all_is_well();
    let told: Vec<_> = at_first.iter().map(|notice| &notice.what).collect();
    assert_eq!(told, [&NoticeKind::Trouble { problem: no_space(), about: None }]);
    assert_eq!(at_last, at_first, "the notice is shown once and stays");

    crowd.disk = Ok(());
    crowd.lives_for(minutes(5));
    assert_eq!(crowd.desk.snapshot(crowd.shown()).notices, []);
    crowd.asked.clear();
    let again = crowd.starts_again();
    again.all_is_well();
    assert_eq!(again.asked.len(), 0, "everything was saved");
}

#[test]
fn a_restart_with_a_full_disk_restores_all_that_was_saved() {
    let (crowd, _) = five_hours_of_a_full_disk();
    let mut again = crowd.starts_again();
    let cards = again.desk.snapshot(again.shown()).connections;
    assert_eq!(cards.len(), MANY);
    assert!(
        cards.iter().all(|card| card.refresh.is_some() && card.expires_at < again.shown()),
        "the saved tokens have expired"
    );
    again.lives_for(ALL_HAVE_TOKENS);
    assert_eq!(again.take_asked().len(), MANY);
    again.all_is_well();
}

// Shows C4.
#[test]
fn after_a_nights_sleep_all_are_fresh_within_seconds() {
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
fn a_clock_jump_of_ten_years_costs_one_request_each_way() {
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
        assert!((26 * MANY..=27 * MANY).contains(&asked), "an unusual number of requests a day: {asked}");
        crowd.all_is_well();
    }
}

#[test]
fn a_clock_corrected_while_keyfob_is_closed_costs_one_request() {
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
