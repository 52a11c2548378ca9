//! Tokens are refreshed automatically, one request at a time, and only a refusal ends a grant.

use keyfob_core::intent::{ChecksIntent, RevokeIntent, TokensIntent};
use std::time::Duration;

use keyfob_core::snapshot::Doing;
use keyfob_core::standing::Standing;
use keyfob_core::{Effect, Problem};
use zoho_oauth::scope::Scope;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

#[test]
fn a_token_is_refreshed_about_five_minutes_before_it_expires() {
    let (mut scene, _) = Scene::connected();
    let (ends, at) = (scene.card().expires_at, scene.card().refreshes_at.unwrap());
    assert!((ends.minus(minutes(5)).minus(seconds(30))..=ends.minus(minutes(5))).contains(&at));
    scene.later(almost(at.since(scene.now)));
    scene.did(&[]);
    assert_eq!(scene.card().standing, Standing::Fresh);

    scene.later(seconds(1));
    scene.did(&[REFRESH_CALL]);
    assert_eq!(field(scene.request(), "refresh_token").unwrap(), REFRESH);
    assert_eq!(field(scene.request(), "client_secret").unwrap(), CLIENT_SECRET);
    assert_eq!(field(scene.request(), "scope"), None);
    assert_eq!((scene.card().standing, scene.card().doing), (Standing::Due, Some(Doing::Refreshing)));

    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did(&["save"]);
    let card = scene.card();
    assert_eq!((card.standing, card.doing), (Standing::Fresh, None));
    assert_eq!(card.access, masked(SECOND_ACCESS));
    assert_eq!(card.refresh, Some(masked(REFRESH)), "a response without a refresh token keeps the old one");
    assert_eq!(card.expires_at, scene.now.plus(minutes(60)));
}

#[test]
fn jitter_spreads_tokens_that_were_issued_together() {
    let (mut scene, id) = Scene::connected();
    let mut little = std::collections::BTreeSet::new();
    for _ in 0..8 {
        scene.later(minutes(10));
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(SECOND_ACCESS));
        let card = scene.card();
        little.insert(card.expires_at.since(card.refreshes_at.unwrap()));
    }
    assert!(little.len() >= 6, "{little:?}");
}

#[test]
fn a_month_costs_one_request_every_55_minutes() {
    let (mut scene, _) = Scene::connected();
    scene.settles();
    let month = NINE.plus(days(30));
    let mut requests = 0;
    while scene.now < month {
        scene.later(minutes(5));
        if !scene.requests().is_empty() {
            scene.request();
            requests += 1;
            scene.zoho_says(&renewed(SECOND_ACCESS));
            scene.settles();
        }
    }
    assert_eq!(requests, 30 * 24 * 60 / 55);
}

// Shows C1.
#[test]
fn all_callers_share_one_refresh_in_flight() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..5 {
        scene.asks(TokensIntent::Refresh { id });
    }
    scene.later(minutes(58));
    scene.asks(TokensIntent::Refresh { id });
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[REFRESH_CALL]);
}

#[test]
fn many_due_connections_refresh_four_at_a_time() {
    let mut scene = Scene::first_start();
    for number in 0..11 {
        scene.connects(&format!("Bot {number}"));
    }
    scene.later(minutes(54));
    scene.forget_what_it_did();
    scene.later(minutes(2));
    let mut answered = 0;
    while !scene.requests().is_empty() {
        assert_eq!(scene.requests().len(), 4.min(11 - answered));
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.later(Duration::ZERO);
        answered += 1;
    }
    assert_eq!(answered, 11);
    assert!(scene.snapshot().connections.iter().all(|c| c.standing == Standing::Fresh));
}

// Shows C2.
#[test]
fn a_rotated_refresh_token_is_kept_until_the_new_one_works() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    assert_eq!(scene.card().refresh, Some(masked(SECOND_REFRESH)));

    // The old token survives a restart and is tried once when the new one is refused.
    let mut again = scene.starts_again();
    again.later(minutes(55));
    assert_eq!(field(again.request(), "refresh_token").unwrap(), SECOND_REFRESH);
    again.zoho_says(GONE);
    assert_eq!(field(again.request(), "refresh_token").unwrap(), REFRESH);
    let mut twice = again;
    twice.zoho_says(GONE);
    assert_eq!(twice.requests().len(), 0);
    assert_eq!(twice.card().standing, Standing::NeedsYou { problem: Problem::GrantEnded });
}

// Shows C2.
#[test]
fn a_restart_during_rotation_uses_the_saved_refresh_token() {
    let (mut scene, _) = Scene::connected();
    scene.settles();
    let before = scene.saved.clone();
    scene.later(minutes(55));
    scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH));
    let after = scene.saved.clone();

    for (record, at_hand) in [(before, REFRESH), (after, SECOND_REFRESH)] {
        let mut left = Scene::new();
        left.now = scene.now;
        left.starts(None);
        left.vault_opens(record);
        left.later(minutes(55));
        assert_eq!(field(left.request(), "refresh_token").unwrap(), at_hand);
        left.zoho_says(&renewed(SECOND_ACCESS));
        assert_eq!(left.card().standing, Standing::Fresh);
    }
}

// Shows C2.
#[test]
fn the_old_refresh_token_is_dropped_once_the_new_one_works() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH));
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.later(minutes(55));
    scene.zoho_says(GONE);
    assert_eq!(scene.requests().len(), 0);
    assert_eq!(scene.card().standing, Standing::NeedsYou { problem: Problem::GrantEnded });
}

#[test]
fn a_one_minute_token_stays_within_the_quota() {
    let (mut scene, id) = Scene::connected();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&renewed_for(SECOND_ACCESS, 60));
    scene.settles();
    let mut requests = 0;
    for _ in 0..120 {
        scene.later(seconds(5));
        if !scene.requests().is_empty() {
            requests += 1;
            scene.zoho_says(&renewed_for(SECOND_ACCESS, 60));
            scene.settles();
        }
    }
    assert_eq!(requests, 9, "with the exchange, at most ten in ten minutes");
}

#[test]
fn startup_refreshes_only_what_is_due() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(30));
    scene.starts_again().did(&[]);
    scene.later(minutes(24));
    scene.now = scene.now.plus(minutes(2));
    scene.starts_again().did(&[REFRESH_CALL]);
}

#[test]
fn an_online_token_expires_without_a_refresh() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    assert_eq!(scene.card().refreshes_at, None);
    scene.asks(TokensIntent::Refresh { id });
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
    scene.later(minutes(59));
    assert_eq!(scene.card().standing, Standing::Fresh);
    scene.later(minutes(1));
    assert_eq!(scene.card().standing, Standing::Ended);
    scene.did(&[]);
}

#[test]
fn a_refresh_with_fewer_permissions_shows_what_is_missing() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&format!(
        r#"{{"access_token":"{SECOND_ACCESS}","scope":"ZohoCliq.Profile.READ","expires_in":3600}}"#
    ));
    assert_eq!(scene.card().missing.iter().map(Scope::as_str).collect::<Vec<_>>(), ["ZohoCliq.Channels.READ"]);
}

#[test]
fn a_connection_being_revoked_is_not_refreshed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.forget_what_it_did();
    scene.asks(TokensIntent::Refresh { id });
    scene.asks(ChecksIntent::Test { id });
    scene.later(minutes(56));
    scene.did(&[]);
    assert_eq!(scene.count(|e| matches!(e, Effect::Send(..))), 1);
}
