//! More permissions for a Server-based client: only the new ones are requested, and the refresh token stays the same.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{RevokeIntent, SignInIntent, TokensIntent};
use std::collections::BTreeMap;

use keyfob_core::Problem;
use keyfob_core::activity::Happened;
use keyfob_core::connection::ConnectionId;
use keyfob_core::problem::PastedProblem;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use proptest::prelude::*;
use zoho_oauth::client::ClientType;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const PORT: u16 = 28_473;
const ENHANCE: &str = "POST accounts.zoho.eu/oauth/v2/token/scopeenhance update_scopes_token";
const ADD: &str = "browse accounts.zoho.eu/oauth/v2/token/addextrascope";
const SIGN_IN: &str = "browse accounts.zoho.eu/oauth/v2/auth";
const REFRESHES: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";
/// The token that Zoho's page for adding permissions expects.
const ENHANCE_TOKEN: &str = SECOND_REFRESH;
/// The documented redirect of that page.
const ADDED: &[(&str, &str)] = &[("state", STATE), ("status", "success"), ("scope_enhanced", "true")];
/// The same in case Zoho omits the `state`. Anyone can send this.
const WITHOUT_STATE: &[(&str, &str)] = &[("status", "success"), ("scope_enhanced", "true")];

fn target(pairs: &[(&str, &str)]) -> Vec<u8> {
    link(pairs).replace("cliqkeyfob://", "/").into_bytes()
}

/// Zoho's response to a refresh, with these permissions.
fn refreshed(scopes: &str) -> String {
    format!(r#"{{"access_token":"{SECOND_ACCESS}","scope":"{scopes}","token_type":"Bearer","expires_in":3600}}"#)
}

fn with_the_new_one() -> String {
    refreshed("AaaServer.profile.READ ZohoCliq.Channels.READ ZohoCliq.Profile.READ ZohoCliq.Users.READ")
}

/// A connection of a Server-based client.
fn connected() -> (Scene, ConnectionId) {
    let mut scene = Scene::waiting_at(PORT);
    scene.port_is_asked(&target(&[("state", STATE), ("code", CODE)]));
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let id = scene.card().id;
    (scene, id)
}

/// The same, with one more permission chosen.
fn wants_more() -> (Scene, ConnectionId) {
    let (mut scene, id) = connected();
    scene.asks(SignInIntent::AddPermissions { id });
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    scene.settles();
    scene.forget_what_it_did();
    (scene, id)
}

/// The same, with the browser at Zoho's page for adding it.
fn adding() -> (Scene, ConnectionId) {
    let (mut scene, id) = wants_more();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.zoho_says(&format!(r#"{{"access_token":"{ENHANCE_TOKEN}","token_type":"update_scope","expires_in":600}}"#));
    scene.listens_on(PORT);
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    scene.browser_opens();
    (scene, id)
}

fn asked(scene: &Scene, name: &str) -> Option<String> {
    let pairs: BTreeMap<_, _> = scene.address().query_pairs().into_owned().collect();
    pairs.get(name).cloned()
}

/// The enhance token becomes part of the browser's address, so an access token must not be taken for one.
// Shows T4.
#[test]
fn an_access_token_never_appears_in_an_address() {
    for other in ["Bearer", "bearer", "Zoho-oauthtoken", ""] {
        let (mut scene, _) = wants_more();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.zoho_says(&format!(r#"{{"access_token":"{SECOND_ACCESS}","token_type":"{other}","expires_in":3600}}"#));
        scene.listens_on(PORT);
        scene.draws();
        scene.settles();
        assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN), "all permissions are requested: {other}");
        assert!(!scene.address().as_str().contains(SECOND_ACCESS));
    }
}

#[test]
fn only_new_permissions_are_asked_and_the_refresh_token_stays() {
    let (mut scene, id) = wants_more();
    assert!(scene.draft().adds);
    let before = scene.card();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&[ENHANCE]);
    assert_eq!(field(scene.request(), "refresh_token").as_deref(), Some(REFRESH));
    scene.zoho_says(&format!(r#"{{"access_token":"{ENHANCE_TOKEN}","token_type":"update_scope","expires_in":600}}"#));
    scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw"]);
    scene.listens_on(PORT);
    scene.draws();
    scene.settles();
    scene.did_besides_saving(&[ADD]);
    assert_eq!(asked(&scene, "response_type").as_deref(), Some("update_scopes"));
    assert_eq!(asked(&scene, "client_id").as_deref(), Some(CLIENT_ID));
    assert_eq!(asked(&scene, "redirect_uri").as_deref(), Some("http://localhost:28473/callback"));
    assert_eq!(asked(&scene, "scope").as_deref(), Some("ZohoCliq.Users.READ"));
    assert_eq!(asked(&scene, "enhance_token").as_deref(), Some(ENHANCE_TOKEN));
    assert_eq!(asked(&scene, "logout").as_deref(), Some("false"));

    scene.port_is_asked(&target(ADDED));
    scene.did_besides_saving(&["raise", "show Done", REFRESHES]);
    scene.zoho_says(&with_the_new_one());
    scene.did_besides_saving(&["stop listening"]);
    let (draft, card) = (scene.draft(), scene.card());
    assert_eq!((draft.kept, scene.screen()), (Some(id), Screen::Wizard { step: Step::Use }));
    assert!(card.missing.is_empty() && card.granted.iter().any(|s| s.as_str() == "ZohoCliq.Users.READ"));
    assert_eq!((card.refresh, card.access), (before.refresh, masked(SECOND_ACCESS)));

    scene.asks(SignInIntent::Open { id });
    let told: Vec<_> = scene.snapshot().page.unwrap().activity.into_iter().map(|entry| entry.what).collect();
    assert_eq!(told, [Happened::PermissionsAdded, Happened::Refreshed, Happened::Consented]);
    assert!(scene.snapshot().draft.is_none(), "the draft is done");
}

#[test]
fn where_zoho_refuses_a_full_sign_in_follows() {
    for refused in [r#"{"error":"invalid_client_type"}"#, GONE, "{}", r#"{"error":"invalid_client"}"#] {
        let (mut scene, _) = wants_more();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.zoho_says(refused);
        scene.listens_on(PORT);
        scene.draws();
        scene.settles();
        assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN), "{refused}");
        assert_eq!(
            asked(&scene, "scope").unwrap(),
            "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ,ZohoCliq.Users.READ"
        );
        assert!(scene.card().standing == keyfob_core::standing::Standing::Fresh, "the connection is unchanged");
    }
}

#[test]
fn a_failed_request_is_reported_and_can_be_repeated() {
    let answers = [
        (Err(TransportError::TimedOut), "TimedOut"),
        (Err(TransportError::Unreachable), "Unreachable"),
        (Err(TransportError::Untrusted), "Untrusted"),
        (web_page(), "WebPage"),
        (reply(503, ""), "ServerTrouble"),
        (reply(200, ""), "EmptyAnswer"),
        (reply(200, "{\"acc"), "Garbled"),
        (reply(200, TOO_MANY), "Throttled"),
    ];
    for (answer, name) in answers {
        let (mut scene, _) = wants_more();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.replies(answer);
        let said = scene.attempt_ended_with();
        assert!(format!("{said:?}").starts_with(name), "{said:?}");
        assert!(scene.draft().adds, "permissions are still added without a full sign-in: {said:?}");
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.did_besides_saving(&[ENHANCE]);
    }
}

#[test]
pub fn a_refresh_without_the_permissions_leads_to_a_full_sign_in() {
    for answer in [refreshed("ZohoCliq.Channels.READ"), renewed(SECOND_ACCESS)] {
        let (mut scene, _) = adding();
        scene.port_is_asked(&target(ADDED));
        scene.zoho_says(&answer);
        assert_eq!(scene.said_while_waiting(), Some(Problem::NotAdded));
        assert!(scene.draft().kept.is_none());

        scene.settles();
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.listens_on(PORT);
        scene.draws_state("state-of-the-second-consent-9876543210");
        scene.settles();
        assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN));
        assert!(!scene.draft().adds);
    }
}

#[test]
fn a_redirect_with_our_state_counts_and_another_is_a_stray() {
    let (mut scene, _) = adding();
    scene.forget_what_it_did();
    scene.port_is_asked(&target(&[("state", "another"), ("status", "success")]));
    scene.did(&["show NotThis"]);
    scene.port_is_asked(&target(&[("state", "another"), ("error", "access_denied")]));
    scene.did(&["show NotThis"]);
    assert_eq!(scene.strays(), 2);
    scene.port_is_asked(&target(&[("state", STATE), ("status", "success")]));
    scene.did_besides_saving(&["raise", "show Done", REFRESHES]);
}

// Shows T6; ASVS 10.2.1.
#[test]
fn ten_redirects_without_a_state_cost_one_refresh_and_no_raise() {
    let (mut scene, id) = adding();
    scene.forget_what_it_did();
    let before = scene.card();
    scene.port_is_asked(b"/callback?");
    scene.did_besides_saving(&["show GoBack", REFRESHES]);
    for _ in 0..9 {
        scene.port_is_asked(b"/callback?");
        scene.did_besides_saving(&["show NotThis"]);
    }
    assert_eq!(scene.strays(), 9);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.port_is_asked(&target(WITHOUT_STATE));
    scene.did_besides_saving(&["show NotThis"]);
    assert_eq!(scene.said_while_waiting(), None, "an untrusted request shows nothing");
    assert_eq!((scene.card().granted, scene.card().refresh), (before.granted, before.refresh));
    scene.link(keyfob_core::loopback::FRONT);
    scene.did(&[]);

    // The user can still finish, by Zoho's redirect with the `state` or by the button.
    scene.asks(SignInIntent::HaveAdded);
    scene.did_besides_saving(&[REFRESHES]);
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn a_redirect_without_a_state_is_checked_once() {
    let (mut scene, id) = adding();
    scene.port_is_asked(&target(WITHOUT_STATE));
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn the_button_reports_when_nothing_was_added() {
    let (mut scene, id) = adding();
    scene.asks(SignInIntent::HaveAdded);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.said_while_waiting(), Some(Problem::NotAdded));
    scene.asks(SignInIntent::HaveAdded);
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));

    let mut other = Scene::waiting_at(PORT);
    other.asks(SignInIntent::HaveAdded);
    other.did(&[]);
}

#[test]
fn a_redirect_without_a_state_never_spends_the_last_refresh() {
    let (mut scene, id) = adding();
    scene.asks(TokensIntent::Refresh { id });
    while !scene.requests().is_empty() {
        scene.zoho_says(&renewed(SECOND_ACCESS));
        scene.asks(TokensIntent::Refresh { id });
    }
    scene.settles();
    let notices = scene.snapshot().notices;
    scene.forget_what_it_did();
    scene.port_is_asked(&target(WITHOUT_STATE));
    scene.did(&["show NotThis"]);
    assert_eq!(scene.snapshot().notices, notices);
}

#[test]
fn a_denial_ends_it_and_leaves_the_connection_unchanged() {
    let (mut scene, _) = adding();
    let before = scene.card();
    scene.port_is_asked(&target(&[("state", STATE), ("error", "access_denied")]));
    assert_eq!(scene.attempt_ended_with(), Problem::Denied);
    assert_eq!(scene.card(), before);

    let (mut scene, _) = adding();
    scene.port_is_asked(&target(&[("error", "access_denied")]));
    assert_eq!(scene.said_while_waiting(), Some(Problem::Denied), "the denial could come from anyone");
}

#[test]
fn the_address_can_be_pasted_and_a_wrong_one_is_reported() {
    let (mut scene, id) = adding();
    for (pasted, why) in [
        ("http://localhost:28474/callback?status=success", PastedProblem::Address),
        ("http://localhost:28473/callback?status=success&state=another", PastedProblem::OtherSignIn),
    ] {
        scene.asks(SignInIntent::PasteAddress { text: pasted.into() });
        assert_eq!(scene.said_while_waiting(), Some(Problem::NotTheAddress { why }));
    }
    scene.asks(SignInIntent::PasteAddress { text: "http://localhost:28473/callback?status=success\n".into() });
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn without_a_free_port_the_next_press_uses_the_current_choice() {
    let (mut scene, _) = wants_more();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.zoho_says(&format!(r#"{{"access_token":"{ENHANCE_TOKEN}","token_type":"update_scope","expires_in":600}}"#));
    scene.draws();
    scene.ports_are_busy(&[PORT]);
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: false });
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.listens_on(PORT);
    scene.draws();
    scene.settles();
    assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN), "the enhance token is used for nothing else");
}

#[test]
fn any_refresh_that_names_the_new_permissions_completes_it() {
    let (mut scene, id) = adding();
    scene.later(minutes(9));
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn a_refresh_completes_no_other_sign_in() {
    let (mut scene, id) = connected();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.listens_on(PORT);
    scene.draws();
    scene.settles();
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&with_the_new_one());
    assert!(scene.is_waiting() && scene.draft().kept.is_none());
}

#[test]
pub fn adding_permissions_survives_a_restart() {
    let (mut scene, id) = adding();
    scene.settles();
    let mut scene = scene.starts_again();
    assert!(scene.is_waiting());
    scene.listens_on(PORT);
    scene.port_is_asked(&target(ADDED));
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn after_cancelling_failing_or_expiry_all_are_requested() {
    let ends: [fn(&mut Scene); 3] = [
        |scene| scene.asks(SignInIntent::CancelConsent),
        |scene| scene.asks(SignInIntent::Saw { page: keyfob_core::fields::ZohoPage::Redirect }),
        |scene| scene.later(minutes(11)),
    ];
    for end in ends {
        let (mut scene, _) = adding();
        end(&mut scene);
        scene.settles();
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw"]);
    }
}

#[test]
fn a_connection_revoked_meanwhile_is_reported() {
    let (mut scene, id) = adding();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    scene.port_is_asked(&target(ADDED));
    assert_eq!(scene.attempt_ended_with(), Problem::GrantEnded);
}

#[test]
fn it_is_not_tried_where_it_cannot_work() {
    let changes: [fn(&mut Scene, ConnectionId); 5] = [
        |scene, _| scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::Mobile }),
        |scene, _| scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: false }),
        |scene, _| scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: false }),
        |scene, _| scene.asks(SignInIntent::KeepAccess { on: false }),
        |scene, _| scene.asks(SignInIntent::TypeClientId { text: "1000.ZYXWVUTSRQPONMLKJIHGFEDCBA9876".into() }),
    ];
    for change in changes {
        let (mut scene, id) = wants_more();
        change(&mut scene, id);
        assert!(!scene.draft().adds);
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: true });
        scene.did_besides_saving(&["draw"]);
    }
    let (mut mobile, id) = Scene::connected();
    mobile.asks(SignInIntent::AddPermissions { id });
    mobile.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    assert!(!mobile.draft().adds);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_port_requests_cost_one_refresh_and_change_nothing(
        tails in prop::collection::vec("(\\?|&|=|state|status|success|error|scope_enhanced|true|code|[a-z]|\\PC){0,12}", 0..12),
        bytes in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..12),
    ) {
        let (mut scene, _) = adding();
        let before = scene.card();
        for tail in &tails {
            scene.port_is_asked(format!("/callback?{tail}").as_bytes());
        }
        for bytes in &bytes {
            scene.port_is_asked(&[b"/callback?", &bytes[..]].concat());
        }
        prop_assert!(scene.is_waiting());
        prop_assert!(scene.requests().len() <= 1, "more than one refresh");
        let after = scene.card();
        prop_assert_eq!((after.granted, after.refresh, after.access), (before.granted, before.refresh, before.access));
    }
}
