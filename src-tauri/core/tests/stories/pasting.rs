//! The fallback when the link never arrives: the user pastes the address.

use keyfob_core::fields::PasteField;
use keyfob_core::intent::SignInIntent;
use keyfob_core::problem::PastedProblem;
use keyfob_core::{Answer, Problem};

use crate::scene::*;

#[test]
fn a_pasted_address_works_like_the_link() {
    let whole = good_link();
    let query = whole.split_once('?').unwrap().1.to_owned();
    for pasted in [whole.clone(), format!("  \"{whole}\"\n"), format!("?{query}"), query] {
        let mut scene = Scene::waiting();
        scene.asks(SignInIntent::PasteAddress { text: pasted.into() });
        scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
        scene.zoho_says(&tokens());
        assert!(scene.to_confirm().lasts);
        assert_eq!(scene.strays(), 0);
    }
}

#[test]
fn the_address_can_be_pasted_with_a_button() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::Paste { field: PasteField::Address });
    scene.did(&["paste"]);
    scene.answer(Answer::Pasted(Ok(good_link().into())));
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn a_bare_code_is_accepted_for_the_pending_consent() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::PasteAddress { text: format!("“{CODE}”\n").into() });
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    assert_eq!(field(scene.request(), "code_verifier").unwrap(), VERIFIER);
    scene.asks(SignInIntent::PasteAddress { text: CODE.into() });
    assert_eq!(scene.requests().len(), 1, "a code is sent once");

    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::PasteAddress { text: CODE.into() });
    scene.did_besides_saving(&[]);
}

#[test]
fn a_wrong_pasted_text_is_explained() {
    let mut scene = Scene::waiting();
    for (pasted, why) in [
        ("hello", PastedProblem::NotAnAddress),
        (CLIENT_ID, PastedProblem::ClientId),
        ("https://accounts.zoho.eu/oauth/v2/auth?client_id=1", PastedProblem::NoCode),
        ("https://www.zoho.eu/cliq", PastedProblem::Address),
        (CLIENT_SECRET, PastedProblem::ClientSecret),
        ("1001.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210", PastedProblem::WebhookToken),
        ("ZohoCliq.Channels.READ", PastedProblem::Scopes),
        ("60012345678", PastedProblem::OrganisationId),
        (&*"x".repeat(1 << 20), PastedProblem::TooLong),
        ("cliqkeyfob://callback", PastedProblem::NoCode),
        ("cliqkeyfob://callback?state=a", PastedProblem::NoCode),
        ("cliqkeyfob://callback?state=a&state=b&code=1000.a.b", PastedProblem::Doubled),
        ("cliqkeyfob://callback?code=1000.a.b", PastedProblem::OtherSignIn),
        ("cliqkeyfob://callback?state=another&code=1000.a.b", PastedProblem::OtherSignIn),
    ] {
        scene.asks(SignInIntent::PasteAddress { text: pasted.into() });
        scene.did(&[]);
        assert_eq!(scene.said_while_waiting(), Some(Problem::NotTheAddress { why }), "{}", &pasted[..5]);
    }
    assert_eq!(scene.strays(), 0, "the user's mistake does not count as a stray link");

    scene.asks(SignInIntent::PasteAddress { text: good_link().into() });
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}
