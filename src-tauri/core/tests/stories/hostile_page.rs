//! Hostile code in the page sends single intents for what it must not get.
//!
//! 1. Text on the clipboard reaches the snapshot or a request only if it has the format of its field.
//! 2. A secret is sent only to the servers it was given for and does not follow a draft to others.
//! 3. Handing out a secret, adding a server or dropping live tokens needs the user's consent outside the page.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::confirmation::{Account, Confirmation, Decision};
use keyfob_core::credential_hints::Hint;
use keyfob_core::draft::PasteRefused;
use keyfob_core::export_choice::{Export, FileFormat, Shape};
use keyfob_core::fields::PasteField;
use keyfob_core::intent::{AppIntent, CliIntent, RevokeIntent, ShareIntent, SignInIntent};
use keyfob_core::problem::PastedProblem;
use keyfob_core::{Answer, Effect, Intent, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

const EVIL: &str = r#"[{"code":"evil","name":"Evil","accounts":"https://accounts.evil.example","api":"https://api.evil.example","cliq":"https://cliq.evil.example","console":"https://console.evil.example"}]"#;

fn region(code: &str) -> RegionCode {
    RegionCode::new(code).unwrap()
}

/// Pastes this clipboard text into a field.
fn pastes(scene: &mut Scene, field: PasteField, text: &str) {
    scene.asks(SignInIntent::Paste { field });
    scene.answer(Answer::Pasted(Ok(text.into())));
}

fn refused(scene: &Scene) -> Option<Hint> {
    scene.draft().paste_refused.map(|refused| refused.hint)
}

/// One connection in Europe, and the attacker's region, which the user has added.
fn connected_beside_evil() -> (Scene, keyfob_core::connection::ConnectionId) {
    let (scene, id) = Scene::connected();
    let mut again = Scene::new();
    again.now = scene.now;
    again.starts(Some(EVIL));
    again.vault_opens(scene.saved.clone());
    again.forget_what_it_did();
    (again, id)
}

// Shows T24; ASVS 14.2.6.
#[test]
fn private_clipboard_text_stays_out_of_the_snapshot() {
    for text in
        ["my-bank-password-hunter2", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "Dear Ada, 1000 thanks.", " \n "]
    {
        let mut scene = Scene::in_the_wizard();
        for field in [PasteField::ClientId, PasteField::ClientSecret] {
            pastes(&mut scene, field, text);
            assert_eq!(scene.draft().paste_refused, Some(PasteRefused { field, region: None, hint: Hint::Unusual }));
        }
        scene.asks(SignInIntent::PasteSecretFor { region: region("in") });
        scene.answer(Answer::Pasted(Ok(text.into())));
        let draft = scene.draft();
        assert_eq!((draft.client_id.as_str(), &draft.client_secret, draft.secrets_elsewhere.len()), ("", &None, 0));
        assert!(!serde_json::to_string(&scene.snapshot()).unwrap().contains(text.trim_end()) || text.trim().is_empty());

        scene.asks(SignInIntent::TypeClientId { text: CLIENT_ID.into() });
        assert_eq!(refused(&scene), None, "typing clears the refusal");
    }
}

// Shows T24.
#[test]
fn a_copied_token_is_pasted_into_no_field() {
    for shape in [Shape::Token, Shape::RefreshToken] {
        let (mut scene, id) = Scene::connected();
        scene.asks(ShareIntent::Copy { id, shape });
        if shape == Shape::RefreshToken {
            scene.allows();
        }
        let copied = scene.clipboard().to_owned();
        scene.answer(Answer::Copied(Ok(())));
        scene.asks(SignInIntent::Start);
        for field in [PasteField::ClientId, PasteField::ClientSecret] {
            pastes(&mut scene, field, &copied);
            assert_eq!(refused(&scene), Some(Hint::Own));
        }
        scene.asks(SignInIntent::ChooseRegion { region: region("eu") });
        scene.types_credentials();
        scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
        pastes(&mut scene, PasteField::Code, &format!("  {copied}\n"));
        let why = PastedProblem::OwnSecret;
        assert_eq!(scene.attempt_ended_with(), Problem::NotTheCode { why });

        scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::Mobile });
        scene.signs_in();
        pastes(&mut scene, PasteField::Address, &copied);
        assert_eq!(scene.said_while_waiting(), Some(Problem::NotTheAddress { why }));
        assert!(scene.requests().is_empty());
    }
}

// Shows T24.
#[test]
fn a_copied_token_is_still_refused_after_a_refresh() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::Copy { id, shape: Shape::Token });
    let copied = scene.clipboard().to_owned();
    scene.answer(Answer::Copied(Ok(())));
    scene.later(minutes(55));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    scene.asks(SignInIntent::Start);
    pastes(&mut scene, PasteField::ClientSecret, &copied);
    assert_eq!(refused(&scene), Some(Hint::Own));
}

// Shows T24.
#[test]
fn a_kept_client_secret_is_pasted_for_zohos_regions_only() {
    let (mut scene, _) = connected_beside_evil();
    scene.asks(SignInIntent::Start);
    for (code, fits) in [("eu", true), ("in", true), ("evil", false)] {
        scene.asks(SignInIntent::ChooseRegion { region: region(code) });
        pastes(&mut scene, PasteField::ClientSecret, CLIENT_SECRET);
        assert_eq!(scene.draft().client_secret.is_some(), fits, "{code}");
        assert_eq!(refused(&scene), (!fits).then_some(Hint::Own), "{code}");
    }
}

/// The user copied the secret from Zoho's console, where it still exists.
// Shows T25.
#[test]
fn a_forgotten_client_secret_stays_bound_to_its_region() {
    let (mut revoked, id) = Scene::connected();
    revoked.asks(RevokeIntent::RevokeAndDelete { id });
    revoked.zoho_says(REVOKED);
    let mut thrown_away = Scene::in_the_wizard();
    thrown_away.asks(SignInIntent::ChooseRegion { region: region("eu") });
    thrown_away.types_credentials();
    thrown_away.asks(SignInIntent::ForgetDraft);
    for mut scene in [revoked, thrown_away] {
        scene.asks(AppIntent::Practise);
        scene.practice_starts();
        pastes(&mut scene, PasteField::ClientSecret, CLIENT_SECRET);
        assert_eq!((refused(&scene), scene.draft().client_secret), (Some(Hint::Own), None));

        scene.asks(SignInIntent::ChooseRegion { region: region("eu") });
        pastes(&mut scene, PasteField::ClientSecret, CLIENT_SECRET);
        assert_eq!(
            scene.draft().client_secret,
            Some(masked(CLIENT_SECRET)),
            "it can be pasted for its own region again"
        );
    }
}

// Shows T25; ASVS 10.1.1.
#[test]
fn a_kept_secret_is_dropped_when_region_or_type_changes() {
    let (mut scene, id) = connected_beside_evil();
    for elsewhere in [
        Intent::SignIn(SignInIntent::ChooseRegion { region: region("evil") }),
        Intent::SignIn(SignInIntent::ChooseRegion { region: region("in") }),
        Intent::SignIn(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient }),
        Intent::SignIn(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser }),
        Intent::SignIn(SignInIntent::GuessRegion { address: "https://cliq.evil.example/".into() }),
    ] {
        scene.asks(SignInIntent::SignInAgain { id });
        assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));
        scene.asks(elsewhere.clone());
        assert_eq!(scene.draft().client_secret, None, "{elsewhere:?}");
        scene.asks(SignInIntent::ForgetDraft);
    }

    scene.asks(SignInIntent::SignInAgain { id });
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    scene.asks(SignInIntent::PasteCode { text: CODE.into() });
    let call = scene.request();
    assert_eq!((call.host().as_str(), field(call, "client_secret")), ("accounts.evil.example", None));
}

// Shows T25.
#[test]
fn a_typed_secret_moves_among_zohos_regions_only() {
    let (mut scene, _) = connected_beside_evil();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::ChooseRegion { region: region("eu") });
    scene.types_credentials();
    scene.asks(SignInIntent::ChooseRegion { region: region("in") });
    assert_eq!(scene.draft().client_secret, Some(masked(CLIENT_SECRET)));
    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    assert_eq!(scene.draft().client_secret, None);
}

// Shows T25.
#[test]
fn a_secret_is_pasted_for_an_added_region_once_confirmed() {
    let (mut scene, _) = connected_beside_evil();
    scene.asks(SignInIntent::Start);
    // Before a region is chosen, the secret is assumed to be for Zoho's regions.
    pastes(&mut scene, PasteField::ClientSecret, CANADAS_SECRET);
    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    assert_eq!(scene.draft().client_secret, None);

    pastes(&mut scene, PasteField::ClientSecret, CANADAS_SECRET);
    assert_eq!(scene.draft().client_secret, None);
    scene.did_besides_saving(&["paste", "paste", "ask to use the secret at accounts.evil.example"]);
    scene.asks(SignInIntent::ChooseRegion { region: region("eu") });
    scene.allows();
    assert_eq!(scene.draft().client_secret, None, "the draft is for another region by now");

    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    pastes(&mut scene, PasteField::ClientSecret, CANADAS_SECRET);
    scene.allows();
    assert_eq!(scene.draft().client_secret, Some(masked(CANADAS_SECRET)));
}

#[test]
fn a_console_file_is_used_at_an_added_region_once_confirmed() {
    let (mut scene, _) = connected_beside_evil();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    scene.asks(SignInIntent::OpenFile);
    let file = format!(
        r#"{{"client_id":"{CLIENT_ID}","client_secret":"{CANADAS_SECRET}","code":"{CODE}","scope":["ZohoCliq.Channels.READ"],"grant_type":"authorization_code"}}"#
    );
    scene.answer(Answer::FilePicked(Ok(Some(file.into_bytes().into()))));
    assert!(scene.requests().is_empty());
    scene.allows();
    assert_eq!(scene.request().host(), "accounts.evil.example");
}

// Shows T25.
#[test]
fn another_servers_tokens_replace_no_connection() {
    let (mut scene, id) = connected_beside_evil();
    scene.asks(SignInIntent::SignInAgain { id });
    assert_eq!(scene.draft().replaces, Some(id));
    scene.asks(SignInIntent::ChooseRegion { region: region("evil") });
    assert_eq!(scene.draft().replaces, None);
}

// Shows T23.
#[test]
fn repeated_questions_are_delayed_longer_each_time() {
    let (mut scene, id) = Scene::connected();
    let ask = Intent::Share(ShareIntent::Copy { id, shape: Shape::RefreshToken });
    let mut asked = 0;
    for _ in 0..600 {
        scene.asks(ask.clone());
        if scene.count(|e| matches!(e, Effect::Confirm(..))) > 0 {
            asked += 1;
            scene.answer(Answer::Confirmed(Decision::Dismiss));
        }
        scene.later(seconds(1));
    }
    assert_eq!(asked, 16, "immediately, then after 1, 3, 7 … up to 60 seconds");
    scene.later(minutes(3));
    scene.asks(ask.clone());
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    scene.asks(ask);
    scene.allows();
}

// Shows T23.
#[test]
fn a_question_names_the_account_whatever_the_connections_name() {
    let (mut scene, id) = Scene::connected();
    scene.asks(AppIntent::Rename { id, name: "Practice, nothing secret".into() });
    let ada =
        Account { email: Some("ada@firm.example".into()), organisation: None, host: Some("accounts.zoho.eu".into()) };
    let export = Export { format: FileFormat::Json, refresh_token: true, client_secret: false };
    for intent in [
        Intent::Share(ShareIntent::Copy { id, shape: Shape::RefreshToken }),
        Intent::Share(ShareIntent::Export { id, export }),
        Intent::Cli(CliIntent::AllowScripts { id, on: true }),
    ] {
        scene.asks(intent);
        let account = match scene.question() {
            Confirmation::CopyRefreshToken { account, .. }
            | Confirmation::Export { account, .. }
            | Confirmation::AllowScripts { account, .. } => account.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(account, ada);
        scene.answer(Answer::Confirmed(Decision::Dismiss));
        scene.later(minutes(3));
    }
}

// Shows T23.
#[test]
fn one_question_at_a_time_and_a_denial_does_nothing() {
    let (mut scene, id) = Scene::connected();
    scene.asks(ShareIntent::Copy { id, shape: Shape::RefreshToken });
    scene.asks(CliIntent::AllowScripts { id, on: true });
    assert_eq!(scene.count(|e| matches!(e, Effect::Confirm(..))), 1);
    for decision in [Decision::Deny, Decision::Dismiss] {
        scene.answer(Answer::Confirmed(decision));
        assert_eq!(scene.count(|e| matches!(e, Effect::Copy(..))), 0);
        scene.asks(ShareIntent::Copy { id, shape: Shape::RefreshToken });
    }
    scene.allows();
    let copied = scene.count(|e| matches!(e, Effect::Copy(_, text, _) if text.expose_secret() == REFRESH));
    assert_eq!(copied, 1);
}
