//! A refresh that fails keeps everything and is retried with growing delays. Only a refusal needs the user.

use keyfob_core::intent::TokensIntent;
use keyfob_core::standing::Standing;
use keyfob_core::{Moment, Problem};
use zoho_oauth::request::TransportError;

use crate::scene::*;

const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

// Shows N1.
#[test]
fn three_days_offline_cost_few_requests_and_nothing_else() {
    let (mut scene, _) = Scene::connected();
    let end = NINE.plus(days(3));
    let mut pauses = Vec::new();
    let mut last: Option<Moment> = None;
    while scene.now < end {
        scene.later(seconds(15));
        if !scene.requests().is_empty() {
            pauses.extend(last.map(|last| scene.now.since(last)));
            last = Some(scene.now);
            scene.no_answer(TransportError::Unreachable);
            scene.settles();
        }
    }
    assert!(pauses.is_sorted(), "a delay is shorter than the one before: {pauses:?}");
    assert_eq!((pauses[0], *pauses.last().unwrap()), (seconds(30), minutes(15)));
    let again_at = scene.card().refreshes_at.unwrap();
    let problem = Problem::Unreachable { host: "accounts.zoho.eu".into() };
    assert_eq!(scene.card().standing, Standing::Waiting { problem, again_at });
    assert_eq!(scene.card().refresh, Some(masked(REFRESH)));

    scene.later(minutes(15));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().standing, Standing::Fresh);
}

// Shows N4; ASVS 16.5.2.
#[test]
fn anything_but_a_refusal_keeps_everything_and_is_retried() {
    let no_answers = [
        TransportError::Unreachable,
        TransportError::TimedOut,
        TransportError::Untrusted,
        TransportError::Redirected,
        TransportError::TooLong,
        TransportError::CutShort,
    ];
    let answers =
        [reply(500, ""), reply(503, &tokens()), reply(200, ""), reply(200, "{}"), reply(200, "{\"acc"), web_page()];
    for outcome in no_answers.into_iter().map(Err).chain(answers) {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.replies(outcome);
        let Standing::Waiting { again_at, .. } = scene.card().standing else { panic!("{:?}", scene.card().standing) };
        assert_eq!(again_at, scene.now.plus(seconds(30)));
        assert_eq!((scene.card().access, scene.card().refresh), (masked(ACCESS), Some(masked(REFRESH))));

        // The user need not wait for the retry.
        scene.forget_what_it_did();
        scene.asks(TokensIntent::Refresh { id });
        scene.did(&[REFRESH_CALL]);
        scene.zoho_says(&renewed(SECOND_ACCESS));
        assert_eq!(scene.card().standing, Standing::Fresh);
    }
}

// Shows N4.
#[test]
fn a_throttle_is_waited_out_even_when_the_user_asks() {
    for outcome in [reply(200, TOO_MANY), reply(400, TOO_MANY), reply(429, "")] {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.replies(outcome);
        scene.settles();
        let until = scene.now.plus(minutes(15));
        let standing = Standing::Waiting { problem: Problem::Throttled { until }, again_at: until };
        assert_eq!(scene.card().standing, standing);
        scene.forget_what_it_did();

        scene.asks(TokensIntent::Refresh { id });
        scene.later(minutes(14));
        scene.asks(TokensIntent::Refresh { id });
        scene.did(&[]);
        assert_eq!(scene.card().standing, standing, "a request does not prolong the back-off");
        scene.later(minutes(1));
        scene.did(&[REFRESH_CALL]);
    }
}

// Shows N4.
#[test]
fn retry_after_of_a_throttle_is_clamped_to_1_to_15_minutes() {
    for (retry_after, rest) in [
        ("120", minutes(2)),
        (" 600 ", minutes(10)),
        ("Mon, 23 Nov 2026 10:00:00 GMT", minutes(5)),
        // Clamped, whatever the server asks for.
        ("0", minutes(1)),
        ("Mon, 23 Nov 2026 08:00:00 GMT", minutes(1)),
        ("86400", minutes(15)),
        ("99999999999999999999999", minutes(15)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", minutes(15)),
        // An unreadable value is ignored.
        ("-5", minutes(15)),
        ("soon", minutes(15)),
        ("", minutes(15)),
        ("1.5", minutes(15)),
    ] {
        for (status, body) in [(429, ""), (200, TOO_MANY), (400, TOO_MANY)] {
            let (mut scene, id) = Scene::connected();
            scene.later(minutes(55));
            scene.replies(reply_asking_for(retry_after, status, body));
            scene.settles();
            let until = scene.now.plus(rest);
            let standing = Standing::Waiting { problem: Problem::Throttled { until }, again_at: until };
            assert_eq!(scene.card().standing, standing, "{retry_after:?}");
            scene.forget_what_it_did();

            scene.later(almost(rest));
            scene.asks(TokensIntent::Refresh { id });
            scene.did(&[]);
            scene.later(seconds(1));
            scene.did(&[REFRESH_CALL]);
        }
    }
}

// Shows N4.
#[test]
fn retry_after_of_an_outage_is_kept_unless_the_user_asks() {
    for (retry_after, rest) in [("120", minutes(2)), ("5", seconds(30)), ("86400", minutes(15)), ("-5", seconds(30))] {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.replies(reply_asking_for(retry_after, 503, ""));
        scene.settles();
        let Standing::Waiting { again_at, .. } = scene.card().standing else { panic!("{:?}", scene.card().standing) };
        assert_eq!(again_at, scene.now.plus(rest), "{retry_after:?}");
        scene.forget_what_it_did();

        scene.later(almost(rest));
        scene.did(&[]);
        scene.asks(TokensIntent::Refresh { id });
        scene.did(&[REFRESH_CALL]);
    }
}

#[test]
fn only_a_documented_refusal_needs_the_user() {
    let eu = Scene::ready_to_approve().draft().region.unwrap();
    for (error, problem) in [
        ("invalid_code", Problem::GrantEnded),
        ("invalid_client", Problem::ClientUnknown { region: eu }),
        ("invalid_client_secret", Problem::SecretWrong),
        ("missing_org_info", Problem::OrganisationUnknown),
    ] {
        let (mut scene, id) = Scene::connected();
        scene.later(minutes(55));
        scene.zoho_says(&format!(r#"{{"error":"{error}"}}"#));
        scene.settles();
        scene.forget_what_it_did();
        scene.later(days(1));
        scene.did(&[]);

        let mut again = scene.starts_again();
        again.did(&[]);
        let card = again.card();
        assert_eq!(card.standing, Standing::NeedsYou { problem });
        assert_eq!((card.client_id.as_str(), card.has_secret), (CLIENT_ID, true));
        assert_eq!((card.refresh, card.refreshes_at), (Some(masked(REFRESH)), None));

        again.asks(TokensIntent::Refresh { id });
        again.did(&[REFRESH_CALL]);
        again.zoho_says(&renewed(SECOND_ACCESS));
        assert_eq!(again.card().standing, Standing::Fresh);
    }
}
