//! The addresses of a region in use are never replaced silently, and nothing is sent to addresses it was not given for.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::connection::ConnectionId;
use keyfob_core::credential_hints::Hint;
use keyfob_core::custom_regions::RegionForm;
use keyfob_core::fields::PasteField;
use keyfob_core::intent::{AppIntent, ChecksIntent, RevokeIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::snapshot::{ApprovalView, OfferView};
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Event, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

const OLD: &str = "accounts.sandbox.example";
const NEW: &str = "accounts.evil.example";

fn sandbox(site: &str) -> RegionForm {
    region_form("sandbox", site)
}

fn code() -> RegionCode {
    RegionCode::new("sandbox").unwrap()
}

fn moved() -> Problem {
    Problem::RegionMoved { region: code(), was: OLD.into(), now: NEW.into() }
}

/// The region `sandbox` is added, and the wizard is filled in for it.
fn filled_in() -> Scene {
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(sandbox("sandbox"));
    scene.types_credentials();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

/// One connection in that region, kept and proven.
fn connected() -> (Scene, ConnectionId) {
    let mut scene = filled_in();
    scene.signs_in();
    scene.link(&granted(STATE, "sandbox", &format!("https://{OLD}")));
    scene.zoho_says(&tokens());
    scene.keeps("Sandbox bot");
    let id = scene.card().id;
    (scene, id)
}

/// The next start reads this region from the file and sends nothing.
fn starts_with(scene: &Scene, form: &RegionForm) -> Scene {
    let mut again = started_with(scene, form);
    again.did_besides_saving(&["open the vault with the keyring"]);
    again
}

fn started_with(scene: &Scene, form: &RegionForm) -> Scene {
    let mut again = Scene::new();
    (again.now, again.saved) = (scene.now, scene.saved.clone());
    again.starts(Some(&serde_json::to_string(&[form]).unwrap()));
    again.vault_opens(scene.saved.clone());
    again
}

fn refusal(scene: &Scene) -> Option<Problem> {
    scene.draft().region_problem
}

fn in_use(users: &[&str], unfinished: bool) -> Problem {
    let users = users.iter().map(|&name| name.to_owned()).collect();
    Problem::RegionInUse { region: code(), users, unfinished }
}

// Shows T18, T26.
#[test]
fn a_region_in_use_keeps_its_addresses_and_names_its_users() {
    let (mut scene, id) = connected();
    scene.asks(SignInIntent::Start);
    scene.settles();
    scene.forget_what_it_did();
    scene.adds_region(sandbox("evil"));
    scene.did_besides_saving(&[]);
    assert_eq!(refusal(&scene), Some(in_use(&["Sandbox bot"], false)));
    scene.asks(TokensIntent::Refresh { id });
    assert_eq!(scene.request().host(), OLD);

    let only_one_address = RegionForm { cliq: "https://cliq.evil.example".into(), ..sandbox("sandbox") };
    scene.adds_region(only_one_address);
    assert_eq!(refusal(&scene), Some(in_use(&["Sandbox bot"], false)));
    let only_its_name = RegionForm { name: "The sandbox".into(), ..sandbox("sandbox") };
    scene.adds_region(only_its_name);
    assert_eq!(refusal(&scene), None);
}

#[test]
fn a_pending_revocation_keeps_its_regions_addresses_too() {
    let (mut scene, id) = connected();
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.asks(SignInIntent::Start);
    scene.adds_region(sandbox("evil"));
    assert_eq!(refusal(&scene), Some(in_use(&["Sandbox bot"], false)));
}

#[test]
fn an_unfinished_sign_in_keeps_its_regions_addresses() {
    let secret = filled_in();
    let mut laid_aside = filled_in();
    laid_aside.happens(Event::FileDropped(Ok(crate::setup_file::file().to_string().into_bytes().into())));
    laid_aside.asks(SignInIntent::TakeOffer);
    let mut waiting = filled_in();
    waiting.signs_in();
    let mut candidate = filled_in();
    candidate.signs_in();
    candidate.link(&granted(STATE, "sandbox", &format!("https://{OLD}")));
    candidate.zoho_says(&tokens());
    for mut scene in [secret, laid_aside, waiting, candidate] {
        scene.adds_region(sandbox("evil"));
        assert_eq!(refusal(&scene), Some(in_use(&[], true)));
    }
}

#[test]
fn an_unused_region_is_corrected_by_adding_it_again() {
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(sandbox("sandbx"));
    scene.asks(SignInIntent::TypeClientId { text: CLIENT_ID.into() });
    scene.adds_region(sandbox("sandbox"));
    assert_eq!(refusal(&scene), None);
    scene.settles();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    scene.signs_in();
    assert_eq!(scene.address().host_str(), Some(OLD));
}

// Shows T18, T26.
#[test]
pub fn an_edited_file_is_reported_before_anything_is_sent() {
    let (mut scene, _) = connected();
    scene.later(minutes(54));
    let mut again = starts_with(&scene, &sandbox("evil"));
    let id = again.card().id;
    assert_eq!(again.card().standing, Standing::NeedsYou { problem: moved() });
    again.later(days(1));
    again.did_besides_saving(&[]);
    again.asks(TokensIntent::Refresh { id });
    again.asks(ChecksIntent::Test { id });
    again.asks(ChecksIntent::ProbeScopes { id });
    again.asks(ShareIntent::Copy { id, shape: keyfob_core::export_choice::Shape::Curl });
    again.asks(RevokeIntent::RevokeAndDelete { id });
    again.did_besides_saving(&[]);
    again.asks(RevokeIntent::RevokeLater { id });
    again.happens(Event::NetworkBack);
    let revocation = again.snapshot().revocations[0].id;
    again.asks(RevokeIntent::RevokeNow { revocation });
    again.did_besides_saving(&[]);
    assert_eq!(again.snapshot().revocations[0].problem, Some(moved()));
}

#[test]
fn a_revocation_waits_while_its_region_has_other_addresses() {
    let (mut scene, id) = connected();
    scene.asks(RevokeIntent::RevokeLater { id });
    scene.settles();
    let mut again = starts_with(&scene, &sandbox("evil"));
    assert_eq!(again.snapshot().revocations[0].problem, Some(moved()));
    again.later(days(1));
    again.did_besides_saving(&[]);

    let restored = started_with(&again, &sandbox("sandbox"));
    assert_eq!(restored.snapshot().revocations[0].problem, None);
    assert_eq!(restored.request().host(), OLD);
}

// Shows T26.
#[test]
pub fn signing_in_again_at_the_new_addresses_asks_for_the_secret() {
    let (scene, id) = connected();
    let mut again = starts_with(&scene, &sandbox("evil"));
    again.asks(SignInIntent::SignInAgain { id });
    assert_eq!(again.draft().client_secret, None);
    assert_eq!(again.screen(), keyfob_core::snapshot::Screen::Wizard { step: Step::Credentials });
    again.asks(SignInIntent::TypeClientSecret { text: CLIENT_SECRET.into() });
    again.signs_in();
    again.link(&granted(STATE, "sandbox", &format!("https://{NEW}")));
    assert_eq!(again.request().host(), NEW);
    again.zoho_says(&tokens_of(SECOND_ACCESS, SECOND_REFRESH));
    again.keeps("Sandbox bot");
    assert_eq!(again.card().standing, Standing::Fresh);
    again.asks(TokensIntent::Refresh { id });
    assert_eq!(field(again.request(), "refresh_token").as_deref(), Some(SECOND_REFRESH));

    let mut next = starts_with(&again, &sandbox("evil"));
    assert_eq!(next.card().standing, Standing::Fresh);
    next.did(&[]);
}

#[test]
fn the_old_addresses_are_restored_by_correcting_the_region() {
    let (scene, id) = connected();
    let mut again = starts_with(&scene, &sandbox("evil"));
    again.asks(SignInIntent::Start);
    again.adds_region(sandbox("sandbox"));
    assert_eq!(refusal(&again), None);
    again.answer(Answer::RegionsSaved(Ok(None)));
    assert_eq!(again.card().standing, Standing::Fresh);
    again.asks(TokensIntent::Refresh { id });
    assert_eq!(again.request().host(), OLD);
}

// Shows T26.
#[test]
fn a_drafts_secret_is_dropped_where_its_region_moved() {
    let scene = filled_in();
    let mut again = starts_with(&scene, &sandbox("evil"));
    assert_eq!(again.draft().client_secret, None);
    assert_eq!(again.attempt_ended_with(), moved());
    assert_eq!(again.draft().client_id, CLIENT_ID);

    let mut waiting = filled_in();
    waiting.signs_in();
    waiting.settles();
    let mut again_waiting = starts_with(&waiting, &sandbox("evil"));
    again_waiting.link(&granted(STATE, "sandbox", &format!("https://{NEW}")));
    assert_eq!(again_waiting.attempt_ended_with(), moved());
    again_waiting.did_besides_saving(&[]);

    // Signing in there is the user's decision and is remembered at the next start.
    again.types_credentials();
    again.asks(SignInIntent::SignIn { anyway: false });
    again.redirect_method(Ok(()));
    again.draws();
    again.settles();
    assert_eq!(again.address().host_str(), Some(NEW));
    let next = starts_with(&again, &sandbox("evil"));
    assert!(matches!(next.approval(), ApprovalView::Waiting { .. }));
}

#[test]
fn a_secret_of_a_moved_region_is_pasted_for_no_other_region() {
    let mut again = starts_with(&filled_in(), &sandbox("evil"));
    again.asks(AppIntent::Practise);
    again.practice_starts();
    again.asks(SignInIntent::Paste { field: PasteField::ClientSecret });
    again.answer(Answer::Pasted(Ok(CLIENT_SECRET.into())));
    let refused = again.draft().paste_refused.map(|refused| refused.hint);
    assert_eq!((refused, again.draft().client_secret), (Some(Hint::Own), None));
}

#[test]
fn a_candidate_is_not_proven_at_a_region_that_moved() {
    let mut scene = filled_in();
    scene.signs_in();
    scene.link(&granted(STATE, "sandbox", &format!("https://{OLD}")));
    scene.zoho_says(&tokens());
    scene.settles();
    let mut again = starts_with(&scene, &sandbox("evil"));
    again.did_besides_saving(&[]);
    assert_eq!(again.to_confirm().identity_problem, Some(moved()));
    again.asks(SignInIntent::NotMe);
    again.did_besides_saving(&[]);
}

#[test]
fn an_older_record_takes_the_current_addresses_once() {
    let (scene, id) = connected();
    let mut older = starts_with(&scene, &sandbox("sandbox"));
    older.saved = scene.saved.as_ref().map(without_origins);
    let mut first = starts_with(&older, &sandbox("evil"));
    assert_eq!(first.card().standing, Standing::Fresh);
    first.settles();
    let mut second = starts_with(&first, &sandbox("sandbox"));
    let back = Problem::RegionMoved { region: code(), was: NEW.into(), now: OLD.into() };
    assert_eq!(second.card().standing, Standing::NeedsYou { problem: back });
    second.asks(TokensIntent::Refresh { id });
    second.did_besides_saving(&[]);
}

fn without_origins(record: &secrecy::SecretSlice<u8>) -> secrecy::SecretSlice<u8> {
    let mut record: serde_json::Value = serde_json::from_slice(record.expose_secret()).unwrap();
    assert!(record["connections"][0]["grant"].as_object_mut().unwrap().remove("origins").is_some());
    record.to_string().into_bytes().into()
}

/// The contents of a handover of the sandbox's connection.
fn handed_over() -> secrecy::SecretSlice<u8> {
    let (mut scene, id) = connected();
    scene.asks(ShareIntent::BeginHandover { id });
    scene.asks_and_allows(crate::handover_out::handover(crate::handover_out::by_passphrase(PASSPHRASE)));
    scene.sealing().content.clone()
}

/// A colleague's Keyfob with this region opens the handover.
fn opened_by_a_colleague(contents: secrecy::SecretSlice<u8>, form: RegionForm) -> Scene {
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(form);
    scene.asks(SignInIntent::GoHome);
    scene.happens(Event::FileDropped(Ok(b"age-encryption.org/v1\n".to_vec().into())));
    scene.answer(Answer::Unsealed(Ok(contents)));
    scene.settles();
    scene.forget_what_it_did();
    scene
}

// Shows T29.
#[test]
fn a_handover_for_another_server_is_refused_naming_both() {
    let mut scene = opened_by_a_colleague(handed_over(), sandbox("evil"));
    let elsewhere = Problem::HandoverElsewhere { region: code(), made_for: Some(OLD.into()), here: NEW.into() };
    assert_eq!(scene.troubles(), [elsewhere]);
    assert_eq!(scene.snapshot().offer, None);
    scene.asks(SignInIntent::TakeOffer);
    scene.did(&[]);
}

// Shows T29.
#[test]
pub fn a_handover_for_the_same_server_shows_where_it_renews() {
    let mut scene = opened_by_a_colleague(handed_over(), sandbox("sandbox"));
    let Some(OfferView::Handover { setup, region, host, .. }) = scene.snapshot().offer else { panic!() };
    assert_eq!((region, host.as_str(), setup.host.as_deref()), (code(), OLD, Some(OLD)));
    scene.adds_region(sandbox("evil"));
    scene.asks(SignInIntent::TakeOffer);
    assert_eq!(scene.request().host(), OLD);
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.keeps("Sandbox bot");
    assert_eq!(scene.card().host.as_deref(), Some(OLD));
}

#[test]
fn an_old_handover_for_an_added_region_is_refused() {
    let mut older: serde_json::Value = serde_json::from_slice(handed_over().expose_secret()).unwrap();
    assert_eq!(older["version"], 2);
    older["version"] = 1.into();
    older.as_object_mut().unwrap().remove("origins").unwrap();
    let scene = opened_by_a_colleague(older.to_string().into_bytes().into(), sandbox("sandbox"));
    let unnamed = Problem::HandoverElsewhere { region: code(), made_for: None, here: OLD.into() };
    assert_eq!(scene.troubles(), [unnamed]);
}

// Shows T26.
#[test]
fn the_host_of_an_added_region_is_shown_wherever_it_is_named() {
    let mut scene = filled_in();
    assert_eq!(scene.draft().host.as_deref(), Some(OLD));
    scene.signs_in();
    scene.link(&granted(STATE, "sandbox", &format!("https://{OLD}")));
    scene.zoho_says(&tokens());
    assert_eq!(scene.to_confirm().host.as_deref(), Some(OLD));
    scene.keeps("Sandbox bot");
    assert_eq!(scene.card().host.as_deref(), Some(OLD));

    let (zohos_own, _) = Scene::connected();
    assert_eq!(zohos_own.card().host, None);
    let international = RegionForm { accounts: "https://accounts.z\u{f6}ho.example".into(), ..sandbox("sandbox") };
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(international);
    assert_eq!(scene.draft().host.as_deref(), Some("accounts.xn--zho-sna.example"));
}

#[test]
fn another_users_program_gets_nothing_and_a_retry_follows() {
    let (mut scene, id) = connected();
    scene.asks(TokensIntent::Refresh { id });
    scene.no_answer(zoho_oauth::request::TransportError::NotThisUsers);
    let Standing::Waiting { problem, again_at } = scene.card().standing else { panic!("{:?}", scene.card().standing) };
    assert_eq!(problem, Problem::NotThisUsers { host: OLD.into() });
    assert!(again_at > scene.now);
}
