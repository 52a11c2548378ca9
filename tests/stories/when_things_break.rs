//! When things break for one connection.
//!
//! 1. The others go on, and their tokens stay good.
//! 2. What is shown of the broken one is true, and nothing of it is lost, over a restart too.

use keyfob_core::Problem;
use keyfob_core::snapshot::Standing;

use crate::scene::*;

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
