//! Files written by an earlier Keyfob keep their meaning. They were stored in `tests/stored` at commit `dd2ef93`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::draft::CandidateSource;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::export_choice::{Export, FileFormat};
use keyfob_core::intent::{ShareIntent, SignInIntent};
use keyfob_core::script_access::ScriptAccess;
use keyfob_core::settings::OnClose;
use keyfob_core::snapshot::{OfferView, Screen};
use keyfob_core::standing::Standing;
use keyfob_core::{Answer, Event};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::region::RegionCode;

use crate::scene::*;

macro_rules! stored {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/stored/", $name)).as_slice()
    };
}

/// Keyfob starts with the stored vault.
fn with_the_stored_vault() -> Scene {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.vault_opens(Some(SecretSlice::from(stored!("record.json").to_vec())));
    scene.settles();
    scene
}

#[test]
fn a_stored_record_restores_everything() {
    let mut scene = with_the_stored_vault();
    let snapshot = scene.snapshot();
    let names: Vec<_> = snapshot.connections.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["Finance bot", "Second bot"]);
    let [first, second] = &snapshot.connections[..] else { panic!("two connections") };
    assert_eq!((&first.access, &first.refresh), (&masked(ACCESS), &Some(masked(REFRESH))));
    assert_eq!((&first.standing, first.scripts, first.keep_fresh), (&Standing::Fresh, ScriptAccess::Allowed, true));
    assert_eq!(first.identity.as_ref().map(|who| who.email.as_str()), Some("ada@firm.example"));
    assert_eq!(first.live_file.as_ref().map(|live| live.path.as_str()), Some("/home/ada/bot.json"));
    assert!(!second.keep_fresh);
    assert_eq!(snapshot.revocations.iter().map(|queued| queued.name.as_str()).collect::<Vec<_>>(), ["Third bot"]);
    assert_eq!(snapshot.settings.on_close, Some(OnClose::Stay));
    let draft = scene.draft();
    assert_eq!((draft.replaces, draft.client_secret), (Some(first.id), Some(masked(CLIENT_SECRET))));

    scene.asks(SignInIntent::ForgetDraft);
    assert_eq!(scene.draft().region, RegionCode::new("in"), "the draft that was laid aside");
    scene.asks(SignInIntent::Open { id: first.id });
    assert_eq!(scene.snapshot().page.unwrap().activity.len(), 5);
}

#[test]
fn a_stored_record_is_unchanged_after_being_saved_again() {
    let scene = with_the_stored_vault();
    let again = scene.starts_again();
    assert_eq!(again.snapshot(), scene.snapshot());
}

#[test]
fn an_export_equals_the_stored_one() {
    let mut scene = with_the_stored_vault();
    let id = scene.snapshot().connections[0].id;
    for (format, stored) in [
        (FileFormat::DotEnv, stored!("export.env")),
        (FileFormat::Json, stored!("export.json")),
        (FileFormat::Postman, stored!("export.postman.json")),
    ] {
        let export = Export { format, refresh_token: true, client_secret: true };
        scene.asks_and_allows(ShareIntent::Export { id, export });
        assert_eq!(scene.file().content.expose_secret().as_bytes(), stored, "{format:?}");
        scene.answer(Answer::FileSaved(Ok(None)));
    }
}

#[test]
fn a_stored_setup_is_accepted() {
    let mut scene = Scene::first_start();
    scene.happens(Event::FileDropped(Ok(stored!("setup.keyfob.json").to_vec().into())));
    scene.asks(SignInIntent::TakeOffer);
    let draft = scene.draft();
    assert_eq!((draft.client_id.as_str(), draft.region, draft.keep_access), (CLIENT_ID, RegionCode::new("eu"), true));
}

#[test]
fn a_stored_handover_is_accepted() {
    let mut scene = Scene::first_start();
    scene.happens(Event::FileDropped(Ok(stored!("handover.keyfob.age").to_vec().into())));
    scene.answer(Answer::Unsealed(Err(NotUnsealed::NeedsPassphrase)));
    scene.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
    scene.answer(Answer::Unsealed(Ok(stored!("handover.json").to_vec().into())));
    let Some(OfferView::Handover { to, .. }) = scene.snapshot().offer else { panic!("a handover is offered") };
    assert_eq!(to, "Ben in the back office");

    scene.asks(SignInIntent::TakeOffer);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert!(matches!(scene.screen(), Screen::Wizard { .. }));
    assert_eq!(scene.to_confirm().source, CandidateSource::Handover);
}
