//! Filling in: what is typed is tidied and looked at, and lost only when it is thrown away.

use keyfob_core::intent::PasteField;
use keyfob_core::region::RegionCode;
use keyfob_core::registration::Hint;
use keyfob_core::snapshot::{Screen, Step};
use keyfob_core::{Answer, Intent, Problem};

use crate::scene::*;

fn step(scene: &Scene) -> Step {
    let Screen::Wizard { step } = scene.screen() else { panic!("{:?}", scene.screen()) };
    step
}

fn chosen(scene: &Scene) -> Vec<String> {
    scene.draft().scopes.iter().filter(|s| s.on && !s.fixed).map(|s| s.scope.as_str().to_owned()).collect()
}

fn in_the_wizard() -> Scene {
    let mut scene = Scene::first_start();
    scene.asks(Intent::Start);
    scene
}

#[test]
fn a_person_goes_no_further_than_what_is_filled_in() {
    let mut scene = in_the_wizard();
    assert_eq!(step(&scene), Step::Region);
    scene.asks(Intent::Next);
    assert_eq!(step(&scene), Step::Region);
    scene.asks(Intent::Back);
    assert_eq!(step(&scene), Step::Region);

    scene.asks(Intent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    for expected in [Step::Register, Step::Credentials, Step::Credentials] {
        scene.asks(Intent::Next);
        assert_eq!(step(&scene), expected);
    }
    scene.asks(Intent::TypeClientId { text: CLIENT_ID.into() });
    for expected in [Step::Scopes, Step::Approve, Step::Approve] {
        scene.asks(Intent::Next);
        assert_eq!(step(&scene), expected);
    }
    for beyond in [Step::Confirm, Step::Use] {
        scene.asks(Intent::GoTo { step: beyond });
        assert_eq!(step(&scene), Step::Approve);
    }
    scene.asks(Intent::GoTo { step: Step::Region });
    assert_eq!(step(&scene), Step::Region);
    scene.asks(Intent::GoTo { step: Step::Approve });
    assert_eq!(step(&scene), Step::Approve);
}

#[test]
fn without_a_region_a_client_id_or_a_permission_no_browser_opens() {
    let mut scene = in_the_wizard();
    let sign_in = || Intent::SignIn { anyway: true };
    scene.asks(sign_in());
    scene.asks(Intent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    scene.asks(sign_in());
    scene.asks(Intent::TypeClientId { text: CLIENT_ID.into() });
    scene.asks(Intent::ChooseTask { task: "status".into(), on: false });
    assert_eq!(scene.draft().furthest, Step::Scopes);
    scene.asks(sign_in());
    scene.did_besides_saving(&[]);
    scene.asks(Intent::ChooseTask { task: "status".into(), on: true });
    scene.asks(sign_in());
    scene.did_besides_saving(&["draw"]);
}

#[test]
fn what_is_done_is_not_done_again() {
    let mut scene = Scene::candidate();
    for step_before in [Step::Region, Step::Credentials, Step::Approve] {
        scene.asks(Intent::GoTo { step: step_before });
        assert_eq!(step(&scene), Step::Confirm);
    }
    scene.asks(Intent::Back);
    assert_eq!(step(&scene), Step::Confirm);

    scene.zoho_says(&identity());
    scene.zoho_says(AVAILABLE);
    scene.asks(Intent::Keep { name: "Finance bot".into() });
    for step_before in [Step::Region, Step::Confirm] {
        scene.asks(Intent::GoTo { step: step_before });
        assert_eq!(step(&scene), Step::Use);
    }
    scene.asks(Intent::SignIn { anyway: true });
    scene.asks(Intent::Keep { name: "Twice".into() });
    scene.asks(Intent::NotMe);
    assert_eq!(scene.card().name, "Finance bot");
    assert_eq!(scene.draft().kept, Some(scene.card().id));
}

#[test]
fn after_a_kept_connection_the_wizard_begins_anew() {
    for leave in [Intent::GoHome, Intent::Start] {
        let mut scene = Scene::candidate();
        scene.zoho_says(&identity());
        scene.asks(Intent::Keep { name: "Finance bot".into() });
        scene.asks(leave);
        scene.asks(Intent::Start);
        assert_eq!(step(&scene), Step::Region);
        let draft = scene.draft();
        assert_eq!((draft.client_id.as_str(), draft.client_secret, draft.region), ("", None, None));
    }
}

#[test]
fn leaving_keeps_everything_and_only_throwing_away_throws_away() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::GoHome);
    assert_eq!(scene.screen(), Screen::Welcome);
    scene.asks(Intent::Start);
    scene.keeps_what_was_typed();

    scene.asks(Intent::ForgetDraft);
    assert_eq!(scene.screen(), Screen::Welcome);
    assert_eq!(scene.snapshot().draft, None);
    scene.settles();
    assert_eq!(scene.starts_again().snapshot().draft, None);
}

#[test]
fn throwing_away_a_draft_revokes_what_came_of_it() {
    let mut scene = Scene::candidate();
    scene.asks(Intent::ForgetDraft);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token/revoke"]);
    assert_eq!(scene.screen(), Screen::Welcome);
}

#[test]
fn what_copying_brings_along_is_taken_off() {
    let mut scene = in_the_wizard();
    for text in
        [format!("  {CLIENT_ID}\n"), format!("\"{CLIENT_ID}\""), format!("‘{CLIENT_ID}’,"), format!("\u{feff}{CLIENT_ID}\u{200b}")]
    {
        scene.asks(Intent::TypeClientId { text });
        assert_eq!(scene.draft().client_id, CLIENT_ID);
        assert_eq!(scene.draft().hints.client_id, None);
    }
    scene.asks(Intent::TypeClientSecret { text: format!(" \t\"{CLIENT_SECRET}\"\r\n").into() });
    assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));
    assert_eq!(scene.draft().hints.client_secret, None);
    scene.asks(Intent::TypeClientSecret { text: " \" ".into() });
    assert_eq!(scene.draft().client_secret, None);
    scene.asks(Intent::TypeClientId { text: "9".repeat(1 << 20) });
    assert_eq!(scene.draft().client_id.len(), 4_000);
}

#[test]
fn a_value_in_the_wrong_field_is_pointed_out_before_the_browser_opens_and_not_refused() {
    let mut scene = in_the_wizard();
    let hex = "f".repeat(42);
    scene.asks(Intent::TypeClientId { text: hex });
    scene.asks(Intent::TypeClientSecret { text: CLIENT_ID.into() });
    let hints = scene.draft().hints;
    assert_eq!(hints.client_id, Some(Hint::LooksLikeSecret));
    assert_eq!(hints.client_secret, Some(Hint::LooksLikeClientId));

    scene.asks(Intent::TypeClientSecret { text: CODE.into() });
    assert_eq!(scene.draft().hints.client_secret, Some(Hint::LooksLikeCode));
    scene.asks(Intent::TypeClientId { text: "1000.SHORT".into() });
    assert_eq!(scene.draft().hints.client_id, Some(Hint::Unusual));
    scene.asks(Intent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    assert_eq!(scene.draft().furthest, Step::Approve);
}

#[test]
fn a_client_without_a_secret_sends_none() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::TypeClientSecret { text: "".into() });
    scene.settles();
    scene.signs_in();
    scene.link(&scene.good_link());
    assert_eq!(field(scene.request(), "client_secret"), None);
    assert_eq!(field(scene.request(), "client_id").unwrap(), CLIENT_ID);
}

#[test]
fn the_paste_button_reads_the_clipboard_outside_the_window() {
    let mut scene = in_the_wizard();
    scene.forget_what_it_did();
    for field in [PasteField::ClientId, PasteField::ClientSecret] {
        scene.asks(Intent::Paste { field });
        scene.did_besides_saving(&["paste"]);
        let text = if field == PasteField::ClientId { CLIENT_ID } else { CLIENT_SECRET };
        scene.answer(Answer::Pasted(Ok(format!(" {text}\n").into())));
    }
    assert_eq!(scene.draft().client_id, CLIENT_ID);
    assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));

    scene.asks(Intent::Paste { field: PasteField::ClientId });
    scene.answer(Answer::Pasted(Err(Problem::ClipboardClosed)));
    assert_eq!(scene.troubles(), [Problem::ClipboardClosed]);
    assert_eq!(scene.draft().client_id, CLIENT_ID);
}

#[test]
fn a_job_stands_for_its_permissions() {
    let mut scene = in_the_wizard();
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"], "harmless, and the test call needs it");
    let on = |scene: &Scene, id: &str| scene.draft().tasks.iter().any(|t| t.id == id && t.on);
    assert!(on(&scene, "status"));

    scene.asks(Intent::ChooseTask { task: "manage-channels".into(), on: true });
    assert!(on(&scene, "manage-channels") && on(&scene, "read-channels"));
    scene.asks(Intent::ChooseTask { task: "read-channels".into(), on: false });
    assert!(on(&scene, "manage-channels"), "what another job needs stays");
    scene.asks(Intent::ChooseTask { task: "manage-channels".into(), on: false });
    scene.asks(Intent::ChooseTask { task: "read-channels".into(), on: false });
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"]);
    scene.asks(Intent::ChooseTask { task: "no such job".into(), on: true });
    assert_eq!(chosen(&scene), ["ZohoCliq.Profile.READ"]);
}

#[test]
fn a_permission_the_list_does_not_have_may_be_typed() {
    let mut scene = in_the_wizard();
    scene.asks(Intent::ChooseScope { scope: " ZohoCliq.Future.READ,\n".into(), on: true });
    assert!(chosen(&scene).contains(&"ZohoCliq.Future.READ".to_owned()));
    assert_eq!(scene.draft().scope_refused, None);

    scene.asks(Intent::ChooseScope { scope: "all of them, please\u{7}".into(), on: true });
    assert_eq!(scene.draft().scope_refused.as_deref(), Some("all of them, please"));
    assert_eq!(chosen(&scene).len(), 2);
    scene.asks(Intent::ChooseScope { scope: "ZohoCliq.Future.READ".into(), on: false });
    assert_eq!(scene.draft().scope_refused, None);
    assert_eq!(chosen(&scene).len(), 1);
}

#[test]
fn the_permission_that_names_the_account_is_always_asked_for() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(Intent::ChooseScope { scope: "AaaServer.profile.READ".into(), on: false });
    scene.settles();
    scene.signs_in();
    let asked = scene.address().query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
    assert!(asked.starts_with("AaaServer.profile.READ,"));
    let fixed: Vec<_> = scene.draft().scopes.into_iter().filter(|s| s.fixed).collect();
    assert_eq!((fixed.len(), fixed[0].on), (1, true));
}

#[test]
fn zoho_s_console_opens_in_the_region_chosen() {
    let mut scene = in_the_wizard();
    scene.forget_what_it_did();
    scene.asks(Intent::OpenConsole);
    scene.did_besides_saving(&[]);
    scene.asks(Intent::ChooseRegion { region: RegionCode::new("ca").unwrap() });
    scene.asks(Intent::OpenConsole);
    scene.did_besides_saving(&["browse api-console.zohocloud.ca/"]);
    scene.answer(Answer::BrowserOpened(Err(Problem::BrowserNotOpened)));
    assert_eq!(scene.troubles(), [Problem::BrowserNotOpened]);
    scene.asks(Intent::ChooseRegion { region: RegionCode::new("nowhere").unwrap() });
    assert_eq!(scene.draft().region, RegionCode::new("ca"));
}

#[test]
fn several_connections_stand_side_by_side() {
    let mut scene = Scene::first_start();
    let (first, second) = (scene.connects("First"), scene.connects("Second"));
    assert_eq!(scene.screen(), Screen::Home);
    scene.asks(Intent::Open { id: second });
    assert_eq!(scene.screen(), Screen::Connection { id: second });
    scene.asks(Intent::DeleteHere { id: first });
    assert_eq!(scene.screen(), Screen::Connection { id: second });
    scene.asks(Intent::DeleteHere { id: second });
    assert_eq!(scene.screen(), Screen::Welcome);
}
