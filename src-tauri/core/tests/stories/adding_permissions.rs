//! More permissions for an existing connection: the same registration, the union of both sets, one more consent.

use keyfob_core::connection::ConnectionId;
use keyfob_core::intent::SignInIntent;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use zoho_oauth::scope::Scopes;

use crate::scene::*;

fn choose(scene: &mut Scene, scope: &str, on: bool) {
    scene.asks(SignInIntent::ChooseScope { scope: scope.into(), on });
}

fn asked_in_the_browser(scene: &Scene) -> String {
    scene.address().query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned()
}

fn names(scopes: &Scopes) -> Vec<&str> {
    scopes.iter().map(zoho_oauth::scope::Scope::as_str).collect()
}

/// Adds a permission, up to the browser.
fn signs_in_for_more(scene: &mut Scene, id: ConnectionId, more: &str) {
    scene.asks(SignInIntent::AddPermissions { id });
    choose(scene, more, true);
    scene.settles();
    scene.signs_in();
}

#[test]
fn new_permissions_are_added_to_those_granted() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::AddPermissions { id });
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Scopes });
    assert_eq!(scene.draft().replaces, Some(id));
    scene.keeps_what_was_typed();

    choose(&mut scene, "ZohoCliq.Users.READ", true);
    assert_eq!(names(&scene.draft().gives_up), Vec::<&str>::new());
    scene.settles();
    scene.signs_in();
    assert_eq!(
        asked_in_the_browser(&scene),
        "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ,ZohoCliq.Users.READ"
    );

    scene.link(&good_link());
    let scopes = "AaaServer.profile.READ ZohoCliq.Channels.READ ZohoCliq.Profile.READ ZohoCliq.Users.READ";
    scene.zoho_says(&format!(
        r#"{{"access_token":"{SECOND_ACCESS}","refresh_token":"{SECOND_REFRESH}","scope":"{scopes}","expires_in":3600}}"#
    ));
    scene.keeps("");
    let card = scene.card();
    assert_eq!((card.id, card.name.as_str(), card.access), (id, "Finance bot", masked(SECOND_ACCESS)));
    assert_eq!(names(&card.granted).join(" "), scopes);
    assert!(card.missing.is_empty());
}

#[test]
fn permissions_granted_unasked_are_kept() {
    let tokens = format!(
        r#"{{"access_token":"{ACCESS}","refresh_token":"{REFRESH}","scope":"ZohoCliq.Bots.READ","expires_in":3600}}"#
    );
    let (mut scene, id) = Scene::connected_with(&tokens);
    signs_in_for_more(&mut scene, id, "ZohoCliq.Users.READ");
    assert_eq!(
        asked_in_the_browser(&scene),
        "AaaServer.profile.READ,ZohoCliq.Bots.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ,ZohoCliq.Users.READ"
    );
}

#[test]
fn removing_a_permission_is_announced_before_it_takes_effect() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::AddPermissions { id });
    choose(&mut scene, "ZohoCliq.Channels.READ", false);
    assert_eq!(names(&scene.draft().gives_up), ["ZohoCliq.Channels.READ"]);
    choose(&mut scene, "ZohoCliq.Channels.ALL", true);
    assert_eq!(names(&scene.draft().gives_up), Vec::<&str>::new(), "the broader scope covers it");
    assert_eq!(scene.card().granted.iter().count(), 3, "nothing changes before the consent");
}

#[test]
fn a_pending_consent_continues() {
    let (mut scene, id) = Scene::connected();
    signs_in_for_more(&mut scene, id, "ZohoCliq.Users.READ");
    scene.asks(SignInIntent::GoHome);
    scene.forget_what_it_did();
    scene.asks(SignInIntent::AddPermissions { id });
    scene.did_besides_saving(&[]);
    assert!(scene.is_waiting());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
}

#[test]
fn a_sign_in_not_yet_pending_returns_to_the_permissions() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
    scene.asks(SignInIntent::AddPermissions { id });
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Scopes });
}

#[test]
fn an_unknown_connection_changes_nothing() {
    let mut scene = Scene::in_the_wizard();
    let before = scene.draft();
    scene.asks(SignInIntent::AddPermissions { id: ConnectionId(7) });
    assert_eq!(scene.draft(), before);
}
