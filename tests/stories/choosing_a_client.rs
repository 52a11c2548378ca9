//! Which kind of client it is, and what that changes.

use keyfob_core::intent::SignInIntent;
use keyfob_core::redirect_method::RedirectMethod;
use zoho_oauth::client::ClientType;

use crate::scene::*;

#[test]
fn the_kind_of_client_says_what_to_register_and_nothing_is_typed_twice() {
    let mut scene = Scene::ready_to_approve();
    let typed = (scene.draft().client_id, scene.draft().scopes);
    for (client_type, redirect_method, redirect_uris) in [
        (
            ClientType::ServerBased,
            RedirectMethod::Loopback,
            vec!["http://localhost:28473/callback", "http://localhost:28474/callback"],
        ),
        (ClientType::SelfClient, RedirectMethod::ConsoleCode, vec![]),
        (ClientType::NonBrowser, RedirectMethod::Device, vec![]),
        (ClientType::Mobile, RedirectMethod::DeepLink, vec!["cliqkeyfob://callback"]),
    ] {
        scene.asks(SignInIntent::ChooseClientType { client_type });
        let draft = scene.draft();
        assert_eq!((draft.client_type, draft.redirect_method), (client_type, redirect_method));
        assert_eq!(draft.form.redirect_uris, redirect_uris);
        assert_eq!((draft.client_id, draft.scopes), typed);
    }
}

#[test]
fn while_a_consent_is_pending_it_stays_what_it_is() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    assert_eq!(scene.draft().client_type, ClientType::Mobile);
}
