//! Files that the user opens or drops.

use keyfob_core::intent::SignInIntent;
use keyfob_core::{Answer, Event, Problem};

use crate::scene::*;

#[test]
fn an_unknown_file_changes_nothing_and_is_reported() {
    let mut scene = Scene::ready_to_approve();
    let before = scene.draft();
    scene.asks(SignInIntent::OpenFile);
    scene.did(&["pick a file"]);
    scene.answer(Answer::FilePicked(Ok(Some(b"%PDF-1.7".to_vec().into()))));
    assert_eq!(scene.troubles(), [Problem::FileUnknown]);

    scene.happens(Event::FileDropped(Err(Problem::FileNotRead { reason: "permission denied".into() })));
    assert_eq!(scene.troubles().len(), 2);
    assert_eq!(scene.draft(), before);
}

#[test]
fn cancelling_the_file_dialog_reports_nothing() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::OpenFile);
    scene.answer(Answer::FilePicked(Ok(None)));
    assert_eq!(scene.troubles(), []);
}

#[test]
fn a_file_dropped_before_the_vault_opens_is_ignored() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.happens(Event::FileDropped(Ok(b"{}".to_vec().into())));
    assert_eq!(scene.troubles(), []);
}

#[test]
fn a_broken_keyfob_file_is_not_read_as_a_console_file() {
    let mut scene = Scene::ready_to_approve();
    let before = scene.draft();
    let text = format!(r#"{{"keyfob":"future","client_id":"{CLIENT_ID}","client_secret":"{CLIENT_SECRET}"}}"#);
    scene.happens(Event::FileDropped(Ok(text.into_bytes().into())));
    assert_eq!(scene.troubles(), [Problem::FileUnknown]);
    assert_eq!(scene.draft(), before);
}
