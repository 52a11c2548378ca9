//! Tokens are kept fresh by themselves, one request at a time, and only a refusal ends a grant.

use std::time::Duration;

use keyfob_core::call::{Outcome, Reply, Unanswered};
use keyfob_core::snapshot::{Doing, Standing};
use keyfob_core::{Effect, Intent, Moment, Problem};

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
const TEN_YEARS: Duration = Duration::from_secs(10 * 365 * 86_400);

#[test]
fn a_token_is_refreshed_five_minutes_before_its_end() {
    let (mut scene, _) = Scene::connected();
    let ends = scene.card().expires_at;
    assert_eq!(scene.card().refreshes_at, Some(ends.minus(minutes(5))));
    scene.later(minutes(55) - seconds(1));
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
    assert_eq!(card.refresh, Some(masked(REFRESH)), "a reply without a refresh token keeps the old one");
    assert_eq!(card.expires_at, scene.now.plus(minutes(60)));
}

#[test]
fn a_month_brings_one_request_per_hour() {
    let (mut scene, _) = Scene::connected();
    scene.settles();
    let month = NINE.plus(Duration::from_secs(30 * 86_400));
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

#[test]
fn whoever_asks_there_is_one_request_at_a_time() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..5 {
        scene.asks(Intent::Refresh { id });
    }
    scene.later(minutes(58));
    scene.asks(Intent::Refresh { id });
    scene.asks(Intent::Test { id });
    scene.did(&[REFRESH_CALL]);
}

#[test]
fn over_many_connections_four_are_refreshed_at_once_and_the_rest_follow() {
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

#[test]
fn three_days_offline_cost_few_requests_and_nothing_else() {
    let (mut scene, _) = Scene::connected();
    let end = NINE.plus(Duration::from_secs(3 * 86_400));
    let mut pauses = Vec::new();
    let mut last: Option<Moment> = None;
    while scene.now < end {
        scene.later(seconds(15));
        if !scene.requests().is_empty() {
            pauses.extend(last.map(|last| scene.now.since(last)));
            last = Some(scene.now);
            scene.no_answer(Unanswered::Unreachable);
            scene.settles();
        }
    }
    assert!(pauses.is_sorted(), "each pause is at least as long as the one before: {pauses:?}");
    assert_eq!((pauses[0], *pauses.last().unwrap()), (seconds(30), minutes(15)));
    let again_at = scene.card().refreshes_at.unwrap();
    let problem = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    assert_eq!(scene.card().standing, Standing::Waiting { problem, again_at });
    assert_eq!(scene.card().refresh, Some(masked(REFRESH)));

    scene.later(minutes(15));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().standing, Standing::Fresh);
}

fn page() -> Outcome {
    let content_type = Some("text/html".to_owned());
    Ok(Reply { status: 200, content_type, body: b"<html>".to_vec().into() })
}

#[test]
fn whatever_is_no_refusal_keeps_everything_and_is_tried_again() {
    let no_answers = [
        Unanswered::Unreachable,
        Unanswered::TimedOut,
        Unanswered::Untrusted,
        Unanswered::Redirected,
        Unanswered::TooLong,
        Unanswered::CutShort,
    ];
    let answers = [reply(500, ""), reply(503, &tokens()), reply(200, ""), reply(200, "{}"), reply(200, "{\"acc"), page()];
    for outcome in no_answers.into_iter().map(Err).chain(answers) {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.replies(outcome);
        let Standing::Waiting { again_at, .. } = scene.card().standing else { panic!("{:?}", scene.card().standing) };
        assert_eq!(again_at, scene.now.plus(seconds(30)));
        assert_eq!((scene.card().access, scene.card().refresh), (masked(ACCESS), Some(masked(REFRESH))));

        // A person need not wait.
        scene.forget_what_it_did();
        scene.asks(Intent::Refresh { id });
        scene.did(&[REFRESH_CALL]);
        scene.zoho_says(&renewed(SECOND_ACCESS));
        assert_eq!(scene.card().standing, Standing::Fresh);
    }
}

#[test]
fn a_throttle_is_waited_out_whoever_asks() {
    for outcome in [reply(200, TOO_MANY), reply(400, TOO_MANY), reply(429, "")] {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.replies(outcome);
        let until = scene.now.plus(minutes(15));
        let standing = Standing::Waiting { problem: Problem::Throttled { until }, again_at: until };
        assert_eq!(scene.card().standing, standing);
        scene.forget_what_it_did();

        scene.asks(Intent::Refresh { id });
        scene.later(minutes(14));
        scene.asks(Intent::Refresh { id });
        scene.did(&[]);
        assert_eq!(scene.card().standing, standing, "asking does not prolong the rest");
        scene.later(minutes(1));
        scene.did(&[REFRESH_CALL]);
    }
}

#[test]
fn only_a_refusal_needs_a_person_and_the_registration_stays() {
    let eu = Scene::ready_to_approve().draft().region.unwrap();
    for (error, problem) in [
        ("invalid_code", Problem::GrantEnded),
        ("invalid_client", Problem::ClientUnknown { region: eu }),
        ("invalid_client_secret", Problem::SecretWrong),
        ("access_denied", Problem::Refused { error: "access_denied".into() }),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.zoho_says(&format!(r#"{{"error":"{error}"}}"#));
        scene.settles();
        scene.forget_what_it_did();
        scene.later(Duration::from_secs(86_400));
        scene.did(&[]);

        let mut again = scene.starts_again();
        again.did(&[]);
        let card = again.card();
        assert_eq!(card.standing, Standing::NeedsYou { problem });
        assert_eq!((card.client_id.as_str(), card.has_secret), (CLIENT_ID, true));
        assert_eq!((card.refresh, card.refreshes_at), (Some(masked(REFRESH)), None));

        again.asks(Intent::Refresh { id });
        again.did(&[REFRESH_CALL]);
        again.zoho_says(&renewed(SECOND_ACCESS));
        assert_eq!(again.card().standing, Standing::Fresh);
    }
}

#[test]
fn a_replaced_refresh_token_is_kept_until_the_new_one_has_worked() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&rotated(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    assert_eq!(scene.card().refresh, Some(masked(SECOND_REFRESH)));

    // Even over a restart the one before is at hand, and is tried once when the new one is refused.
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

#[test]
fn once_the_new_one_has_worked_the_one_before_is_let_go() {
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
fn a_clock_that_jumps_brings_one_request_and_no_storm() {
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

        // And when it is put right.
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
fn a_rest_that_a_wrong_clock_began_is_not_waited_out() {
    for outcome in [reply(200, TOO_MANY), Err(Unanswered::Unreachable)] {
        let (mut scene, _) = Scene::connected();
        scene.the_clock_says(NINE.plus(TEN_YEARS));
        scene.replies(outcome);
        scene.forget_what_it_did();
        scene.the_clock_says(NINE.plus(minutes(1)));
        scene.did(&[REFRESH_CALL]);
        scene.no_answer(Unanswered::Unreachable);
        scene.later(seconds(20));
        scene.did_besides_saving(&[]);
    }
}

#[test]
fn a_small_difference_between_clocks_is_no_reason_to_refresh() {
    let (mut scene, _) = Scene::connected();
    scene.the_clock_says(NINE.minus(seconds(30)));
    scene.did(&[]);
}

#[test]
fn a_token_that_lives_a_minute_is_asked_for_once_a_minute() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::Refresh { id });
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
    assert_eq!(requests, 10);
}

#[test]
fn a_machine_that_slept_refreshes_on_waking() {
    let (mut scene, _) = Scene::connected();
    scene.the_clock_says(NINE.plus(minutes(8 * 60)));
    scene.did(&[REFRESH_CALL]);
}

#[test]
fn a_start_refreshes_what_is_due_and_nothing_else() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(30));
    scene.starts_again().did(&[]);
    scene.later(minutes(24));
    scene.now = scene.now.plus(minutes(2));
    scene.starts_again().did(&[REFRESH_CALL]);
}

#[test]
fn an_hour_only_ends_and_a_refresh_says_why_not() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    assert_eq!(scene.card().refreshes_at, None);
    scene.asks(Intent::Refresh { id });
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
    scene.later(minutes(59));
    assert_eq!(scene.card().standing, Standing::Fresh);
    scene.later(minutes(1));
    assert_eq!(scene.card().standing, Standing::Ended);
    scene.did(&[]);
}

#[test]
fn a_refresh_that_brings_other_permissions_says_so() {
    let (mut scene, _) = Scene::connected();
    scene.later(minutes(55));
    scene.zoho_says(&format!(r#"{{"access_token":"{SECOND_ACCESS}","scope":"ZohoCliq.Profile.READ","expires_in":3600}}"#));
    assert_eq!(scene.card().missing.iter().map(|s| s.as_str()).collect::<Vec<_>>(), ["ZohoCliq.Channels.READ"]);
}

#[test]
fn nothing_is_refreshed_while_it_is_being_revoked() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::RevokeAndDelete { id });
    scene.forget_what_it_did();
    scene.asks(Intent::Refresh { id });
    scene.asks(Intent::Test { id });
    scene.later(minutes(56));
    scene.did(&[]);
    assert_eq!(scene.count(|e| matches!(e, Effect::Send(..))), 1);
}
