//! Revoke and delete: at Zoho first, then here, and the truth about both.

use keyfob_core::call::Unanswered;
use keyfob_core::snapshot::{Doing, NoticeKind, Screen};
use keyfob_core::{Intent, Problem};

use crate::scene::*;

const REVOKE_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token/revoke";

fn name() -> String {
    "Finance bot".to_owned()
}

#[test]
fn zoho_confirms_and_the_connection_is_gone() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::Open { id });
    scene.asks(Intent::RevokeAndDelete { id });
    scene.asks(Intent::RevokeAndDelete { id });
    scene.did(&[REVOKE_CALL]);
    assert_eq!(field(scene.request(), "token").unwrap(), REFRESH);
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
    scene.asks(Intent::RevokeAndDelete { id });
    assert_eq!(field(scene.request(), "token").unwrap(), ACCESS);
}

#[test]
fn zoho_answers_and_does_not_confirm() {
    for (status, body) in [(200, r#"{"error":"invalid_token"}"#), (400, r#"{"status":"failure"}"#), (200, "{}")] {
        let (mut scene, id) = Scene::connected();
        scene.asks(Intent::RevokeAndDelete { id });
        scene.replies(reply(status, body));
        assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
        assert_eq!(scene.snapshot().connections.len(), 0);
    }
}

#[test]
fn zoho_cannot_be_told_so_nothing_is_removed_until_the_person_says_so() {
    let host = || "accounts.zoho.eu".to_owned();
    for (outcome, problem) in [
        (Err(Unanswered::Unreachable), Problem::Unreachable { host: host() }),
        (Err(Unanswered::TimedOut), Problem::TimedOut { host: host() }),
        (reply(503, ""), Problem::ServerTrouble { host: host(), status: 503 }),
        (reply(200, "<html>"), Problem::WebPage { host: host() }),
        (reply(200, TOO_MANY), Problem::Refused { error: "Access Denied".into() }),
        (reply(429, "{}"), Problem::Refused { error: String::new() }),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.asks(Intent::RevokeAndDelete { id });
        scene.replies(outcome);
        assert_eq!(scene.notices(), [NoticeKind::NotRevoked { id, name: name(), problem }]);
        assert_eq!((scene.card().doing, scene.card().refresh), (None, Some(masked(REFRESH))));
        scene.forget_what_it_did();

        scene.asks(Intent::DeleteHere { id });
        scene.did(&["save"]);
        assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
        assert_eq!(scene.snapshot().connections.len(), 0);
    }
}

#[test]
fn a_second_try_may_work() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::RevokeAndDelete { id });
    scene.no_answer(Unanswered::Unreachable);
    scene.asks(Intent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    assert_eq!(scene.notices(), [NoticeKind::Revoked { name: name() }]);
}

#[test]
fn what_could_not_be_revoked_is_told_for_each_connection() {
    let mut scene = Scene::first_start();
    for id in [scene.connects("First"), scene.connects("Second")] {
        scene.asks(Intent::RevokeAndDelete { id });
        scene.no_answer(Unanswered::Unreachable);
    }
    let names: Vec<_> = scene
        .notices()
        .into_iter()
        .filter_map(|n| if let NoticeKind::NotRevoked { name, .. } = n { Some(name) } else { None })
        .collect();
    assert_eq!(names, ["First", "Second"]);
}

#[test]
fn a_connection_that_was_not_revoked_goes_on_being_refreshed() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::RevokeAndDelete { id });
    scene.no_answer(Unanswered::Unreachable);
    scene.forget_what_it_did();
    scene.later(minutes(55));
    scene.did(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
}

#[test]
fn a_refresh_on_its_way_does_not_bring_the_connection_back() {
    let (mut scene, id) = Scene::connected();
    scene.later(minutes(55));
    scene.asks(Intent::RevokeAndDelete { id });
    scene.zoho_says_at("/token", &renewed(SECOND_ACCESS));
    assert_eq!(scene.card().access, masked(ACCESS));
    scene.zoho_says_at("/revoke", REVOKED);
    assert_eq!(scene.snapshot().connections.len(), 0);
}

#[test]
fn deleted_here_while_zoho_is_being_told() {
    let (mut scene, id) = Scene::connected();
    scene.asks(Intent::RevokeAndDelete { id });
    scene.asks(Intent::DeleteHere { id });
    scene.settles();
    scene.forget_what_it_did();
    scene.zoho_says(REVOKED);
    scene.did(&[]);
    assert_eq!(scene.notices(), [NoticeKind::RemovedHere { name: name() }]);
}
