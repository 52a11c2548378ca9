//! Quotas: requests are counted against Zoho's limits, and none is sent that would exceed them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{RevokeIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::quota::Totals;
use keyfob_core::snapshot::{Level, Meter, Metered, Page};
use keyfob_core::standing::Standing;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

/// The connection's page.
#[track_caller]
fn page(scene: &mut Scene, id: ConnectionId) -> Page {
    scene.asks(SignInIntent::Open { id });
    scene.snapshot().page.expect("its page is open")
}

#[track_caller]
fn meter(meters: &[Meter], what: Metered) -> Meter {
    meters.iter().find(|m| m.what == what).expect("the meter is there").clone()
}

/// One more sign-in with the same client by this user, then two minutes for the short-term quotas to recover.
fn signs_in_once_more(scene: &mut Scene, email: &str) {
    scene.fills_in("eu");
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.zoho_says_at("/oauth/user/info", &identity_of(email));
    scene.zoho_says_at("/statuses/current", AVAILABLE);
    scene.asks(SignInIntent::Keep { name: "Bot".into() });
    scene.asks(SignInIntent::GoHome);
    scene.settles();
    scene.now = scene.now.plus(minutes(2));
}

/// A Desk after this many sign-ins of one user with one client, ready to approve once more.
fn after_sign_ins(count: u32) -> Scene {
    let mut scene = Scene::first_start();
    for _ in 0..count {
        signs_in_once_more(&mut scene, "ada@firm.example");
    }
    scene.fills_in("eu");
    scene.settles();
    scene.forget_what_it_did();
    scene
}

fn refreshes(scene: &mut Scene, id: ConnectionId, times: u32) {
    for _ in 0..times {
        scene.asks(TokensIntent::Refresh { id });
        scene.zoho_says(&renewed(SECOND_ACCESS));
    }
    scene.settles();
}

#[test]
fn a_sign_in_counts_one_of_each_and_a_refresh_one_access_token() {
    let (mut scene, id) = Scene::connected();
    refreshes(&mut scene, id, 2);
    let page = page(&mut scene, id);
    assert_eq!(page.totals, Totals { codes: 1, access_tokens: 3, refresh_tokens: 1 });
    let meters: Vec<_> = page.meters.iter().map(|m| (m.what, m.used, m.most, m.level)).collect();
    assert_eq!(
        meters,
        [
            (Metered::SignIns, 1, 20, Level::Free),
            (Metered::AccessTokens, 3, 10, Level::Free),
            (Metered::Codes, 1, 10, Level::Free)
        ]
    );
}

#[test]
fn spent_quotas_survive_a_restart() {
    let (mut scene, id) = Scene::connected();
    refreshes(&mut scene, id, 4);
    let before = page(&mut scene, id);
    let mut again = scene.starts_again();
    let after = page(&mut again, id);
    assert_eq!((after.totals, after.meters), (before.totals, before.meters));
    again.fills_in("eu");
    assert_eq!(meter(&again.draft().meters, Metered::SignIns).used, 1, "the wizard shows the client's quota again");
}

#[test]
fn an_eleventh_access_token_in_ten_minutes_is_not_requested() {
    let (mut scene, id) = Scene::connected();
    refreshes(&mut scene, id, 9);
    scene.forget_what_it_did();
    let free = scene.now.plus(minutes(10));

    scene.asks(TokensIntent::Refresh { id });
    scene.did(&[]);
    assert_eq!(scene.troubles(), [Problem::TooManyTokens { until: free, uncertain: false }]);
    assert_eq!(scene.card().standing, Standing::Fresh, "the current token is still valid");
    let spent = meter(&page(&mut scene, id).meters, Metered::AccessTokens);
    assert_eq!((spent.used, spent.level, spent.free_at), (10, Level::Full, Some(free)));
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    scene.did(&["copy a secret"]);

    scene.later(minutes(10));
    scene.forget_what_it_did();
    scene.asks(TokensIntent::Refresh { id });
    scene.did(&[REFRESH_CALL]);
}

#[test]
fn an_automatic_refresh_waits_for_free_quota() {
    let (mut scene, id) = Scene::connected();
    scene.asks(TokensIntent::Refresh { id });
    for _ in 0..8 {
        scene.zoho_says(&renewed_for(SECOND_ACCESS, 300));
        scene.asks(TokensIntent::Refresh { id });
    }
    scene.zoho_says(&renewed_for(SECOND_ACCESS, 300));
    scene.settles();
    scene.forget_what_it_did();
    let free = scene.now.plus(minutes(10));
    scene.later(minutes(4));
    scene.did(&[]);
    assert_eq!(scene.card().refreshes_at, Some(free));
    assert_eq!(scene.card().standing, Standing::HeldBack { again_at: free });

    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    let problem = Problem::TooManyTokens { until: free, uncertain: false };
    assert_eq!(scene.troubles(), [problem], "a copy that needs a new token reports until when it waits");
    scene.did(&[]);
    scene.later(minutes(6));
    scene.did(&[REFRESH_CALL]);
}

#[test]
fn a_refused_refresh_is_not_counted_and_an_unanswered_one_is() {
    for (answer, spent) in [
        (reply(200, TOO_MANY), 1),
        (reply(200, GONE), 1),
        (Err(TransportError::Unreachable), 1),
        (web_page(), 1),
        (Err(TransportError::TimedOut), 2),
        (reply(503, ""), 1),
        (reply(500, ""), 2),
        (reply(502, ""), 2),
        (reply(200, r#"{"access_token":"#), 2),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.asks(TokensIntent::Refresh { id });
        assert_eq!(page(&mut scene, id).totals.access_tokens, 2, "a request counts until its response shows otherwise");
        scene.replies(answer);
        let page = page(&mut scene, id);
        assert_eq!((page.totals.access_tokens, meter(&page.meters, Metered::AccessTokens).used), (spent, spent));
    }
}

// Shows S2.
#[test]
fn an_unanswered_exchange_counts_as_successful() {
    let mut scene = Scene::exchanging();
    scene.no_answer(TransportError::TimedOut);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 1);
    let mut scene = Scene::exchanging();
    scene.zoho_says(GONE);
    let meters = scene.draft().meters;
    assert_eq!((meter(&meters, Metered::SignIns).used, meter(&meters, Metered::Codes).used), (0, 1));
}

#[test]
fn a_clock_set_back_delays_for_at_most_ten_minutes() {
    let (mut scene, id) = Scene::connected();
    refreshes(&mut scene, id, 9);
    scene.the_clock_says(NINE.minus(days(3)));
    scene.asks(TokensIntent::Refresh { id });
    assert_eq!(scene.troubles(), [Problem::TooManyTokens { until: scene.now.plus(minutes(10)), uncertain: false }]);
    scene.later(minutes(10));
    scene.forget_what_it_did();
    scene.asks(TokensIntent::Refresh { id });
    assert_eq!(scene.count(|e| matches!(e, keyfob_core::Effect::Send(..))), 1);
}

#[test]
fn the_eleventh_approval_in_ten_minutes_has_to_wait() {
    let (mut scene, id) = Scene::connected();
    for _ in 0..9 {
        scene.asks(SignInIntent::SignInAgain { id });
        scene.signs_in();
        scene.link(&good_link());
        scene.zoho_says(GONE);
        scene.settles();
        scene.now = scene.now.plus(seconds(10));
    }
    scene.forget_what_it_did();
    scene.asks(SignInIntent::SignIn { anyway: false });
    let until = NINE.plus(minutes(10));
    assert_eq!(scene.attempt_ended_with(), Problem::TooManyCodes { until });
    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.did_besides_saving(&[]);
    assert_eq!(meter(&scene.draft().meters, Metered::Codes).free_at, Some(until));

    scene.now = until;
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["check the redirect", "draw"]);
}

#[test]
fn a_denial_after_many_quick_approvals_is_shown_as_a_limit() {
    for (approvals, quick) in [(3, false), (4, true)] {
        let mut scene = Scene::first_start();
        for number in 0..approvals {
            scene.fills_in("eu");
            scene.signs_in_with(&format!("{STATE}{number}"));
            scene.link(&granted(&format!("{STATE}{number}"), "eu", "https://accounts.zoho.eu"));
            scene.zoho_says(GONE);
            scene.settles();
        }
        scene.signs_in();
        scene.link(&link(&[("state", STATE), ("error", "access_denied")]));
        let until = scene.now.plus(minutes(10));
        let told = if quick { Problem::TooManyCodes { until } } else { Problem::Denied };
        assert_eq!(scene.attempt_ended_with(), told);
    }
}

// Shows T21.
#[test]
fn the_user_is_asked_before_the_oldest_of_20_sign_ins_ends() {
    let mut scene = after_sign_ins(20);
    let meter_of = |scene: &Scene| meter(&scene.draft().meters, Metered::SignIns);
    assert_eq!((meter_of(&scene).used, meter_of(&scene).level), (20, Level::Full));
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&[]);
    assert_eq!(scene.attempt_ended_with(), Problem::WouldRetire { kept: 20 });

    // The user agrees to this only: the redirect is still checked, and after its failure the question is not repeated.
    scene.asks(SignInIntent::RetireOldest);
    scene.did_besides_saving(&["check the redirect", "draw"]);
    scene.draws();
    scene.redirect_method(Err(Problem::LinkNotOurs { owner: None }));
    assert_eq!(scene.attempt_ended_with(), Problem::LinkNotOurs { owner: None });
    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.draws();
    scene.settles();
    scene.browser_opens();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    scene.keeps("Twenty-first");
    scene.fills_in("eu");
    assert_eq!(meter_of(&scene).used, 20, "Zoho retired the oldest");
    scene.now = scene.now.plus(minutes(2));
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(
        scene.attempt_ended_with(),
        Problem::WouldRetire { kept: 20 },
        "the question is asked for the next one again"
    );
}

// Shows T21.
#[test]
fn from_fifteen_sign_ins_on_a_warning_blocks_nothing() {
    for (sign_ins, level) in [(14, Level::Free), (15, Level::Near), (19, Level::Near)] {
        let mut scene = after_sign_ins(sign_ins);
        assert_eq!(meter(&scene.draft().meters, Metered::SignIns).level, level);
        scene.signs_in();
        assert!(scene.is_waiting());
    }
}

#[test]
fn online_access_retires_no_sign_in() {
    let mut scene = after_sign_ins(20);
    scene.asks(SignInIntent::KeepAccess { on: false });
    scene.signs_in();
    assert!(scene.is_waiting());
}

#[test]
fn the_limit_of_twenty_is_per_user_and_client() {
    let mut scene = Scene::first_start();
    for number in 0..21 {
        signs_in_once_more(&mut scene, &format!("user-{number}@firm.example"));
    }
    scene.fills_in("eu");
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 1);
    let mut scene = after_sign_ins(20);
    scene.asks(SignInIntent::TypeClientId { text: "1000.ANOTHER".into() });
    assert_eq!(scene.draft().meters, [], "this client has no sign-ins yet");
    scene.signs_in();
    assert!(scene.is_waiting());
}

#[test]
fn a_revoked_or_ended_sign_in_frees_its_place() {
    let mut scene = after_sign_ins(20);
    let ids: Vec<_> = scene.snapshot().connections.iter().map(|c| c.id).collect();
    scene.asks(RevokeIntent::RevokeAndDelete { id: ids[0] });
    scene.zoho_says_at("/revoke/token", REVOKED);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 19);
    scene.asks(RevokeIntent::RevokeAndDelete { id: ids[1] });
    scene.no_answer(TransportError::TimedOut);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 19, "Zoho did not confirm it");
    scene.asks(TokensIntent::Refresh { id: ids[2] });
    scene.zoho_says(GONE);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 18);
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert!(!matches!(scene.approval(), keyfob_core::snapshot::ApprovalView::Ready { .. }));
}

#[test]
fn tokens_not_kept_count_until_they_are_revoked() {
    let mut scene = Scene::candidate();
    scene.asks(SignInIntent::NotMe);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 1);
    scene.zoho_says_at("/revoke/token", REVOKED);
    assert_eq!(meter(&scene.draft().meters, Metered::SignIns).used, 0);

    let mut late = Scene::exchanging();
    late.asks(SignInIntent::CancelConsent);
    late.zoho_says(&tokens());
    assert_eq!(meter(&late.draft().meters, Metered::SignIns).used, 1);
    late.zoho_says(REVOKED);
    assert_eq!(meter(&late.draft().meters, Metered::SignIns).used, 0);
}

#[test]
fn a_connection_signed_in_again_keeps_its_counts() {
    let (mut scene, id) = Scene::signed_in_again();
    let page = page(&mut scene, id);
    assert_eq!(page.totals, Totals { codes: 2, access_tokens: 2, refresh_tokens: 2 });
    assert_eq!(meter(&page.meters, Metered::SignIns).used, 2, "Zoho counts the old one until it is revoked");
    assert_eq!(meter(&page.meters, Metered::AccessTokens).used, 1, "a new refresh token has its own limit of ten");
}

#[test]
fn practice_is_counted_but_not_saved() {
    let mut scene = Scene::exchanging_at_practice();
    assert_eq!(meter(&scene.draft().meters, Metered::Codes).used, 1);
    scene.settles();
    let kept = String::from_utf8(secrecy::ExposeSecret::expose_secret(scene.saved.as_ref().unwrap()).to_vec()).unwrap();
    assert!(kept.contains(r#""ledger":[]"#), "{kept}");
}
