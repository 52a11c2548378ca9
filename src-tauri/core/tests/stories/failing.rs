//! Every failure has one class, and its consequences are the same everywhere.

use keyfob_core::activity::Happened;
use keyfob_core::cli::{Caller, CliError, CliRequest};
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{ChecksIntent, CliIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::snapshot::Doing;
use keyfob_core::standing::{Probed, Standing};
use keyfob_core::tray::{Tray, TrayState};
use keyfob_core::{Event, Problem};
use zoho_oauth::probe::{CLIQ_LOCK, Proof};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const BOT: &str = "Finance bot";
const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
const TEST_CALL: &str = "GET cliq.zoho.eu/api/v2/statuses/current";
const DEAD: &str = r#"{"code":"oauthtoken_invalid"}"#;
const UNKNOWN: &str = r#"{"error":"general_error"}"#;

fn unknown() -> Problem {
    Problem::Refused { error: "general_error".to_owned() }
}

fn wants_token() -> CliRequest {
    CliRequest::Token { name: BOT.to_owned(), good_for: 600, shape: Shape::Token, issued_after: None }
}

/// A connection whose token expires soon and which programs may read.
fn due() -> Scene {
    let (mut scene, id) = Scene::connected();
    scene.asks_and_allows(CliIntent::AllowScripts { id, on: true });
    scene.settles();
    scene.later(minutes(55));
    scene
}

// Shows N14.
#[test]
fn an_undocumented_error_is_retried_without_the_user() {
    let mut scene = due();
    scene.zoho_says(UNKNOWN);
    scene.settles();
    let again_at = scene.now.plus(seconds(30));
    assert_eq!(scene.card().standing, Standing::Waiting { problem: unknown(), again_at });
    assert_eq!(Tray::of(&scene.snapshot(), scene.now).state, TrayState::Waiting);
    assert_eq!(scene.script_fails(wants_token()), CliError::Failed { problem: unknown(), needs_you: false });
    scene.forget_what_it_did();

    scene.later(seconds(30));
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().standing, Standing::Fresh);
}

// Shows N14.
#[test]
pub fn a_repeated_undocumented_error_needs_the_user() {
    let mut scene = due();
    let mut answers = 0;
    while !matches!(scene.card().standing, Standing::NeedsYou { .. }) {
        scene.zoho_says(UNKNOWN);
        scene.settles();
        answers += 1;
        assert!(answers <= 6, "more than six errors in a row");
        scene.forget_what_it_did();
        if answers < 6 {
            scene.later(minutes(16));
            scene.did(&[REFRESH_CALL]);
        }
    }
    assert_eq!(answers, 6);
    assert_eq!(scene.script_fails(wants_token()), CliError::Failed { problem: unknown(), needs_you: true });

    // Retries continue, and a successful one clears the alert.
    scene.forget_what_it_did();
    scene.later(minutes(15));
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().standing, Standing::Fresh);
}

#[test]
fn five_lost_responses_and_one_error_do_not_need_the_user() {
    let mut scene = due();
    for _ in 0..5 {
        scene.no_answer(TransportError::TimedOut);
        scene.settles();
        scene.later(minutes(16));
    }
    scene.zoho_says(UNKNOWN);
    assert!(matches!(scene.card().standing, Standing::Waiting { .. }), "{:?}", scene.card().standing);
}

#[test]
fn a_requested_refresh_is_sent_after_any_failure() {
    for error in ["general_error", "invalid_code", "invalid_client"] {
        let mut scene = due();
        scene.zoho_says(&format!(r#"{{"error":"{error}"}}"#));
        scene.settles();
        scene.forget_what_it_did();
        scene.now = scene.now.plus(seconds(30));
        scene.happens(Event::ScriptAsked { caller: Caller(1), request: CliRequest::Refresh { name: BOT.to_owned() } });
        assert_eq!(scene.last_done().as_deref(), Some(REFRESH_CALL), "{error}");
    }
}

// Shows N4.
#[test]
fn a_rate_limit_of_cliq_with_any_status_delays_the_call() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    let limit = r#"{"code":"request_limit_exceeded","message":"You have exceeded the URL throttle limits."}"#;
    scene.replies(reply(400, limit));
    let busy = Problem::CliqBusy { until: scene.now.plus(CLIQ_LOCK) };
    assert_eq!(scene.card().tested.unwrap().problem, Some(busy));
    scene.forget_what_it_did();
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[]);
    scene.later(CLIQ_LOCK);
    scene.forget_what_it_did();
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[TEST_CALL]);
}

// Shows N14.
#[test]
fn a_refused_token_is_refreshed_once_and_retried() {
    let (mut scene, id) = Scene::connected();
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(401, DEAD));
    scene.did_besides_saving(&[TEST_CALL, REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[TEST_CALL]);
    scene.zoho_says(AVAILABLE);
    assert_eq!(scene.card().tested.unwrap().proof, Some(Proof::Works));
    assert_eq!(scene.card().access, masked(SECOND_ACCESS));
}

#[test]
fn an_unknown_refusal_is_retried_once_with_a_new_token() {
    const UNKNOWN: &str = r#"{"code":"not_for_you"}"#;
    let (mut scene, id) = Scene::connected();
    for _ in 0..2 {
        scene.settles();
        scene.forget_what_it_did();
        scene.asks(ChecksIntent::Test { id });
        scene.replies(reply(403, UNKNOWN));
        scene.did_besides_saving(&[TEST_CALL, REFRESH_CALL]);
        assert_eq!(scene.card().standing, Standing::Fresh, "the token may be valid and stays in use");
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.did_besides_saving(&[TEST_CALL]);
        scene.replies(reply(403, UNKNOWN));
        scene.did_besides_saving(&[]);
        assert_eq!(scene.card().tested.unwrap().problem, Some(Problem::CliqUnclear { status: 403 }));
    }
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(404, UNKNOWN));
    scene.did_besides_saving(&[TEST_CALL]);
}

// Shows N14.
#[test]
fn a_new_token_refused_too_is_reported() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(401, DEAD));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.settles();
    scene.forget_what_it_did();
    scene.replies(reply(401, DEAD));
    scene.did_besides_saving(&[]);
    assert_eq!(scene.card().tested.unwrap().problem, Some(Problem::NewTokenDead));
    assert_eq!(scene.card().standing, Standing::Fresh, "another refresh would not help");
}

// Shows N14.
#[test]
fn a_refused_token_is_not_given_to_programs() {
    let mut scene = due();
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.settles();
    let id = scene.card().id;
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(401, DEAD));
    scene.no_answer(TransportError::Unreachable);
    let unreachable = Problem::Unreachable { host: "accounts.zoho.eu".to_owned() };
    assert_eq!(scene.script_fails(wants_token()), CliError::Failed { problem: unreachable, needs_you: false });
}

// Shows N14.
#[test]
fn a_refused_token_is_not_copied_in_its_first_minute_either() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(401, DEAD));
    scene.no_answer(TransportError::Unreachable);
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    scene.did_besides_saving(&[REFRESH_CALL]);
}

#[test]
fn without_a_refresh_token_a_test_reports_a_dead_token() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.asks(ChecksIntent::Test { id });
    scene.replies(reply(401, DEAD));
    assert_eq!(scene.card().tested.unwrap().problem, Some(Problem::TokenDead));
    assert_eq!(scene.card().standing, Standing::Ended);
}

#[test]
fn permission_checks_continue_with_the_new_token() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::Open { id });
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.replies(reply(401, DEAD));
    assert_eq!(scene.card().doing, Some(Doing::Refreshing));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.zoho_says(r#"{"channels":[]}"#);
    scene.replies(reply(401, DEAD));
    let results: Vec<_> = scene
        .card()
        .probes
        .into_iter()
        .filter_map(
            |p| if let Probed::Told { result } = p.probed { Some((result.proof, result.problem)) } else { None },
        )
        .collect();
    let works = (Some(Proof::Works), None);
    assert_eq!(results, [works.clone(), works, (None, Some(Problem::NewTokenDead))]);
}

#[test]
fn permission_checks_end_when_the_refresh_fails() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::Open { id });
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.replies(reply(401, DEAD));
    scene.no_answer(TransportError::TimedOut);
    let waiting =
        |scene: &Scene| scene.card().probes.iter().any(|p| matches!(p.probed, Probed::Waiting | Probed::Running));
    assert!(!waiting(&scene), "{:?}", scene.card().probes);
}

#[test]
fn a_product_without_an_account_is_named() {
    let mut scene = Scene::waiting();
    scene.link(&link(&[("state", STATE), ("error", "no_org")]));
    assert_eq!(scene.attempt_ended_with(), Problem::NoAccount { services: vec!["ZohoCliq".to_owned()] });

    let mut scene = Scene::ready_to_approve();
    for scope in ["ZohoPeople.forms.READ", "ZohoCalendar.event.READ"] {
        scene.asks(SignInIntent::ChooseScope { scope: scope.into(), on: true });
    }
    scene.signs_in();
    scene.link(&link(&[("state", STATE), ("error", "no_org")]));
    let services = vec!["ZohoCalendar".to_owned(), "ZohoPeople".to_owned()];
    assert_eq!(scene.attempt_ended_with(), Problem::NoAccount { services });
}

// Shows N14.
#[test]
fn refreshes_known_to_have_failed_do_not_count() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..12 {
        scene.asks(TokensIntent::Refresh { id });
        scene.replies(reply(503, ""));
        scene.settles();
    }
    scene.forget_what_it_did();
    scene.asks(TokensIntent::Refresh { id });
    scene.did(&[REFRESH_CALL]);
}

// Shows N14.
#[test]
fn lost_responses_count_against_the_limit() {
    for lost in [TransportError::TimedOut, TransportError::Broken] {
        let (mut scene, id) = Scene::connected();
        for _ in 0..9 {
            scene.asks(TokensIntent::Refresh { id });
            scene.no_answer(lost);
            scene.settles();
        }
        scene.asks(TokensIntent::Refresh { id });
        let until = scene.now.plus(minutes(10));
        assert_eq!(scene.troubles(), [Problem::TooManyTokens { until, uncertain: true }], "{lost:?}");
        let failed = |what: &Happened| matches!(what, Happened::Failed { .. });
        scene.asks(SignInIntent::Open { id });
        assert!(scene.snapshot().page.unwrap().activity.iter().any(|entry| failed(&entry.what)));
    }
}

// Shows N4.
#[test]
fn a_retry_delayed_by_the_limit_shows_until_when() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..8 {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(TransportError::TimedOut);
    scene.settles();
    let card = scene.card();
    let Standing::Waiting { problem: Problem::TimedOut { .. }, again_at } = card.standing else {
        panic!("{:?}", card.standing)
    };
    assert_eq!(again_at, scene.now.plus(minutes(10)), "not in half a minute, when no request is allowed");
    assert_eq!(card.refreshes_at, Some(again_at));
}
