//! Zoho's error pages, which only the user at the browser sees.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Problem;
use keyfob_core::fields::ZohoPage;
use keyfob_core::intent::SignInIntent;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

#[test]
fn each_error_page_ends_the_attempt_and_says_what_to_fix() {
    for (page, problem) in [
        (ZohoPage::Client, Problem::ClientUnknown { region: RegionCode::new("eu").unwrap() }),
        (ZohoPage::Redirect, Problem::RedirectMismatch { redirect_uri: "cliqkeyfob://callback".into() }),
        (ZohoPage::Scope, Problem::ScopeUnknown),
        (ZohoPage::ResponseType, Problem::RequestMangled),
    ] {
        let mut scene = Scene::waiting();
        scene.asks(SignInIntent::Saw { page });
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
        scene.link(&good_link());
        assert_eq!(scene.strays(), 1, "a later redirect of the consent is a stray");
    }
}

#[test]
fn an_error_page_without_a_pending_sign_in_is_ignored() {
    let mut scene = Scene::ready_to_approve();
    let before = scene.draft();
    scene.asks(SignInIntent::Saw { page: ZohoPage::Scope });
    assert_eq!(scene.draft(), before);

    let mut scene = Scene::exchanging();
    scene.asks(SignInIntent::Saw { page: ZohoPage::Scope });
    scene.did(&[]);
}
