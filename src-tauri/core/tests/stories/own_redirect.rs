//! A client whose redirect URI is not Keyfob's and cannot be changed.

use keyfob_core::credential_hints::Hint;
use keyfob_core::intent::SignInIntent;
use keyfob_core::problem::PastedProblem;
use keyfob_core::redirect_method::RedirectMethod;
use keyfob_core::redirect_refused::RedirectRefused;
use keyfob_core::snapshot::{ApprovalView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Intent, Problem};
use zoho_oauth::client::ClientType;

use crate::scene::*;

/// A client secret that Keyfob does not hold.
const OTHER_SECRET: &str = "fedcba9876543210fedcba9876543210fedcba98";
const OWN: &str = "https://www.example.com/";

fn has(address: &str) -> Intent {
    Intent::SignIn(SignInIntent::UseRedirectUri { address: address.into() })
}

fn at(step: Step) -> Screen {
    Screen::Wizard { step }
}

/// The wizard is filled in for a Server-based client with its own redirect URI.
fn ready() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::ServerBased });
    scene.asks(has(OWN));
    scene.settles();
    scene.forget_what_it_did();
    scene
}

fn waiting() -> Scene {
    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["draw"]);
    scene.draws();
    scene.settles();
    scene.browser_opens();
    scene.forget_what_it_did();
    assert!(scene.is_waiting());
    scene
}

/// The address in the browser after the user's approval.
fn answer() -> String {
    good_link().replace("cliqkeyfob://callback", OWN)
}

fn pastes(scene: &mut Scene, text: &str) {
    scene.asks(SignInIntent::PasteAddress { text: text.into() });
    scene.settles();
}

#[test]
fn the_redirect_address_is_pasted() {
    let mut scene = waiting();
    pastes(&mut scene, &answer());
    let call = scene.request();
    assert_eq!(field(call, "redirect_uri").as_deref(), Some(OWN));
    assert_eq!(field(call, "code").as_deref(), Some(CODE));
    assert_eq!(field(call, "code_verifier").as_deref(), Some(VERIFIER));
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
}

#[test]
fn zoho_is_sent_the_address_byte_for_byte() {
    let mut scene = ready();
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.draws();
    scene.settles();
    let asked = scene.address().query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    assert_eq!(asked, OWN);
    let draft = scene.draft();
    assert_eq!((draft.redirect_method, draft.form.redirect_uris), (RedirectMethod::Pasted, vec![OWN.to_owned()]));
}

#[test]
fn no_port_listens_for_the_redirect() {
    let scene = waiting();
    assert_eq!(scene.count(|effect| matches!(effect, keyfob_core::Effect::Listen(..))), 0);
    assert!(matches!(scene.approval(), ApprovalView::Waiting { problem: None, .. }));
}

#[test]
fn a_redirect_of_another_sign_in_is_refused() {
    let mut scene = waiting();
    pastes(&mut scene, &answer().replace(STATE, "another"));
    assert_eq!(scene.said_while_waiting(), Some(Problem::NotTheAddress { why: PastedProblem::OtherSignIn }));
    pastes(&mut scene, OWN);
    assert!(matches!(scene.said_while_waiting(), Some(Problem::NotTheAddress { .. })));
    assert!(scene.requests().is_empty());
}

#[test]
fn an_address_with_its_own_query_is_read_too() {
    let mut scene = ready();
    let own = "https://www.example.com/back?tenant=7";
    scene.asks(has(own));
    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.draws();
    scene.settles();
    let pasted = format!("{own}&{}", good_link().split_once('?').unwrap().1);
    pastes(&mut scene, &pasted);
    assert_eq!(field(scene.request(), "redirect_uri").as_deref(), Some(own));
}

#[test]
fn an_invalid_address_is_reported_and_the_old_one_stays() {
    let mut scene = ready();
    let own_secret = format!("https://www.example.com/?key={CLIENT_SECRET}");
    for (text, why) in [
        ("www.example.com", RedirectRefused::NotAnAddress),
        ("cliqkeyfob://other", RedirectRefused::NotAnAddress),
        ("https://www.example.com/#top", RedirectRefused::Fragment),
        ("https://ada@www.example.com/", RedirectRefused::UserInfo),
        ("https://www.example.com/?code=1000.ab.cd", RedirectRefused::Answer),
        (&own_secret, RedirectRefused::Value { like: Hint::Own }),
        (OTHER_SECRET, RedirectRefused::Value { like: Hint::LooksLikeSecret }),
        (REFRESH, RedirectRefused::Value { like: Hint::LooksLikeCode }),
    ] {
        scene.asks(has(text));
        assert_eq!(scene.draft().redirect_refused, Some(why), "{text}");
        assert_eq!(scene.draft().own_redirect.as_deref(), Some(OWN));
    }
    scene.asks(has("https://www.example.org/"));
    let draft = scene.draft();
    assert!(draft.redirect_refused.is_none() && draft.own_redirect.as_deref() == Some("https://www.example.org/"));
}

#[test]
fn a_refused_address_blocks_the_wizard_until_corrected() {
    let mut scene = ready();
    scene.asks(SignInIntent::GoTo { step: Step::Register });
    scene.asks(has("www.example.com"));
    scene.asks(SignInIntent::Next);
    assert_eq!((scene.screen(), scene.draft().furthest), (at(Step::Register), Step::Register));
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert!(scene.requests().is_empty() && !scene.is_waiting());

    scene.asks(has("https://www.example.com/"));
    scene.asks(SignInIntent::Next);
    assert_eq!(scene.screen(), at(Step::Credentials));

    scene.asks(has("www.example.com"));
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser });
    assert_eq!(scene.draft().furthest, Step::Approve, "a client without a redirect needs no address");
}

#[test]
fn without_an_own_address_keyfobs_redirect_is_used() {
    for back in ["", "http://localhost:28473/callback"] {
        let mut scene = ready();
        scene.asks(has(back));
        assert_eq!((scene.draft().redirect_method, scene.draft().own_redirect), (RedirectMethod::Loopback, None));
    }
    let mut scene = ready();
    for (client_type, redirect_method) in [
        (ClientType::SelfClient, RedirectMethod::ConsoleCode),
        (ClientType::NonBrowser, RedirectMethod::Device),
        (ClientType::Mobile, RedirectMethod::Pasted),
    ] {
        scene.asks(SignInIntent::ChooseClientType { client_type });
        assert_eq!(scene.draft().redirect_method, redirect_method);
    }
}

#[test]
fn the_address_is_kept_for_the_next_sign_in() {
    let mut scene = waiting();
    pastes(&mut scene, &answer());
    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    let mut scene = scene.starts_again();
    let id = scene.card().id;
    scene.asks(SignInIntent::SignInAgain { id });
    assert_eq!(
        (scene.draft().redirect_method, scene.draft().own_redirect.as_deref()),
        (RedirectMethod::Pasted, Some(OWN))
    );
}

#[test]
fn the_address_is_fixed_while_a_sign_in_is_pending() {
    let mut scene = waiting();
    scene.asks(has("https://www.example.org/"));
    assert_eq!(scene.draft().own_redirect.as_deref(), Some(OWN));
    assert!(scene.is_waiting());
}
