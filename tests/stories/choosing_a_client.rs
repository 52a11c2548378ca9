//! Which kind of client it is, and what that changes.

use keyfob_core::intent::SignInIntent;
use keyfob_core::way_home::WayHome;
use zoho_oauth::client::ClientType;

use crate::scene::*;

#[test]
fn the_kind_of_client_says_what_to_register_and_nothing_is_typed_twice() {
    let mut scene = Scene::ready_to_approve();
    let typed = (scene.draft().client_id, scene.draft().scopes);
    for (client_type, way_home, redirect_uris) in [
        (
            ClientType::ServerBased,
            WayHome::Loopback,
            vec!["http://localhost:28473/callback", "http://localhost:28474/callback"],
        ),
        (ClientType::SelfClient, WayHome::ConsoleCode, vec![]),
        (ClientType::NonBrowser, WayHome::Device, vec![]),
        (ClientType::Mobile, WayHome::DeepLink, vec!["cliqkeyfob://callback"]),
    ] {
        scene.asks(SignInIntent::ChooseClientType { client_type });
        let draft = scene.draft();
        assert_eq!((draft.client_type, draft.way_home), (client_type, way_home));
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
