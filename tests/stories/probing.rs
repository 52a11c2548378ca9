//! What each granted permission is worth: a harmless call for each, one after the other, and no more often than Cliq allows.

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

/// A connection with five permissions, four of which have a harmless read, on its page.
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
    probes.into_iter().find(|p| p.scope.as_str().ends_with(name)).expect("it is granted").probed
}

fn works(scene: &Scene) -> Probed {
    Probed::Told { result: TestResult { at: scene.now, proof: Some(Proof::Works), problem: None } }
}

fn failed(scene: &Scene, problem: Problem) -> Probed {
    Probed::Told { result: TestResult { at: scene.now, proof: None, problem: Some(problem) } }
}

#[test]
fn each_permission_with_a_harmless_read_is_tried_on_request_one_after_the_other() {
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
    assert_eq!(probed(&scene, "Channels.ALL"), works(&scene), "what covers reading is tried by reading");
    assert_eq!(probed(&scene, "Profile.READ"), Probed::Told { result: not_allowed });
    assert_eq!(probed(&scene, "Teams.READ"), failed(&scene, Problem::CliqUnclear { status: 404 }));
    assert_eq!((scene.card().doing, scene.card().standing), (None, Standing::Fresh));
}

#[test]
fn a_list_is_asked_for_its_first_entry_and_the_token_is_not_in_the_address() {
    let (mut scene, id) = on_its_page();
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.zoho_says(&identity());
    let call = scene.request();
    assert_eq!(call.url.as_str(), "https://cliq.zoho.eu/api/v2/channels?limit=1");
    assert_eq!(call.authorization.as_ref().unwrap().expose_secret(), format!("Zoho-oauthtoken {ACCESS}"));
}

#[test]
fn a_token_that_cliq_refuses_twice_ends_the_rest() {
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

    // So does a network that is not there.
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.no_answer(TransportError::Unreachable);
    assert!(scene.requests().is_empty());
}

#[test]
fn a_call_that_cliq_bars_says_until_when_and_is_not_made_before_that() {
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
fn no_call_is_made_so_often_that_cliq_would_bar_it() {
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

    // The probe of the same call waits as well, for another connection of the same account too.
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
fn a_token_that_is_due_is_refreshed_first_and_one_that_is_over_is_said() {
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
fn it_may_be_stopped_and_begun_anew() {
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
    assert_eq!(probed(&scene, "Channels.ALL"), Probed::NotYet, "its answer came too late");
    assert_eq!(probed(&scene, "profile.READ"), works(&scene), "what was found stays");
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.did(&[ACCOUNT]);

    // While it waits for a fresh token it may be stopped as well.
    let (mut scene, id) = on_its_page();
    scene.now = NINE.plus(minutes(57));
    scene.asks(ChecksIntent::ProbeScopes { id });
    scene.asks(ChecksIntent::StopProbing { id });
    scene.forget_what_it_did();
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&[]);
}

#[test]
fn what_was_found_ends_with_the_tokens_and_with_the_run() {
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
fn only_the_page_that_is_open_is_told_of_probes() {
    let (mut scene, _) = on_its_page();
    assert_eq!(scene.card().probes.len(), 5);
    scene.asks(SignInIntent::GoHome);
    assert!(scene.card().probes.is_empty());
}
