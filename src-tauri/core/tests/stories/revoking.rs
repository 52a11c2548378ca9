//! Revoke and delete: first at Zoho, by the newer path and then the older one, then here. Both outcomes are reported.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{RevokeIntent, SignInIntent};
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{Doing, Screen};
use keyfob_core::{Effect, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const NEWER: &str = "POST accounts.zoho.eu/oauth/v2/revoke/token";
const OLDER: &str = "POST accounts.zoho.eu/oauth/v2/token/revoke";

fn name() -> String {
    "Finance bot".to_owned()
}

#[test]
fn a_confirmed_revocation_removes_the_connection() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::Open { id });
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.did(&[NEWER]);
    let call = scene.request();
    assert_eq!(
        (field(call, "token").unwrap(), field(call, "token_type").unwrap()),
        (REFRESH.into(), "refresh_token".into())
    );
    assert!(call.authorization.as_ref().unwrap().expose_secret().starts_with("Basic "));
    assert_eq!(scene.card().doing, Some(Doing::Revoking));

    scene.zoho_says(REVOKED);
    scene.did(&["save"]);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
    assert_eq!(scene.screen(), Screen::Welcome);
    scene.settles();
    assert_eq!(scene.starts_again().snapshot().connections.len(), 0);
    scene.later(minutes(60));
    scene.did(&[]);
}

#[test]
fn without_a_refresh_token_the_access_token_is_revoked() {
    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    assert_eq!(field(scene.request(), "token").unwrap(), ACCESS);
    assert_eq!(field(scene.request(), "token_type").unwrap(), "access_token");
}

#[test]
fn a_client_without_a_secret_uses_the_older_path() {
    let mut scene = Scene::first_start();
    scene.fills_in("eu");
    scene.asks(SignInIntent::TypeClientSecret { text: "".into() });
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let id = scene.card().id;
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.did(&[OLDER]);
    assert!(scene.request().authorization.is_none());
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
}

#[test]
fn the_older_path_is_tried_if_the_newer_does_not_confirm() {
    for newer in [
        reply(404, "<html>not found"),
        web_page(),
        reply(400, r#"{"error":"invalid_token"}"#),
        reply(401, r#"{"error":"invalid_client"}"#),
        reply(405, ""),
        reply(200, "{}"),
        reply(500, "{}"),
        Err(TransportError::Redirected),
        Err(TransportError::TooLong),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.asks(RevokeIntent::RevokeAndDelete { id });
        scene.replies(newer);
        scene.did(&[NEWER, OLDER]);
        assert_eq!(field(scene.request(), "token").unwrap(), REFRESH);
        assert_eq!(scene.card().doing, Some(Doing::Revoking));
        scene.zoho_says(REVOKED);
        assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
        assert_eq!(scene.snapshot().connections.len(), 0);
    }
}

#[test]
fn a_token_unknown_to_both_paths_is_reported_as_gone() {
    for (status, body) in [(400, r#"{"error":"invalid_token"}"#), (200, GONE), (400, r#"{"status":"failure"}"#)] {
        let (mut scene, id) = Scene::connected();
        scene.asks(RevokeIntent::RevokeAndDelete { id });
        scene.replies(reply(400, r#"{"error":"invalid_token"}"#));
        scene.replies(reply(status, body));
        assert_eq!(scene.notices(), [NoticeKind::WasGone { name: name() }]);
        assert_eq!(scene.snapshot().connections.len(), 0);
    }
}

// Shows T22.
#[test]
fn an_unreachable_zoho_removes_nothing_without_the_user() {
    let host = || "accounts.zoho.eu".to_owned();
    let throttled = || Problem::Throttled { until: NINE.plus(minutes(15)) };
    for (outcome, problem) in [
        (Err(TransportError::Unreachable), Problem::Unreachable { host: host() }),
        (Err(TransportError::TimedOut), Problem::TimedOut { host: host() }),
        (Err(TransportError::Untrusted), Problem::Untrusted { host: host() }),
        (reply(200, TOO_MANY), throttled()),
        (reply(429, "{}"), throttled()),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.asks(RevokeIntent::RevokeAndDelete { id });
        scene.replies(outcome);
        scene.did_besides_saving(&[NEWER]);
        assert_eq!(scene.notices(), [NoticeKind::NotRevoked { id, name: name(), problem, later: true }]);
        assert_eq!((scene.card().doing, scene.card().refresh), (None, Some(masked(REFRESH))));
        scene.settles();
        scene.forget_what_it_did();

        scene.asks(RevokeIntent::DeleteHere { id });
        scene.did(&["ask to forget Finance bot"]);
        scene.allows();
        scene.did(&["save"]);
        assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
        assert_eq!(scene.snapshot().connections.len(), 0);
    }
}

#[test]
fn a_response_without_confirmation_removes_nothing() {
    let host = || "accounts.zoho.eu".to_owned();
    for (older, problem, later) in [
        (reply(503, ""), Problem::ServerTrouble { host: host(), status: 503 }, true),
        (web_page(), Problem::WebPage { host: host() }, true),
        (reply(200, "{}"), Problem::Garbled { host: host() }, true),
        (reply(200, r#"{"error":"moon_phase"}"#), Problem::Refused { error: "moon_phase".into() }, true),
        (reply(200, r#"{"error":"invalid_client"}"#), Problem::Refused { error: "invalid_client".into() }, false),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.asks(RevokeIntent::RevokeAndDelete { id });
        scene.replies(reply(404, "<html>"));
        scene.replies(older);
        assert_eq!(scene.notices(), [NoticeKind::NotRevoked { id, name: name(), problem, later }]);
        assert_eq!(scene.card().refresh, Some(masked(REFRESH)));
    }
}

#[test]
fn a_failed_revocation_can_be_repeated() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    assert_eq!(scene.notices(), [], "a retry clears the notice of the failure");
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
}

#[test]
fn each_failed_revocation_has_its_own_notice() {
    let mut scene = Scene::first_start();
    for id in [scene.connects("First"), scene.connects("Second")] {
        scene.asks(RevokeIntent::RevokeAndDelete { id });
        scene.no_answer(TransportError::Unreachable);
    }
    let names: Vec<_> = scene
        .notices()
        .into_iter()
        .filter_map(|n| if let NoticeKind::NotRevoked { name, .. } = n { Some(name) } else { None })
        .collect();
    assert_eq!(names, ["First", "Second"]);
}

#[test]
fn a_connection_not_revoked_is_still_refreshed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.forget_what_it_did();
    scene.later(minutes(55));
    scene.did(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}

#[test]
fn a_refresh_in_flight_does_not_restore_the_connection() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    let refresh = |e: &Effect| matches!(e, Effect::Send(_, call) if field(call, "grant_type").is_some());
    assert_eq!(scene.count(refresh), 1);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().access, masked(ACCESS));
    scene.zoho_says(REVOKED);
    assert_eq!(scene.snapshot().connections.len(), 0);
}

// Shows T22.
#[test]
fn nothing_is_forgotten_before_zoho_was_asked() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::DeleteHere { id });
    scene.did(&[]);

    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.forget_what_it_did();
    scene.asks(RevokeIntent::DeleteHere { id });
    scene.did(&[]);
    assert_eq!(scene.snapshot().connections.len(), 1);
}

// Shows T22.
#[test]
fn zoho_can_confirm_while_the_forget_dialog_is_open() {
    let (mut scene, id) = Scene::connected();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.no_answer(TransportError::Unreachable);
    scene.asks(RevokeIntent::DeleteHere { id });
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    scene.allows();
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
}
