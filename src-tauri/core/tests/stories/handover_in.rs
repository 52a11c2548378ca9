//! Opening a handover from a colleague.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::activity::Happened;
use keyfob_core::draft::CandidateSource;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::intent::{ShareIntent, SignInIntent};
use keyfob_core::snapshot::{OfferView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Event, Problem};
use secrecy::{ExposeSecret, SecretSlice};
use serde_json::{Value, json};
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::handover_out::{by_passphrase, handover};
use crate::scene::*;

const SEALED: &[u8] = b"age-encryption.org/v1\n-> scrypt and so on";

/// The contents of a handover that another Keyfob made.
fn contents() -> SecretSlice<u8> {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::BeginHandover { id });
    scene.asks_and_allows(handover(by_passphrase(PASSPHRASE)));
    scene.sealing().content.clone()
}

fn contents_with(change: impl FnOnce(&mut Value)) -> SecretSlice<u8> {
    let mut held: Value = serde_json::from_slice(contents().expose_secret()).unwrap();
    change(&mut held);
    held.to_string().into_bytes().into()
}

/// A new Keyfob on which the sealed file has been dropped.
fn dropped() -> Scene {
    let mut scene = Scene::first_start();
    scene.happens(Event::FileDropped(Ok(SEALED.to_vec().into())));
    scene.did(&["unseal with our own key"]);
    scene
}

/// The same, unsealed.
fn opened(contents: SecretSlice<u8>) -> Scene {
    let mut scene = dropped();
    scene.answer(Answer::Unsealed(Ok(contents)));
    scene
}

fn taking() -> Scene {
    let mut scene = opened(contents());
    scene.asks(SignInIntent::TakeOffer);
    scene.did(&["POST accounts.zoho.eu/oauth/v2/token refresh_token"]);
    scene
}

#[track_caller]
fn problem_of(scene: &Scene) -> Option<Problem> {
    match scene.snapshot().offer {
        Some(OfferView::Sealed { trying: false, problem } | OfferView::Handover { trying: false, problem, .. }) => {
            problem
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_handover_to_our_key_opens_automatically_and_is_shown() {
    let scene = opened(contents());
    let Some(OfferView::Handover { setup, to, until, host, trying: false, .. }) = scene.snapshot().offer else {
        panic!()
    };
    assert_eq!((host.as_str(), setup.host), ("accounts.zoho.eu", None));
    assert_eq!((setup.name.as_str(), to.as_str()), ("Finance bot", "Ben in the back office"));
    assert_eq!(until, NINE.plus(days(7)));
    assert_eq!(setup.scopes.asked(), "ZohoCliq.Channels.READ,ZohoCliq.Profile.READ");
    assert!(scene.snapshot().draft.is_none() && scene.requests().is_empty());
}

#[test]
fn a_passphrase_is_asked_for_until_it_is_right() {
    let mut scene = dropped();
    scene.answer(Answer::Unsealed(Err(NotUnsealed::NeedsPassphrase)));
    assert_eq!(problem_of(&scene), None);
    scene.asks(SignInIntent::OpenSealed { passphrase: "  ".into() });
    scene.did(&[]);

    for _ in 0..2 {
        scene.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
        scene.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
        scene.did(&["unseal with a passphrase"]);
        scene.answer(Answer::Unsealed(Err(NotUnsealed::WrongPassphrase)));
        assert_eq!(problem_of(&scene), Some(Problem::HandoverLocked));
    }
    scene.asks(SignInIntent::OpenSealed { passphrase: PASSPHRASE.into() });
    scene.answer(Answer::Unsealed(Ok(contents())));
    assert!(matches!(scene.snapshot().offer, Some(OfferView::Handover { .. })));
}

// Shows T29.
#[test]
pub fn a_handover_is_proven_and_confirmed_before_it_is_kept() {
    let mut scene = taking();
    let call = scene.request();
    assert_eq!(field(call, "refresh_token").as_deref(), Some(REFRESH));
    assert_eq!(field(call, "client_secret").as_deref(), Some(CLIENT_SECRET));
    assert!(scene.snapshot().draft.is_none());

    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.did_besides_saving(&["GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current"]);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm });
    assert_eq!(scene.snapshot().offer, None);
    let candidate = scene.to_confirm();
    assert!(candidate.source == CandidateSource::Handover && candidate.lasts && candidate.missing.is_empty());
    assert_eq!(candidate.name, "Finance bot");
    scene.keeps("Finance bot");
    let card = scene.card();
    assert_eq!((card.access, card.refresh), (masked(SECOND_ACCESS), Some(masked(REFRESH))));
    scene.asks(SignInIntent::Open { id: card.id });
    assert_eq!(scene.snapshot().page.unwrap().activity[0].what, Happened::TakenOver);

    let mut scene = scene.starts_again();
    scene.later(minutes(56));
    assert_eq!(field(scene.request(), "refresh_token").as_deref(), Some(REFRESH));
}

#[test]
fn leaving_a_handover_does_not_revoke_the_colleagues_token() {
    let mut scene = taking();
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.settles();
    let mut scene = scene.starts_again();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::NotMe);
    scene.did_besides_saving(&[]);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
    assert!(scene.draft().candidate.is_none());

    // Tokens of the user's own sign-in are revoked again.
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says_at("/oauth/v2/token", &tokens_of(ACCESS, SECOND_REFRESH));
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::NotMe);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
}

#[test]
fn leaving_an_offer_midway_leaves_nothing_behind() {
    let mut scene = dropped();
    scene.asks(SignInIntent::LeaveOffer);
    scene.answer(Answer::Unsealed(Ok(contents())));
    assert_eq!(scene.snapshot().offer, None);

    let mut scene = taking();
    scene.asks(SignInIntent::LeaveOffer);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert!(scene.snapshot().offer.is_none() && scene.snapshot().draft.is_none());
    scene.did(&[]);
}

#[test]
fn a_refused_or_unanswered_offer_stays_and_can_be_retried() {
    let mut scene = taking();
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(problem_of(&scene), Some(Problem::Unreachable { host: "accounts.zoho.eu".into() }));
    scene.asks(SignInIntent::TakeOffer);
    scene.zoho_says(GONE);
    assert_eq!(problem_of(&scene), Some(Problem::GrantEnded));
    assert!(scene.snapshot().draft.is_none());
    scene.asks(SignInIntent::TakeOffer);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.to_confirm().source, CandidateSource::Handover);
}

// Shows T29.
#[test]
fn an_expired_handover_is_reported_and_never_used() {
    let made = contents();
    let mut late = dropped();
    late.the_clock_says(NINE.plus(days(7)));
    late.answer(Answer::Unsealed(Ok(made.clone())));
    let over = Problem::HandoverExpired { at: NINE.plus(days(7)) };
    assert_eq!(late.troubles(), std::slice::from_ref(&over));
    assert_eq!(late.snapshot().offer, None);
    late.did(&[]);

    let mut left_open = opened(made);
    left_open.the_clock_says(NINE.plus(days(8)));
    left_open.asks(SignInIntent::TakeOffer);
    assert_eq!(problem_of(&left_open), Some(over));
    left_open.did(&[]);
}

#[test]
fn an_unusable_handover_is_reported_without_any_request() {
    let unsealed = |not: NotUnsealed| Answer::Unsealed(Err(not));
    let held = |change: fn(&mut Value)| Answer::Unsealed(Ok(contents_with(change)));
    let nowhere = || Problem::FileRegion { region: RegionCode::new("xx").unwrap() };
    for (answer, problem) in [
        (unsealed(NotUnsealed::NotForUs), Problem::HandoverNotForYou),
        (unsealed(NotUnsealed::Damaged), Problem::FileDamaged),
        (Answer::Unsealed(Ok(b"a letter".to_vec().into())), Problem::FileUnknown),
        (held(|h| h["keyfob"] = json!("set-up")), Problem::FileUnknown),
        (held(|h| h["version"] = json!(3)), Problem::FileNewer { version: 3 }),
        (held(|h| h["origins"] = json!({"sg": {"accounts": "x", "api": "x", "cliq": "x"}})), Problem::FileDamaged),
        (held(|h| h["setUp"]["region"] = json!("xx")), nowhere()),
        (held(|h| h["region"] = json!("xx")), nowhere()),
        (held(|h| h["region"] = json!("https://accounts.zoho.example")), Problem::FileDamaged),
        (held(|h| h["refreshToken"] = json!("two words")), Problem::FileDamaged),
        (held(|h| h["refreshToken"] = json!("")), Problem::FileDamaged),
        (held(|h| h["clientSecret"] = json!("line\nbreak")), Problem::FileDamaged),
        (held(|h| h["until"] = json!("soon")), Problem::FileDamaged),
        (held(|h| h["accounts"] = json!("https://accounts.zoho.example")), Problem::FileDamaged),
    ] {
        let mut scene = dropped();
        scene.answer(answer);
        assert_eq!(scene.troubles(), [problem]);
        scene.asks(SignInIntent::TakeOffer);
        assert!(scene.snapshot().offer.is_none() && scene.snapshot().draft.is_none());
        scene.did(&[]);
    }
}

#[test]
fn a_handover_of_an_existing_connection_is_refused() {
    let (mut scene, _) = Scene::connected();
    scene.happens(Event::FileDropped(Ok(SEALED.to_vec().into())));
    scene.answer(Answer::Unsealed(Ok(contents())));
    assert_eq!(scene.troubles(), [Problem::HandoverHere { name: "Finance bot".into() }]);
    assert_eq!(scene.snapshot().offer, None);
}

#[test]
fn another_file_replaces_the_offer() {
    let mut scene = dropped();
    scene.happens(Event::FileDropped(Ok(b"-----BEGIN AGE ENCRYPTED FILE-----\n".to_vec().into())));
    scene.answer(Answer::Unsealed(Err(NotUnsealed::NotForUs)));
    assert!(
        scene.snapshot().offer.is_some() && scene.troubles().is_empty(),
        "the answer for the first file is dropped"
    );
    scene.answer(Answer::Unsealed(Err(NotUnsealed::NeedsPassphrase)));
    assert_eq!(problem_of(&scene), None);
}

#[test]
fn before_the_vault_is_open_nothing_is_offered() {
    let mut scene = Scene::new();
    scene.starts(None);
    scene.asks(SignInIntent::OpenFile);
    scene.answer(Answer::FilePicked(Ok(Some(SEALED.to_vec().into()))));
    scene.asks(SignInIntent::TakeOffer);
    assert_eq!(scene.snapshot().offer, None);
}
