//! The client ID and the client secret: trimmed, and flagged when they look wrong.

use keyfob_core::credential_hints::Hint;
use keyfob_core::fields::PasteField;
use keyfob_core::intent::SignInIntent;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use zoho_oauth::region::RegionCode;

use crate::scene::*;

#[test]
fn text_copied_along_is_trimmed() {
    let mut scene = Scene::in_the_wizard();
    for text in [
        format!("  {CLIENT_ID}\n"),
        format!("\"{CLIENT_ID}\""),
        format!("‘{CLIENT_ID}’,"),
        format!("\u{feff}{CLIENT_ID}\u{200b}"),
    ] {
        scene.asks(SignInIntent::TypeClientId { text });
        assert_eq!(scene.draft().client_id, CLIENT_ID);
        assert_eq!(scene.draft().hints.client_id, None);
    }
    scene.asks(SignInIntent::TypeClientSecret { text: format!(" \t\"{CLIENT_SECRET}\"\r\n").into() });
    assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));
    assert_eq!(scene.draft().hints.client_secret, None);
    scene.asks(SignInIntent::TypeClientSecret { text: " \" ".into() });
    assert_eq!(scene.draft().client_secret, None);
    scene.asks(SignInIntent::TypeClientId { text: "9".repeat(1 << 20) });
    assert_eq!(scene.draft().client_id.len(), 4_000);
}

#[test]
fn a_value_in_the_wrong_field_is_flagged_but_not_refused() {
    let mut scene = Scene::in_the_wizard();
    let hex = "f".repeat(42);
    scene.asks(SignInIntent::TypeClientId { text: hex });
    scene.asks(SignInIntent::TypeClientSecret { text: CLIENT_ID.into() });
    let hints = scene.draft().hints;
    assert_eq!(hints.client_id, Some(Hint::LooksLikeSecret));
    assert_eq!(hints.client_secret, Some(Hint::LooksLikeClientId));

    scene.asks(SignInIntent::TypeClientSecret { text: CODE.into() });
    assert_eq!(scene.draft().hints.client_secret, Some(Hint::LooksLikeCode));
    scene.asks(SignInIntent::TypeClientId { text: "1000.SHORT".into() });
    assert_eq!(scene.draft().hints.client_id, Some(Hint::Unusual));
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    assert_eq!(scene.draft().furthest, Step::Approve);
}

#[test]
fn a_client_without_a_secret_sends_none() {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::TypeClientSecret { text: "".into() });
    scene.settles();
    scene.signs_in();
    scene.link(&good_link());
    assert_eq!(field(scene.request(), "client_secret"), None);
    assert_eq!(field(scene.request(), "client_id").unwrap(), CLIENT_ID);
}

// Shows T10.
#[test]
fn the_paste_button_reads_the_clipboard_outside_the_window() {
    let mut scene = Scene::in_the_wizard();
    scene.forget_what_it_did();
    for field in [PasteField::ClientId, PasteField::ClientSecret] {
        scene.asks(SignInIntent::Paste { field });
        scene.did_besides_saving(&["paste"]);
        let text = if field == PasteField::ClientId { CLIENT_ID } else { CLIENT_SECRET };
        scene.answer(Answer::Pasted(Ok(format!(" {text}\n").into())));
    }
    assert_eq!(scene.draft().client_id, CLIENT_ID);
    assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));

    scene.asks(SignInIntent::Paste { field: PasteField::ClientId });
    scene.answer(Answer::Pasted(Err(Problem::ClipboardClosed)));
    assert_eq!(scene.troubles(), [Problem::ClipboardClosed]);
    assert_eq!(scene.draft().client_id, CLIENT_ID);
}
