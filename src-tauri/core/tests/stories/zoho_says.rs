//! The token endpoint's responses to a code: each has its own message, and none is a false success.

use keyfob_core::Problem;
use keyfob_core::connection::GOOD_FOR;
use keyfob_core::intent::SignInIntent;
use keyfob_core::snapshot::{ApprovalView, Screen};
use keyfob_core::step::Step;
use zoho_oauth::probe::Proof;
use zoho_oauth::request::{Outcome, TransportError};
use zoho_oauth::token_response::THROTTLE_REST;

use crate::scene::*;

const HOST: &str = "accounts.zoho.eu";

fn host() -> String {
    HOST.to_owned()
}

fn exchange_that_ends_with(outcome: Outcome) -> Problem {
    let mut scene = Scene::exchanging();
    scene.replies(outcome);
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
    scene.keeps_what_was_typed();
    scene.settles();
    scene.forget_what_it_did();
    scene.later(minutes(30));
    scene.did(&[]);
    let problem = scene.attempt_ended_with();

    scene.signs_in();
    assert_eq!(scene.said_while_waiting(), None, "the user can try again immediately");
    problem
}

#[test]
fn a_refusal_with_http_200_is_a_refusal() {
    let said = |error: &str| exchange_that_ends_with(reply(200, &format!(r#"{{"error":"{error}"}}"#)));
    assert_eq!(said("invalid_code"), Problem::CodeSpent);
    assert_eq!(said("invalid_client"), Problem::ClientUnknown { region: Scene::waiting().draft().region.unwrap() });
    assert_eq!(said("invalid_client_secret"), Problem::SecretWrong);
    assert_eq!(
        said("invalid_redirect_uri"),
        Problem::RedirectMismatch { redirect_uri: "cliqkeyfob://callback".into() }
    );
    assert_eq!(said("invalid_scope"), Problem::ScopeUnknown);
    assert_eq!(said("general_error"), Problem::Refused { error: "general_error".into() });
}

// Shows N5.
#[test]
fn a_throttle_is_recognized_in_any_language_and_status() {
    let until = NINE.plus(THROTTLE_REST);
    let localised = r#"{"error_description":"您的请求过于频繁。","error":"拒绝访问","status":"failure"}"#;
    for (status, body) in [(200, TOO_MANY), (400, TOO_MANY), (200, localised), (429, "")] {
        assert_eq!(exchange_that_ends_with(reply(status, body)), Problem::Throttled { until }, "{status} {body}");
    }
}

// Shows N6.
#[test]
fn an_invalid_response_is_reported_by_its_kind() {
    assert_eq!(exchange_that_ends_with(web_page()), Problem::WebPage { host: host() });
    assert_eq!(exchange_that_ends_with(reply(200, "")), Problem::EmptyAnswer { host: host() });
    assert_eq!(exchange_that_ends_with(reply(200, &tokens()[..60])), Problem::Garbled { host: host() });
    assert_eq!(exchange_that_ends_with(reply(200, "[]")), Problem::Garbled { host: host() });
    assert_eq!(exchange_that_ends_with(reply(200, "{}")), Problem::NoToken);
    assert_eq!(exchange_that_ends_with(reply(503, &tokens())), Problem::ServerTrouble { host: host(), status: 503 });
    let both = r#"{"access_token":"1000.a.b","refresh_token":"1000.c.d","error":"invalid_client_secret"}"#;
    assert_eq!(exchange_that_ends_with(reply(200, both)), Problem::SecretWrong);
}

#[test]
fn a_missing_response_is_reported_and_the_code_not_resent() {
    for (why, problem) in [
        (TransportError::Unreachable, Problem::Unreachable { host: host() }),
        (TransportError::TimedOut, Problem::TimedOut { host: host() }),
        (TransportError::Untrusted, Problem::Untrusted { host: host() }),
        (TransportError::Redirected, Problem::Redirected { host: host() }),
        (TransportError::TooLong, Problem::TooLong { host: host() }),
        (TransportError::CutShort, Problem::Garbled { host: host() }),
    ] {
        assert_eq!(exchange_that_ends_with(Err(why)), problem);
    }
}

// Shows N9.
#[test]
fn an_online_token_is_announced_and_revoked_on_a_new_sign_in() {
    let mut scene = Scene::exchanging();
    scene.zoho_says(&one_hour());
    assert!(!scene.to_confirm().lasts);
    assert_eq!(scene.notes(), [Problem::NoRefreshToken]);
    scene.settles();
    scene.forget_what_it_did();

    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["check the redirect", "draw", "POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    assert_eq!(scene.approval(), ApprovalView::Checking);
    assert!(scene.draft().candidate.is_none());
}

#[test]
fn a_requested_online_token_has_no_note() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::KeepAccess { on: false });
    scene.settles();
    scene.signs_in();
    let asked: Vec<_> = scene.address().query_pairs().filter(|(name, _)| name == "access_type").collect();
    assert_eq!(asked[0].1, "online");
    scene.link(&good_link());
    scene.zoho_says(&one_hour());
    assert_eq!(scene.notes(), []);
}

// Shows N9.
#[test]
fn a_lifetime_is_read_in_seconds_and_in_milliseconds() {
    let ends_after = |lifetime: &str| {
        let mut scene = Scene::exchanging();
        scene.zoho_says(&format!(r#"{{"access_token":"{ACCESS}","refresh_token":"{REFRESH}",{lifetime}}}"#));
        let notes = scene.notes();
        scene.keeps("Finance bot");
        (scene.card().expires_at.since(scene.now).as_secs(), notes)
    };
    let hour = (3_600, vec![]);
    assert_eq!(ends_after(r#""expires_in":3600"#), hour);
    assert_eq!(ends_after(r#""expires_in":"3600""#), hour);
    assert_eq!(ends_after(r#""expires_in":3600000"#), hour);
    assert_eq!(ends_after(r#""expires_in":3600000,"expires_in_sec":3600"#), hour);
    assert_eq!(ends_after(r#""token_type":"Bearer""#), hour);
    assert_eq!(ends_after(r#""expires_in":1800"#), (1_800, vec![]));
    let odd = (3_600, vec![Problem::OddLifetime]);
    for absurd in ["-1", "0", "1", "1e300", "null, \"expires_in_sec\": -5", "\"soon\"", "[3600]"] {
        assert_eq!(ends_after(&format!(r#""expires_in":{absurd}"#)), odd, "{absurd}");
    }
}

#[test]
fn permissions_not_granted_are_listed() {
    let mut scene = Scene::exchanging();
    scene.zoho_says(&tokens().replace("ZohoCliq.Channels.READ ", ""));
    let missing: Vec<_> = scene.to_confirm().missing.iter().map(|s| s.as_str().to_owned()).collect();
    assert_eq!(missing, ["ZohoCliq.Channels.READ"]);
    scene.keeps("Finance bot");
    assert!(!scene.card().missing.is_empty());
}

// Shows T2.
#[test]
fn tokens_are_kept_only_after_the_identity_call_ended() {
    let mut scene = Scene::candidate();
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    assert_eq!(scene.snapshot().connections.len(), 0);

    scene.no_answer(TransportError::TimedOut);
    assert_eq!(scene.to_confirm().identity_problem, Some(Problem::TimedOut { host: host() }));
    scene.replies(reply(401, r#"{"code":"oauthtoken_scope_invalid"}"#));
    assert_eq!(scene.to_confirm().tested.unwrap().proof, Some(Proof::AliveWithoutScope));
    scene.settles();
    scene.forget_what_it_did();

    scene.asks(SignInIntent::CheckAgain);
    scene.did(&["GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current"]);
    assert!(scene.to_confirm().identity_problem.is_none() && scene.to_confirm().tested.is_none());
    scene.zoho_says(r#"{"error":"INVALID_OAUTHSCOPE"}"#);
    scene.replies(reply(401, r#"{"code":"oauthtoken_invalid"}"#));
    assert_eq!(scene.to_confirm().identity_problem, Some(Problem::ScopeMissing));
    assert_eq!(scene.to_confirm().tested.unwrap().problem, Some(Problem::TokenDead));

    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    assert_eq!(scene.card().identity, None);
}

#[test]
fn an_outdated_answer_to_a_repeated_check_is_ignored() {
    let mut scene = Scene::candidate();
    scene.asks(SignInIntent::CheckAgain);
    scene.zoho_says_at("/oauth/user/info", &identity_of("eve@other.example"));
    assert_eq!(scene.to_confirm().identity, None);
    scene.zoho_says_at("/statuses/current", r#"{"code":"oauthtoken_invalid"}"#);
    assert_eq!(scene.to_confirm().tested, None);
    scene.zoho_says_at("/oauth/user/info", &identity());
    assert_eq!(scene.to_confirm().identity.unwrap().email, "ada@firm.example");
}

// Shows T2.
#[test]
fn rejecting_the_account_revokes_its_tokens() {
    let mut scene = Scene::candidate();
    scene.zoho_says_at("/oauth/user/info", &identity_of("eve@other.example"));
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::NotMe);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    scene.keeps_what_was_typed();
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });

    scene.zoho_says_at("/revoke/token", REVOKED);
    let name = "eve@other.example".to_owned();
    assert_eq!(scene.notices(), [keyfob_core::notice::NoticeKind::Revoked { name }]);
}

#[test]
fn a_candidate_past_its_expiry_is_kept_and_then_refreshed() {
    let mut scene = Scene::candidate();
    scene.later(minutes(70));
    scene.asks(SignInIntent::CheckAgain);
    assert_eq!(scene.to_confirm().identity_problem, Some(Problem::TokenDead));
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    scene.settles();
    scene.forget_what_it_did();
    scene.later(GOOD_FOR);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}
