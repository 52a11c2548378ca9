//! Probing the granted permissions: one harmless call for each, one after the other, within Cliq's rate limits.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::{ChecksIntent, RevokeIntent, SignInIntent};
use keyfob_core::snapshot::Doing;
use keyfob_core::standing::{Probed, Standing, TestResult};
use secrecy::ExposeSecret;
use zoho_oauth::probe::Proof;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const ACCOUNT: &str = "GET accounts.zoho.eu/oauth/user/info";
const CHANNELS: &str = "GET cliq.zoho.eu/api/v2/channels";
const TEAMS: &str = "GET cliq.zoho.eu/api/v2/teams";
const STATUS: &str = "GET cliq.zoho.eu/api/v2/statuses/current";
const REFRESH_CALL: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
const NO_SCOPE: &str = r#"{"code":"oauthtoken_scope_invalid"}"#;

/// A connection with five permissions, four of which have a harmless read, with its page open.
fn on_its_page() -> (Scene, ConnectionId) {
    let scopes = "AaaServer.profile.READ ZohoCliq.Channels.ALL ZohoCliq.Profile.READ ZohoCliq.Teams.READ ZohoCliq.Webhooks.CREATE";
    let tokens =
        format!(r#"{{"access_token":"{ACCESS}","refresh_token":"{REFRESH}","scope":"{scopes}","expires_in":3600}}"#);
    let (mut scene, id) = Scene::connected_with(&tokens);
    scene.asks(SignInIntent::Open { id });
    scene.forget_what_it_did();
    (scene, id)
}

fn probed(scene: &Scene, name: &str) -> Probed {
    let probes = scene.card().probes;
    probes.into_iter().find(|p| p.scope.as_str().ends_with(name)).expect("the permission is granted").probed
}

fn works(scene: &Scene) -> Probed {
    Probed::Told { result: TestResult { at: scene.now, proof: Some(Proof::Works), problem: None } }
}

fn failed(scene: &Scene, problem: Problem) -> Probed {
    Probed::Told { result: TestResult { at: scene.now, proof: None, problem: Some(problem) } }
}

#[test]
fn permissions_with_a_harmless_read_are_probed_one_by_one() {
    let (mut scene, id) = on_its_page();
    assert_eq!(probed(&scene, "Webhooks.CREATE"), Probed::NoRead);
    assert_eq!(probed(&scene, "Channels.ALL"), Probed::NotYet);

    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.did(&[ACCOUNT]);
    assert_eq!((probed(&scene, "profile.READ"), probed(&scene, "Channels.ALL")), (Probed::Running, Probed::Waiting));
    assert_eq!(scene.card().doing, Some(Doing::Probing));
    scene.zoho_says(&identity());
    scene.did(&[CHANNELS]);
    scene.zoho_says(r#"{"channels":[]}"#);
    scene.did(&[STATUS]);
    scene.replies(reply(401, NO_SCOPE));
    scene.did(&[TEAMS]);
    scene.replies(reply(404, "{}"));
    scene.did(&[]);

    let not_allowed = TestResult { at: NINE, proof: Some(Proof::AliveWithoutScope), problem: None };
    assert_eq!(probed(&scene, "profile.READ"), works(&scene));
    assert_eq!(probed(&scene, "Channels.ALL"), works(&scene), "a permission that includes reading is probed by a read");
    assert_eq!(probed(&scene, "Profile.READ"), Probed::Told { result: not_allowed });
    assert_eq!(probed(&scene, "Teams.READ"), failed(&scene, Problem::CliqUnclear { status: 404 }));
    assert_eq!((scene.card().doing, scene.card().standing), (None, Standing::Fresh));
}

#[test]
fn a_probe_asks_for_one_entry_with_the_token_in_a_header() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    let call = scene.request();
    assert_eq!(call.url.as_str(), "https://cliq.zoho.eu/api/v2/channels?limit=1");
    assert_eq!(call.authorization.as_ref().unwrap().expose_secret(), format!("Zoho-oauthtoken {ACCESS}"));
}

#[test]
fn a_token_refused_twice_stops_the_probing() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.replies(reply(401, r#"{"code":"oauthtoken_invalid"}"#));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.forget_what_it_did();
    scene.replies(reply(401, r#"{"code":"oauthtoken_invalid"}"#));
    scene.did(&[]);
    assert_eq!(probed(&scene, "Channels.ALL"), failed(&scene, Problem::NewTokenDead));
    assert_eq!(probed(&scene, "Teams.READ"), Probed::NotYet);
    assert_eq!(scene.card().doing, None);

    // So does an unreachable network.
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.no_answer(TransportError::Unreachable);
    assert!(scene.requests().is_empty());
}

#[test]
fn a_throttled_call_shows_until_when_and_waits() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.replies(reply(429, ""));
    let until = NINE.plus(minutes(5));
    assert_eq!(probed(&scene, "Channels.ALL"), failed(&scene, Problem::CliqBusy { until }));
    scene.zoho_says(AVAILABLE);
    scene.zoho_says("{}");
    scene.forget_what_it_did();

    scene.later(almost(minutes(5)));
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.did(&[ACCOUNT, STATUS]);
    assert_eq!(probed(&scene, "Channels.ALL"), failed(&scene, Problem::CliqBusy { until }));
    scene.zoho_says(AVAILABLE);
    scene.zoho_says("{}");
    scene.later(seconds(1));
    scene.forget_what_it_did();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.did(&[ACCOUNT, CHANNELS]);
}

#[test]
fn no_call_exceeds_cliqs_rate_limit() {
    let (mut scene, id) = on_its_page();
    for _ in 0..20 {
        scene.asks(ChecksIntent::Test { id });
        scene.zoho_says(AVAILABLE);
    }
    scene.settles();
    scene.forget_what_it_did();
    scene.later(seconds(20));
    scene.asks(ChecksIntent::Test { id });
    scene.did(&[]);
    let open_again = NINE.plus(minutes(1));
    assert_eq!(scene.card().tested.unwrap().problem, Some(Problem::CliqBusy { until: open_again }));

    // The probe of the same call waits too, as does another connection of the same account.
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.zoho_says("{}");
    scene.zoho_says("{}");
    scene.did(&[ACCOUNT, CHANNELS, TEAMS]);
    assert_eq!(probed(&scene, "Profile.READ"), failed(&scene, Problem::CliqBusy { until: open_again }));
    let second = scene.connects("Second");
    scene.asks(ChecksIntent::Test { id: second });
    scene.did(&[]);

    scene.later(seconds(40));
    scene.asks(ChecksIntent::Test { id: second });
    scene.did(&[STATUS]);
}

#[test]
fn a_due_token_is_refreshed_first_and_an_expired_one_reported() {
    let (mut scene, id) = on_its_page();
    scene.now = NINE.plus(minutes(57));
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.did(&[REFRESH_CALL]);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[ACCOUNT]);
    assert!(scene.request().authorization.as_ref().unwrap().expose_secret().ends_with(SECOND_ACCESS));

    let (mut scene, id) = Scene::connected_with(&one_hour());
    scene.later(minutes(60));
    scene.asks(ChecksIntent::ProbeScopes { id });
    assert_eq!(scene.troubles(), [Problem::NoRefreshToken]);
    scene.did(&[]);
}

#[test]
fn probing_can_be_stopped_and_restarted() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.did(&[ACCOUNT]);
    scene.zoho_says(&identity());
    scene.asks(ChecksIntent::StopProbing { id });
    assert_eq!(scene.card().doing, None);
    scene.forget_what_it_did();
    scene.zoho_says(r#"{"channels":[]}"#);
    scene.did(&[]);
    assert_eq!(probed(&scene, "Channels.ALL"), Probed::NotYet, "its answer arrived too late");
    assert_eq!(probed(&scene, "profile.READ"), works(&scene), "earlier results stay");
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.did(&[ACCOUNT]);

    // It can also be stopped while it waits for a fresh token.
    let (mut scene, id) = on_its_page();
    scene.now = NINE.plus(minutes(57));
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.asks(ChecksIntent::StopProbing { id });
    scene.forget_what_it_did();
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[]);
}

#[test]
fn results_are_dropped_with_the_tokens_and_on_restart() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    assert_eq!(scene.card().doing, Some(Doing::Revoking));
    assert_eq!(probed(&scene, "profile.READ"), Probed::NotYet);

    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    let mut again = scene.starts_again();
    again.asks(SignInIntent::Open { id });
    assert_eq!(probed(&again, "profile.READ"), Probed::NotYet);
}

#[test]
fn only_the_open_page_shows_probes() {
    let (mut scene, _) = on_its_page();
    assert_eq!(scene.card().probes.len(), 5);
    scene.asks(SignInIntent::GoHome);
    assert!(scene.card().probes.is_empty());
}
