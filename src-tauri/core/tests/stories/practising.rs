//! Practice, the Zoho inside the app: a region like the others, for this run.

use keyfob_core::custom_regions::PRACTICE;
use keyfob_core::intent::{AppIntent, SignInIntent};
use keyfob_core::snapshot::Screen;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use zoho_oauth::region::{Origin, Region};

use crate::scene::*;

const SERVER: &str = "http://127.0.0.1:40001";

fn practising() -> Scene {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.settles();
    scene.did_besides_saving(&["start Practice"]);
    scene
}

/// Signs in at Practice and keeps the connection.
fn practised(scene: &mut Scene) {
    scene.types_credentials();
    scene.signs_in();
    scene.link(&granted(STATE, "practice", SERVER));
    scene.zoho_says(&tokens());
    scene.keeps("Rehearsal");
}

#[test]
fn practice_begins_at_the_registration_step() {
    let mut scene = practising();
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Register });
    assert_eq!(scene.draft().region, Some(PRACTICE));
    scene.asks(SignInIntent::OpenPractice);
    scene.did(&["browse 127.0.0.1/"]);
    assert_eq!(scene.address().port(), Some(40_001));

    practised(&mut scene);
    assert!(scene.card().practice);
    scene.later(minutes(55));
    scene.did_besides_saving(&["POST 127.0.0.1/oauth/v2/token refresh_token"]);
}

#[test]
fn practice_cannot_be_opened_before_it_runs() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::OpenPractice);
    scene.did(&[]);
}

#[test]
fn a_failed_start_of_practice_is_reported() {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    let problem = Problem::PracticeNotStarted { reason: "no port is free".into() };
    scene.answer(Answer::PracticeStarted(Err(problem.clone())));
    assert_eq!(scene.troubles(), [problem]);
    assert_eq!(scene.screen(), Screen::Welcome);
}

#[test]
fn a_practice_region_that_collides_with_another_is_refused() {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    let origin = |text: &str| Origin::new(text).unwrap();
    let like_zoho = Region {
        code: PRACTICE,
        name: "Practice".into(),
        accounts: origin("https://accounts.zoho.eu"),
        api: origin(SERVER),
        cliq: origin(SERVER),
        console: origin(SERVER),
    };
    scene.answer(Answer::PracticeStarted(Ok(Box::new(like_zoho))));
    assert!(matches!(scene.troubles()[..], [Problem::PracticeNotStarted { .. }]));
    assert_eq!(scene.snapshot().regions.len(), 10);
}

#[test]
fn practice_starts_once_and_its_draft_continues() {
    let mut scene = practising();
    scene.types_credentials();
    scene.asks(SignInIntent::GoHome);
    scene.asks(AppIntent::Practise);
    scene.did_besides_saving(&[]);
    assert_eq!(scene.draft().client_id, CLIENT_ID);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Register });
}

#[test]
fn a_real_draft_is_laid_aside_and_restored() {
    let mut scene = Scene::ready_to_approve();
    let begun = scene.draft();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    assert_eq!(scene.draft().client_id, "");
    practised(&mut scene);
    assert_eq!(scene.draft(), begun);

    scene.asks(AppIntent::Practise);
    scene.asks(SignInIntent::ForgetDraft);
    assert_eq!(scene.draft(), begun);
}

#[test]
fn nothing_of_practice_is_saved_and_everything_else_is() {
    let mut scene = practising();
    practised(&mut scene);
    let real = scene.connects("Real");
    scene.asks(AppIntent::Practise);
    scene.types_credentials();
    scene.settles();

    let mut again = scene.starts_again();
    assert_eq!(again.card().name, "Real");
    assert_eq!(again.card().id, real);
    assert_eq!(again.snapshot().draft, None);
    assert_eq!(again.snapshot().regions.len(), 10);
    assert_ne!(again.connects("Third"), scene.snapshot().connections[1].id);
}

#[test]
fn the_regions_file_never_holds_practice() {
    let mut scene = practising();
    let form = region_form("sandbox", "sandbox");
    scene.asks_and_allows(AppIntent::AddRegion { form });
    assert!(scene.regions_file().contains("sandbox") && !scene.regions_file().contains("practice"));
}

#[test]
fn unkept_practice_tokens_are_revoked_at_practice() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.types_credentials();
    scene.settles();
    scene.signs_in();
    scene.link(&granted(STATE, "practice", SERVER));
    scene.zoho_says(&tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::SignInAgain { id });
    scene.did_besides_saving(&["POST 127.0.0.1/oauth/v2/revoke/token"]);
}

#[test]
fn practice_and_zoho_never_exchange_each_others_codes() {
    let mut practice = practising();
    practice.types_credentials();
    practice.signs_in();
    practice.link(&granted(STATE, "eu", "https://accounts.zoho.eu"));
    assert!(practice.requests().is_empty());
    assert_eq!(practice.attempt_ended_with(), Problem::UnknownRegion { server: "https://accounts.zoho.eu".into() });

    let mut zohos = practising();
    zohos.asks(SignInIntent::ForgetDraft);
    zohos.fills_in("eu");
    zohos.signs_in();
    zohos.link(&granted(STATE, "practice", SERVER));
    assert!(zohos.requests().is_empty());
    assert_eq!(zohos.attempt_ended_with(), Problem::UnknownRegion { server: SERVER.into() });
}
