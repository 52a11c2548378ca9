//! The default sign-in: a Mobile-based client, the deep link, PKCE.

use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{ShareIntent, SignInIntent};
use keyfob_core::snapshot::{ApprovalView, Screen};
use keyfob_core::step::Step;

use crate::scene::*;

#[test]
fn an_administrator_gets_a_token() {
    let mut scene = Scene::first_start();
    assert_eq!(scene.screen(), Screen::Welcome);

    scene.fills_in("eu");
    assert_eq!(scene.draft().furthest, Step::Approve);
    scene.settles();
    scene.did(&["save", "save"]);

    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did(&["check the redirect", "draw"]);
    assert_eq!(scene.approval(), ApprovalView::Checking);

    scene.redirect_method(Ok(()));
    scene.draws();
    scene.did(&["save"]);
    scene.settles();
    scene.did(&["browse accounts.zoho.eu/oauth/v2/auth"]);

    scene.link(&good_link());
    scene.did(&["raise", "save", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    let exchange = scene.request();
    assert_eq!(field(exchange, "code").unwrap(), CODE);
    assert_eq!(field(exchange, "code_verifier").unwrap(), VERIFIER);
    assert_eq!(field(exchange, "client_secret").unwrap(), CLIENT_SECRET);
    assert_eq!(field(exchange, "redirect_uri").unwrap(), "cliqkeyfob://callback");

    scene.zoho_says(&tokens());
    scene.settles();
    scene.did(&["raise", "GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current", "save"]);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm });

    scene.zoho_says(&identity());
    scene.zoho_says(r#"{"data":{"code":"available"}}"#);
    assert_eq!(scene.to_confirm().identity.unwrap().email, "ada@firm.example");
    assert!(scene.to_confirm().lasts && scene.to_confirm().missing.is_empty());

    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    scene.settles();
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Use });
    assert_eq!(scene.card().name, "Finance bot");

    scene.asks(ShareIntent::Copy { id: scene.card().id, shape: Shape::Token });
    assert_eq!(scene.clipboard(), ACCESS);
}
