//! The redirect of a Server-based client: a request to a port of this machine.

use keyfob_core::intent::{AppIntent, SignInIntent};
use std::collections::BTreeMap;

use keyfob_core::Problem;
use keyfob_core::loopback::FRONT;
use keyfob_core::problem::PastedProblem;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use proptest::prelude::*;
use zoho_oauth::client::ClientType;

use crate::scene::*;

const FIRST: u16 = 28_473;
const SECOND: u16 = 28_474;
const EXCHANGE: &str = "POST accounts.zoho.eu/oauth/v2/token authorization_code";

/// The browser's request to the port, with these parameters.
fn target(pairs: &[(&str, &str)]) -> String {
    link(pairs).replace("cliqkeyfob://", "/")
}

fn good_target() -> String {
    good_link().replace("cliqkeyfob://", "/")
}

fn asked(scene: &Scene, name: &str) -> Option<String> {
    let pairs: BTreeMap<_, _> = scene.address().query_pairs().into_owned().collect();
    pairs.get(name).cloned()
}

fn server_based() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::ServerBased });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

#[test]
fn the_port_opens_before_the_browser_and_closes_afterwards() {
    let mut scene = server_based();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did(&["listen on [28473, 28474]", "check the redirect", "draw"]);
    scene.draws();
    scene.did(&[]);
    scene.listens_on(SECOND);
    scene.did(&["save"]);
    scene.settles();
    scene.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
    assert_eq!(asked(&scene, "redirect_uri").unwrap(), "http://localhost:28474/callback");
    assert_eq!(scene.draft().redirect_uri.unwrap(), "http://localhost:28474/callback");

    scene.port_is_asked(good_target().as_bytes());
    scene.did_besides_saving(&["raise", "show Done", "stop listening", EXCHANGE]);
    assert_eq!(field(scene.request(), "redirect_uri").unwrap(), "http://localhost:28474/callback");
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
    assert_eq!(scene.strays(), 0);
}

#[test]
fn a_foreign_link_scheme_is_no_obstacle() {
    let mut scene = server_based();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.redirect_method(Err(Problem::LinkNotOurs { owner: None }));
    scene.listens_on(FIRST);
    scene.draws();
    scene.settles();
    assert!(scene.is_waiting());
    assert_eq!(scene.said_while_waiting(), None);
}

#[test]
fn a_redirect_mismatch_names_the_address() {
    let mut scene = Scene::waiting_at(SECOND);
    scene.port_is_asked(good_target().as_bytes());
    scene.zoho_says(r#"{"error":"invalid_redirect_uri"}"#);
    let redirect_uri = "http://localhost:28474/callback".to_owned();
    assert_eq!(scene.attempt_ended_with(), Problem::RedirectMismatch { redirect_uri });
}

#[test]
fn busy_ports_are_reported_and_no_browser_opens() {
    let mut scene = server_based();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.ports_are_busy(&[FIRST, SECOND]);
    assert_eq!(scene.attempt_ended_with(), Problem::PortsBusy { ports: vec![FIRST, SECOND] });
    scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw"]);

    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw"]);
}

#[test]
fn with_busy_ports_the_address_can_be_pasted() {
    let mut scene = server_based();
    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.draws();
    scene.settles();
    scene.did_besides_saving(&["draw", "browse accounts.zoho.eu/oauth/v2/auth"]);
    assert_eq!(asked(&scene, "redirect_uri").unwrap(), "http://localhost:28473/callback");
    pastes(&mut scene);
    scene.did_besides_saving(&["raise", EXCHANGE]);
}

#[test]
fn pasting_the_address_closes_the_port() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.asks(SignInIntent::PasteAddress { text: good_link().into() });
    assert_eq!(
        scene.said_while_waiting(),
        Some(Problem::NotTheAddress { why: PastedProblem::Address }),
        "the link belongs to another client type"
    );
    pastes(&mut scene);
    scene.did_besides_saving(&["raise", "stop listening", EXCHANGE]);
}

fn pastes(scene: &mut Scene) {
    let address = format!("http://localhost:28473{}", good_target());
    scene.asks(SignInIntent::PasteAddress { text: address.into() });
    assert_eq!(field(scene.request(), "redirect_uri").unwrap(), "http://localhost:28473/callback");
}

// Shows T6.
#[test]
fn a_forged_request_to_the_port_changes_nothing() {
    let mut scene = Scene::waiting_at(FIRST);
    let before = scene.draft();
    let right = format!("state={STATE}&code={CODE}");
    let forged = [
        String::new(),
        "/".to_owned(),
        "/callback".to_owned(),
        "/callback?".to_owned(),
        format!("/?{right}"),
        format!("/callback/?{right}"),
        format!("/Callback?{right}"),
        format!("/callback#{right}"),
        format!("callback?{right}"),
        format!("http://localhost:28473/callback?{right}"),
        target(&[("code", CODE)]),
        target(&[("state", "another-state"), ("code", CODE)]),
        target(&[("state", STATE), ("state", STATE), ("code", CODE)]),
        target(&[("state", "another-state"), ("error", "access_denied")]),
        target(&[("error", "Call 555 0199 and read them your code")]),
        target(&[("error", "your_account_is_locked_call_zoho")]),
        target(&[("state", STATE), ("code", &"x".repeat(1 << 20))]),
    ];
    for (count, target) in (1..).zip(forged) {
        scene.port_is_asked(target.as_bytes());
        scene.did(&["show NotThis"]);
        assert_eq!((scene.strays(), scene.draft()), (count, before.clone()));
    }
    scene.link(&good_link());
    scene.did(&[]);
    scene.port_is_asked(good_target().as_bytes());
    scene.did_besides_saving(&["raise", "show Done", "stop listening", EXCHANGE]);
}

// Shows T27.
#[test]
fn another_users_request_is_counted_and_changes_nothing() {
    let mut scene = Scene::waiting_at(FIRST);
    let before = scene.draft();
    scene.happens(keyfob_core::Event::LoopbackRefused);
    scene.did(&[]);
    assert_eq!((scene.strays(), scene.draft()), (1, before));
}

#[test]
fn a_browser_that_insists_on_https_is_explained() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.happens(keyfob_core::Event::HttpsAsked);
    scene.did(&[]);
    assert_eq!(scene.said_while_waiting(), Some(Problem::AskedByHttps));
    let address = format!("https://localhost:28473{}", good_target());
    scene.asks(SignInIntent::PasteAddress { text: address.into() });
    assert_eq!(field(scene.request(), "redirect_uri").unwrap(), "http://localhost:28473/callback");

    let mut elsewhere = Scene::waiting();
    elsewhere.happens(keyfob_core::Event::HttpsAsked);
    assert_eq!(elsewhere.said_while_waiting(), None, "a link is expected, not a request to the port");
}

// Shows N10.
#[test]
fn a_repeated_redirect_counts_once() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.port_is_asked(good_target().as_bytes());
    scene.forget_what_it_did();
    scene.port_is_asked(good_target().as_bytes());
    scene.did_besides_saving(&["show NotThis"]);
    assert_eq!(scene.strays(), 1);
}

#[test]
fn the_port_accepts_nothing_for_a_deep_link_client() {
    let mut scene = Scene::waiting();
    scene.port_is_asked(good_target().as_bytes());
    scene.did(&["show NotThis"]);
    assert!(scene.is_waiting());
}

#[test]
fn a_denial_is_shown_on_the_final_page_too() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.port_is_asked(target(&[("state", STATE), ("error", "access_denied")]).as_bytes());
    scene.did_besides_saving(&["raise", "show Refused", "stop listening"]);
    assert_eq!(scene.attempt_ended_with(), Problem::Denied);

    // Zoho does not document whether `state` is included. Without it nothing ends, since anyone could send this.
    let mut scene = Scene::waiting_at(FIRST);
    scene.port_is_asked(target(&[("error", "access_denied")]).as_bytes());
    scene.did(&["show GoBack"]);
    assert_eq!(scene.said_while_waiting(), Some(Problem::Denied));
    scene.link(FRONT);
    scene.did(&[]);
    assert_eq!(scene.strays(), 1, "the window is not raised");
}

// Shows T6.
#[test]
pub fn however_an_attempt_ends_the_port_closes() {
    type Ending = (&'static str, fn(&mut Scene));
    let endings: [Ending; 5] = [
        ("cancelled", |s| s.asks(SignInIntent::CancelConsent)),
        ("ten minutes passed", |s| s.later(minutes(11))),
        ("thrown away", |s| s.asks(SignInIntent::ForgetDraft)),
        ("another one begun", |s| {
            s.asks(AppIntent::Practise);
            s.practice_starts();
        }),
        ("not saved", |s| {
            s.asks(SignInIntent::CancelConsent);
            s.settles();
            s.asks(SignInIntent::SignIn { anyway: false });
            s.listens_on(FIRST);
            s.draws();
            s.saving_fails();
        }),
    ];
    for (how, ends) in endings {
        let mut scene = Scene::waiting_at(FIRST);
        ends(&mut scene);
        assert_eq!(scene.last_done().as_deref(), Some("stop listening"), "{how}");
    }
}

#[test]
fn cancelling_before_the_port_is_open_closes_it_too() {
    let mut scene = server_based();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.asks(SignInIntent::CancelConsent);
    scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw", "stop listening"]);
    scene.listens_on(FIRST);
    scene.did_besides_saving(&[]);
}

#[test]
fn the_final_page_raises_keyfob_once_within_a_minute() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.link(FRONT);
    scene.did(&[]);
    assert_eq!(scene.strays(), 1, "before a redirect it is a stray link");
    scene.port_is_asked(good_target().as_bytes());
    scene.forget_what_it_did();

    scene.later(seconds(20));
    scene.link(FRONT);
    scene.did_besides_saving(&["raise"]);
    scene.link(FRONT);
    scene.did_besides_saving(&[]);
    assert_eq!(scene.strays(), 2);

    let mut late = Scene::waiting_at(FIRST);
    late.port_is_asked(good_target().as_bytes());
    late.forget_what_it_did();
    late.later(seconds(61));
    late.link(FRONT);
    late.did_besides_saving(&[]);
    assert_eq!(late.strays(), 1);
}

#[test]
fn after_a_restart_it_listens_on_the_same_port() {
    let mut again = Scene::waiting_at(SECOND).starts_again();
    again.did(&["listen on [28474]"]);
    again.listens_on(SECOND);
    again.did(&[]);
    assert_eq!(again.screen(), Screen::Wizard { step: Step::Approve });
    again.port_is_asked(good_target().as_bytes());
    again.did_besides_saving(&["raise", "show Done", "stop listening", EXCHANGE]);
    assert_eq!(field(again.request(), "redirect_uri").unwrap(), "http://localhost:28474/callback");
}

#[test]
fn a_port_busy_after_a_restart_is_reported_and_retried() {
    let mut again = Scene::waiting_at(FIRST).starts_again();
    again.ports_are_busy(&[FIRST]);
    assert_eq!(again.said_while_waiting(), Some(Problem::PortsBusy { ports: vec![FIRST] }));
    again.forget_what_it_did();

    again.asks(SignInIntent::OpenAgain);
    again.did(&["browse accounts.zoho.eu/oauth/v2/auth", "listen on [28473]"]);
    again.listens_on(FIRST);
    assert_eq!(again.said_while_waiting(), None);
    again.asks(SignInIntent::OpenAgain);
    again.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);
}

#[test]
fn signing_in_again_uses_the_port_too() {
    let mut scene = Scene::waiting_at(FIRST);
    scene.port_is_asked(good_target().as_bytes());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let id = scene.card().id;
    scene.asks(SignInIntent::SignInAgain { id });
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["listen on [28473, 28474]", "check the redirect", "draw"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_port_requests_get_a_page_and_send_nothing(
        targets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20),
        queries in prop::collection::vec("(state|code|location|accounts-server|&|=|%|[a-z]|\\PC){0,30}", 0..20),
    ) {
        let mut scene = Scene::waiting_at(FIRST);
        let before = scene.draft();
        let targets = targets.into_iter().chain(queries.iter().map(|q| format!("/callback?{q}").into_bytes()));
        for target in targets {
            scene.port_is_asked(&target);
            scene.did(&["show NotThis"]);
        }
        prop_assert_eq!(scene.draft(), before);
    }
}
