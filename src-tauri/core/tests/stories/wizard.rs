//! The wizard: input is cleaned up, checked, and lost only when the user discards it.

use keyfob_core::intent::SignInIntent;
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Intent, Problem};
use zoho_oauth::region::RegionCode;

use crate::scene::*;

fn step(scene: &Scene) -> Step {
    let Screen::Wizard { step } = scene.screen() else { panic!("{:?}", scene.screen()) };
    step
}

#[test]
fn the_wizard_goes_no_further_than_the_input() {
    let mut scene = Scene::in_the_wizard();
    assert_eq!(step(&scene), Step::Region);
    scene.asks(SignInIntent::Next);
    assert_eq!(step(&scene), Step::Region);
    scene.asks(SignInIntent::Back);
    assert_eq!(step(&scene), Step::Region);

    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    for expected in [Step::Register, Step::Credentials, Step::Credentials] {
        scene.asks(SignInIntent::Next);
        assert_eq!(step(&scene), expected);
    }
    scene.asks(SignInIntent::TypeClientId { text: CLIENT_ID.into() });
    for expected in [Step::Scopes, Step::Approve, Step::Approve] {
        scene.asks(SignInIntent::Next);
        assert_eq!(step(&scene), expected);
    }
    for beyond in [Step::Confirm, Step::Use] {
        scene.asks(SignInIntent::GoTo { step: beyond });
        assert_eq!(step(&scene), Step::Approve);
    }
    scene.asks(SignInIntent::GoTo { step: Step::Region });
    assert_eq!(step(&scene), Step::Region);
    scene.asks(SignInIntent::GoTo { step: Step::Approve });
    assert_eq!(step(&scene), Step::Approve);
}

#[test]
fn no_browser_opens_without_region_client_id_or_permission() {
    let mut scene = Scene::in_the_wizard();
    let sign_in = || Intent::SignIn(SignInIntent::SignIn { anyway: true });
    scene.asks(sign_in());
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    scene.asks(sign_in());
    scene.asks(SignInIntent::TypeClientId { text: CLIENT_ID.into() });
    scene.asks(SignInIntent::ChooseTask { task: "status".into(), on: false });
    assert_eq!(scene.draft().furthest, Step::Scopes);
    scene.asks(sign_in());
    scene.did_besides_saving(&[]);
    scene.asks(SignInIntent::ChooseTask { task: "status".into(), on: true });
    scene.asks(sign_in());
    scene.did_besides_saving(&["draw"]);
}

#[test]
fn finished_steps_cannot_be_repeated() {
    let mut scene = Scene::candidate();
    for step_before in [Step::Region, Step::Credentials, Step::Approve] {
        scene.asks(SignInIntent::GoTo { step: step_before });
        assert_eq!(step(&scene), Step::Confirm);
    }
    scene.asks(SignInIntent::Back);
    assert_eq!(step(&scene), Step::Confirm);

    scene.zoho_says(&identity());
    scene.zoho_says(AVAILABLE);
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    for step_before in [Step::Region, Step::Confirm] {
        scene.asks(SignInIntent::GoTo { step: step_before });
        assert_eq!(step(&scene), Step::Use);
    }
    scene.asks(SignInIntent::SignIn { anyway: true });
    scene.asks(SignInIntent::Keep { name: "Twice".into() });
    scene.asks(SignInIntent::NotMe);
    assert_eq!(scene.card().name, "Finance bot");
    assert_eq!(scene.draft().kept, Some(scene.card().id));
}

#[test]
fn the_wizard_restarts_empty_after_a_kept_connection() {
    for leave in [Intent::SignIn(SignInIntent::GoHome), Intent::SignIn(SignInIntent::Start)] {
        let mut scene = Scene::candidate();
        scene.zoho_says(&identity());
        scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
        scene.asks(leave);
        scene.asks(SignInIntent::Start);
        assert_eq!(step(&scene), Step::Region);
        let draft = scene.draft();
        assert_eq!((draft.client_id.as_str(), draft.client_secret, draft.region), ("", None, None));
    }
}

#[test]
fn leaving_keeps_the_draft_and_only_discarding_drops_it() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::GoHome);
    assert_eq!(scene.screen(), Screen::Welcome);
    scene.asks(SignInIntent::Start);
    scene.keeps_what_was_typed();

    scene.asks(SignInIntent::ForgetDraft);
    assert_eq!(scene.screen(), Screen::Welcome);
    assert_eq!(scene.snapshot().draft, None);
    scene.settles();
    assert_eq!(scene.starts_again().snapshot().draft, None);
}

#[test]
fn discarding_a_draft_revokes_its_tokens() {
    let mut scene = Scene::candidate();
    scene.asks(SignInIntent::ForgetDraft);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    assert_eq!(scene.screen(), Screen::Home, "the revocation is listed until Zoho responds");
    scene.zoho_says_at("/revoke/token", REVOKED);
    assert_eq!(scene.screen(), Screen::Welcome);
}

#[test]
fn zohos_console_opens_in_the_chosen_region() {
    let mut scene = Scene::in_the_wizard();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::OpenConsole);
    scene.did_besides_saving(&[]);
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("ca").unwrap() });
    scene.asks(SignInIntent::OpenConsole);
    scene.did_besides_saving(&["browse api-console.zohocloud.ca/"]);
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(scene.troubles(), [Problem::BrowserNotOpened]);
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("nowhere").unwrap() });
    assert_eq!(scene.draft().region, RegionCode::new("ca"));
}

#[test]
fn several_connections_coexist() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    assert_eq!(scene.screen(), Screen::Home);
    scene.asks(SignInIntent::Open { id: second });
    assert_eq!(scene.screen(), Screen::Connection { id: second });
    scene.removes_here(first);
    assert_eq!(scene.screen(), Screen::Connection { id: second });
    scene.removes_here(second);
    assert_eq!(scene.screen(), Screen::Welcome);
}
