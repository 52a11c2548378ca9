//! A setup goes from one Keyfob to another without any secret.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{ShareIntent, SignInIntent};
use keyfob_core::snapshot::{OfferView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Event, Problem};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use zoho_oauth::region::RegionCode;

use crate::scene::*;

/// A setup written by a colleague's Keyfob.
pub fn file() -> Value {
    json!({
        "keyfob": "set-up",
        "version": 1,
        "name": "Finance bot",
        "region": "eu",
        "clientType": "mobile",
        "clientId": CLIENT_ID,
        "scopes": ["ZohoCliq.Channels.READ", "ZohoCliq.Profile.READ"],
        "keepAccess": true,
    })
}

fn drop_on(scene: &mut Scene, file: &Value) {
    scene.happens(Event::FileDropped(Ok(file.to_string().into_bytes().into())));
}

// Shows T29.
#[test]
fn a_setup_holds_what_a_colleague_needs_and_no_secret() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::SaveSetup { id });
    scene.did(&["save a file as zoho-cliq-Finance-bot.keyfob.json"]);
    let text = scene.file().content.expose_secret();
    assert_eq!(found(text), None);
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), file());
}

// Shows T29.
#[test]
fn a_setup_is_shown_before_it_is_accepted() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::OpenFile);
    scene.answer(Answer::FilePicked(Ok(Some(file().to_string().into_bytes().into()))));
    scene.did(&["pick a file"]);

    let Some(OfferView::Setup { setup }) = scene.snapshot().offer else { panic!("a setup is offered") };
    assert_eq!((setup.name.as_str(), setup.region.as_str()), ("Finance bot", "eu"));
    assert_eq!(setup.tasks.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["read-channels", "status"]);
    assert!(scene.snapshot().draft.is_none());
    assert_eq!(scene.screen(), Screen::Welcome);

    scene.asks(SignInIntent::LeaveOffer);
    assert!(scene.snapshot().offer.is_none() && scene.snapshot().draft.is_none());
    scene.did(&[]);
}

#[test]
fn an_accepted_setup_lacks_only_the_secret_and_keeps_its_name() {
    let mut scene = Scene::first_start();
    drop_on(&mut scene, &file());
    scene.asks(SignInIntent::TakeOffer);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Credentials });
    let draft = scene.draft();
    assert_eq!((draft.region, draft.client_id.as_str()), (RegionCode::new("eu"), CLIENT_ID));
    assert!(draft.client_secret.is_none());
    scene.did_besides_saving(&[]);

    let mut scene = scene.starts_again();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::TypeClientSecret { text: CLIENT_SECRET.into() });
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(&tokens());
    assert_eq!(scene.to_confirm().name, "Finance bot");
    assert!(scene.to_confirm().missing.is_empty());
}

#[test]
fn drafts_are_laid_aside_and_restored_one_by_one() {
    let mut scene = Scene::ready_to_approve();
    for (name, id) in [("First", "1000.FIRST"), ("Second", "1000.SECOND")] {
        let mut other = file();
        (other["name"], other["clientId"]) = (json!(name), json!(id));
        drop_on(&mut scene, &other);
        scene.asks(SignInIntent::TakeOffer);
    }
    assert_eq!(scene.draft().client_id, "1000.SECOND");
    scene.settles();
    let mut scene = scene.starts_again();
    scene.asks(SignInIntent::ForgetDraft);
    assert_eq!(scene.draft().client_id, "1000.FIRST");
    scene.asks(SignInIntent::ForgetDraft);
    scene.keeps_what_was_typed();
}

#[test]
fn an_unusable_setup_is_reported_without_any_request() {
    let with = |name: &str, value: Value| {
        let mut file = file();
        file[name] = value;
        file
    };
    for (file, problem) in [
        (with("version", json!(2)), Problem::FileNewer { version: 2 }),
        (with("somethingNew", json!(1)), Problem::FileDamaged),
        (with("clientSecret", json!(CLIENT_SECRET)), Problem::FileDamaged),
        (with("accounts", json!("https://accounts.zoho.example")), Problem::FileDamaged),
        (with("clientType", json!("other")), Problem::FileDamaged),
        (with("clientId", json!("1000.A&scope=everything")), Problem::FileDamaged),
        (with("clientId", json!("")), Problem::FileDamaged),
        (with("clientId", json!("x".repeat(201))), Problem::FileDamaged),
        (with("scopes", json!(["ZohoCliq.Channels.READ", "a b"])), Problem::FileDamaged),
        (with("scopes", json!(["ZohoCliq.channels.READ"])), Problem::FileDamaged),
        (with("scopes", json!([])), Problem::FileDamaged),
        (with("scopes", json!(vec!["ZohoCliq.Channels.READ"; 201])), Problem::FileDamaged),
        (with("region", json!("https://accounts.zoho.example")), Problem::FileDamaged),
        (with("region", json!("xx")), Problem::FileRegion { region: RegionCode::new("xx").unwrap() }),
        (with("keyfob", json!("key")), Problem::FileUnknown),
    ] {
        let mut scene = Scene::first_start();
        drop_on(&mut scene, &file);
        assert_eq!(scene.troubles(), [problem], "{file}");
        scene.asks(SignInIntent::TakeOffer);
        assert!(scene.snapshot().offer.is_none() && scene.snapshot().draft.is_none());
        scene.did(&[]);
    }
}

#[test]
fn an_odd_name_is_cleaned_up() {
    let mut scene = Scene::first_start();
    let mut odd = file();
    odd["name"] = json!(format!("\u{202e}Bot\n{}", "x".repeat(500)));
    drop_on(&mut scene, &odd);
    let Some(OfferView::Setup { setup }) = scene.snapshot().offer else { panic!("a setup is offered") };
    assert!(setup.name.starts_with("Botxxx") && setup.name.chars().count() <= 81);
}
