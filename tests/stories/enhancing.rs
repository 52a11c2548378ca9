//! More permissions for a Server-based client: Zoho is asked for those that are new, and the refresh token stays.

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
/// What Zoho's page to add permissions wants.
const ENHANCE_TOKEN: &str = SECOND_REFRESH;
/// How that page is said to send the user back.
const ADDED: &[(&str, &str)] = &[("state", STATE), ("status", "success"), ("scope_enhanced", "true")];
/// The same, should Zoho leave the `state` out there: anybody may send this.
const WITHOUT_STATE: &[(&str, &str)] = &[("status", "success"), ("scope_enhanced", "true")];

fn target(pairs: &[(&str, &str)]) -> Vec<u8> {
    link(pairs).replace("cliqkeyfob://", "/").into_bytes()
}

/// Zoho's answer to a refresh, with these permissions.
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

/// The same, and one permission more is chosen for it.
fn wants_more() -> (Scene, ConnectionId) {
    let (mut scene, id) = connected();
    scene.asks(SignInIntent::AddPermissions { id });
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Users.READ".into(), on: true });
    scene.settles();
    scene.forget_what_it_did();
    (scene, id)
}

/// Up to the browser at Zoho's page to add it.
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

/// The browser's address holds what Zoho answers, so an access token may not be it.
// Shows T4.
#[test]
fn an_access_token_in_place_of_the_pages_is_in_no_address() {
    for other in ["Bearer", "bearer", "Zoho-oauthtoken", ""] {
        let (mut scene, _) = wants_more();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.zoho_says(&format!(r#"{{"access_token":"{SECOND_ACCESS}","token_type":"{other}","expires_in":3600}}"#));
        scene.listens_on(PORT);
        scene.draws();
        scene.settles();
        assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN), "all permissions are asked for: {other}");
        assert!(!scene.address().as_str().contains(SECOND_ACCESS));
    }
}

#[test]
fn only_what_is_new_is_asked_and_the_refresh_token_stays() {
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
    assert!(scene.snapshot().draft.is_none(), "the draft has served");
}

#[test]
fn where_zoho_does_not_do_it_the_same_press_asks_for_all_of_them() {
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
        assert!(scene.card().standing == keyfob_core::standing::Standing::Fresh, "the connection is as it was");
    }
}

#[test]
fn what_is_no_answer_of_zohos_is_said_and_tried_again() {
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
        assert!(scene.draft().adds, "permissions are still added, not asked for anew: {said:?}");
        scene.forget_what_it_did();
        scene.asks(SignInIntent::SignIn { anyway: false });
        scene.did_besides_saving(&[ENHANCE]);
    }
}

#[test]
pub fn a_refresh_that_does_not_name_them_proves_nothing_and_signing_in_asks_for_all() {
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
fn the_page_that_comes_back_with_our_state_is_ours_and_with_another_it_is_a_stray() {
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
fn ten_knocks_without_a_state_cost_one_refresh_and_no_raise() {
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
    assert_eq!(scene.said_while_waiting(), None, "a stranger's request puts nothing on the screen");
    assert_eq!((scene.card().granted, scene.card().refresh), (before.granted, before.refresh));
    scene.link(keyfob_core::loopback::FRONT);
    scene.did(&[]);

    // The user still finishes: Zoho's own answer with the state, or a press.
    scene.asks(SignInIntent::HaveAdded);
    scene.did_besides_saving(&[REFRESHES]);
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn an_answer_without_a_state_is_looked_at_once() {
    let (mut scene, id) = adding();
    scene.port_is_asked(&target(WITHOUT_STATE));
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn a_press_says_so_where_nothing_was_added() {
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
fn a_knock_never_uses_up_the_last_new_token() {
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
fn reject_ends_it_and_leaves_the_connection_as_it_was() {
    let (mut scene, _) = adding();
    let before = scene.card();
    scene.port_is_asked(&target(&[("state", STATE), ("error", "access_denied")]));
    assert_eq!(scene.attempt_ended_with(), Problem::Denied);
    assert_eq!(scene.card(), before);

    let (mut scene, _) = adding();
    scene.port_is_asked(&target(&[("error", "access_denied")]));
    assert_eq!(scene.said_while_waiting(), Some(Problem::Denied), "anybody may have said so");
}

#[test]
fn the_address_can_be_pasted_and_a_wrong_one_is_said() {
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
fn where_no_port_is_free_the_next_press_begins_anew_with_what_is_chosen_then() {
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
    assert_eq!(scene.last_done().as_deref(), Some(SIGN_IN), "what was got for the page to add serves nothing else");
}

#[test]
fn any_refresh_that_names_them_will_do() {
    let (mut scene, id) = adding();
    scene.later(minutes(9));
    scene.asks(TokensIntent::Refresh { id });
    scene.zoho_says(&with_the_new_one());
    assert_eq!(scene.draft().kept, Some(id));
}

#[test]
fn a_refresh_is_the_end_of_no_other_sign_in() {
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
pub fn it_outlives_a_restart() {
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
fn once_cancelled_given_up_by_a_page_or_run_out_all_are_asked_for() {
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
fn a_connection_that_went_meanwhile_is_said() {
    let (mut scene, id) = adding();
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.zoho_says(REVOKED);
    scene.port_is_asked(&target(ADDED));
    assert_eq!(scene.attempt_ended_with(), Problem::GrantEnded);
}

#[test]
fn it_is_not_tried_where_it_could_not_work() {
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
    fn whatever_comes_to_the_port_nothing_is_believed_that_no_refresh_names(
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
        prop_assert!(scene.requests().len() <= 1, "one refresh at most");
        let after = scene.card();
        prop_assert_eq!((after.granted, after.refresh, after.access), (before.granted, before.refresh, before.access));
    }
}
