//! The client type, and what depends on it.

use keyfob_core::intent::SignInIntent;
use keyfob_core::redirect_method::RedirectMethod;
use zoho_oauth::client::ClientType;

use crate::scene::*;

#[test]
fn the_client_type_sets_the_redirect_uris_and_keeps_the_input() {
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
fn the_client_type_is_fixed_while_a_consent_is_pending() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    assert_eq!(scene.draft().client_type, ClientType::Mobile);
}
