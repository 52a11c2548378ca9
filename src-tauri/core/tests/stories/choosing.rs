//! Choosing permissions: tasks in plain words, and the permissions behind them.

use keyfob_core::intent::SignInIntent;
use keyfob_core::typed_scopes::WhyNot;

use crate::scene::*;

fn chosen(scene: &Scene) -> Vec<String> {
    scene.draft().scopes.iter().filter(|s| s.on && !s.fixed).map(|s| s.scope.as_str().to_owned()).collect()
}

// Shows ASVS 10.2.3.
#[test]
fn a_task_selects_its_permissions() {
    let mut scene = Scene::in_the_wizard();
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"], "it is harmless, and the test call needs it");
    let on = |scene: &Scene, id: &str| scene.draft().tasks.iter().any(|t| t.id == id && t.on);
    assert!(on(&scene, "status"));

    scene.asks(SignInIntent::ChooseTask { task: "manage-channels".into(), on: true });
    assert!(on(&scene, "manage-channels") && on(&scene, "read-channels"));
    scene.asks(SignInIntent::ChooseTask { task: "read-channels".into(), on: false });
    assert!(on(&scene, "manage-channels"), "the permission that another task needs stays");
    scene.asks(SignInIntent::ChooseTask { task: "manage-channels".into(), on: false });
    scene.asks(SignInIntent::ChooseTask { task: "read-channels".into(), on: false });
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"]);
    scene.asks(SignInIntent::ChooseTask { task: "no such job".into(), on: true });
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"]);
}

#[test]
fn an_unlisted_permission_can_be_typed() {
    let mut scene = Scene::in_the_wizard();
    scene.asks(SignInIntent::ChooseScope { scope: " ZohoCliq.Future.READ,\n".into(), on: true });
    assert!(chosen(&scene).contains(&"ZohoCliq.Future.READ".to_owned()));
    assert_eq!(scene.draft().scope_refused, None);

    let added = scene.draft().scopes.into_iter().find(|s| !s.known).unwrap();
    assert_eq!((added.scope.as_str(), added.on), ("ZohoCliq.Future.READ", true), "it is marked as unknown to Keyfob");

    scene.asks(SignInIntent::ChooseScope { scope: "all of them, please\u{7}".into(), on: true });
    let refused = scene.draft().scope_refused.unwrap();
    assert_eq!((refused.typed.as_str(), refused.why), ("all of them, please", WhyNot::NotAScope));
    assert_eq!(chosen(&scene).len(), 2);
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Future.READ".into(), on: false });
    assert_eq!(scene.draft().scope_refused, None);
    assert_eq!(chosen(&scene).len(), 1);
}

#[test]
fn a_misspelt_permission_is_refused_with_the_right_one_offered() {
    let mut scene = Scene::in_the_wizard();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.channels.READ".into(), on: true });
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"]);
    let refused = scene.draft().scope_refused.unwrap();
    assert_eq!(refused.why, WhyNot::LetterCase);

    let meant = refused.probably.unwrap();
    scene.asks(SignInIntent::ChooseScope { scope: meant.as_str().into(), on: true });
    assert_eq!(chosen(&scene), ["ZohoCliq.Channels.READ", "ZohoCliq.Profile.READ"]);
    assert_eq!(scene.draft().scope_refused, None);
}

// Shows ASVS 10.2.3.
#[test]
fn the_account_permission_is_always_requested() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseScope { scope: "AaaServer.profile.READ".into(), on: false });
    scene.settles();
    scene.signs_in();
    let asked = scene.address().query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
    assert!(asked.starts_with("AaaServer.profile.READ,"));
    let fixed: Vec<_> = scene.draft().scopes.into_iter().filter(|s| s.fixed).collect();
    assert_eq!((fixed.len(), fixed[0].on), (1, true));
}

#[test]
fn zohos_own_spelling_of_a_permission_is_accepted() {
    for typed in
        ["ZOHOPEOPLE.forms.READ", "Aaaserver.profile.READ", "ZohoCliq.Userfields.CREATE", "ZohoCliq.channels.DELETE"]
    {
        let mut scene = Scene::in_the_wizard();
        scene.asks(SignInIntent::ChooseScope { scope: typed.into(), on: true });
        let draft = scene.draft();
        assert_eq!(draft.scope_refused, None, "{typed}");
        assert!(draft.scopes.iter().any(|choice| choice.on && choice.scope.as_str() == typed), "{typed}");
    }
}

#[test]
fn another_zoho_value_is_named_but_not_shown() {
    for (typed, why) in [
        (CLIENT_ID, WhyNot::ClientId),
        (CLIENT_SECRET, WhyNot::ClientSecret),
        (CODE, WhyNot::CodeOrToken),
        ("1001.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210", WhyNot::WebhookToken),
        ("https://www.zoho.com/cliq/help/restapi/v2/", WhyNot::Address),
        ("60012345678", WhyNot::OrganisationId),
    ] {
        let mut scene = Scene::in_the_wizard();
        scene.asks(SignInIntent::ChooseScope { scope: typed.into(), on: true });
        let refused = scene.draft().scope_refused.unwrap();
        assert_eq!((refused.why, refused.typed.as_str(), refused.probably), (why, "…", None), "{typed}");
    }
}
