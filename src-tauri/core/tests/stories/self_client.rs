//! The Self Client: a code from Zoho's console, pasted or in a file.

use keyfob_core::fields::PasteField;
use keyfob_core::intent::SignInIntent;
use keyfob_core::problem::PastedProblem;
use keyfob_core::snapshot::{ApprovalView, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Event, Problem};
use proptest::prelude::*;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

/// The wizard is filled in for a Self Client.
fn ready() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

/// A webhook token in Cliq's format.
const WEBHOOK_TOKEN: &str = "1001.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210";

fn pastes(scene: &mut Scene, text: &str) {
    scene.asks(SignInIntent::PasteCode { text: text.into() });
}

fn file(fields: &str) -> Event {
    let text = format!(r#"{{"client_id":"{CLIENT_ID}","client_secret":"{CLIENT_SECRET}",{fields}}}"#);
    Event::FileDropped(Ok(text.into_bytes().into()))
}

fn code_field() -> String {
    format!(
        r#""code":"{CODE}","scope":["ZohoCliq.Channels.READ","ZohoCliq.Users.READ"],"grant_type":"authorization_code""#
    )
}

#[test]
fn a_console_code_is_exchanged_without_redirect_and_verifier() {
    let mut scene = ready();
    scene.asks(SignInIntent::CopyScopes);
    assert_eq!(scene.clipboard(), "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Profile.READ");
    scene.forget_what_it_did();

    pastes(&mut scene, &format!(" \"{CODE}\"\n"));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    let call = scene.request();
    assert_eq!(
        (field(call, "code").unwrap().as_str(), field(call, "client_secret").unwrap().as_str()),
        (CODE, CLIENT_SECRET)
    );
    assert_eq!((field(call, "redirect_uri"), field(call, "code_verifier")), (None, None));

    scene.zoho_says(&tokens());
    scene.keeps("Finance bot");
    assert_eq!(scene.card().name, "Finance bot");
}

#[test]
fn a_pasted_code_never_enters_the_window() {
    let mut scene = ready();
    scene.asks(SignInIntent::Paste { field: PasteField::Code });
    scene.answer(Answer::Pasted(Ok(CODE.into())));
    scene.settles();
    assert_eq!(scene.approval(), ApprovalView::Exchanging);
    assert_eq!(scene.draft().console_code.unwrap().code, masked(CODE));
}

#[test]
fn a_second_code_during_an_exchange_starts_nothing() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    pastes(&mut scene, CODE);
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(scene.requests().len(), 1);
}

#[test]
fn text_that_is_no_code_is_named_and_not_sent() {
    for (text, why) in [
        ("", PastedProblem::NoCode),
        ("hello", PastedProblem::NoCode),
        ("1000.only", PastedProblem::NoCode),
        (CLIENT_ID, PastedProblem::ClientId),
        (CLIENT_SECRET, PastedProblem::ClientSecret),
        (WEBHOOK_TOKEN, PastedProblem::WebhookToken),
        (&*format!("https://cliq.zoho.eu/api/v2/bots/x/message?zapikey={WEBHOOK_TOKEN}"), PastedProblem::WebhookToken),
        ("ZohoCliq.Channels.READ,ZohoCliq.Users.READ", PastedProblem::Scopes),
        ("https://api-console.zoho.eu/", PastedProblem::Address),
        ("60012345678", PastedProblem::OrganisationId),
    ] {
        let mut scene = ready();
        pastes(&mut scene, text);
        scene.did_besides_saving(&[]);
        assert_eq!(scene.attempt_ended_with(), Problem::NotTheCode { why });
    }
}

#[test]
fn a_spent_code_is_dropped() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    scene.zoho_says(r#"{"error":"invalid_code"}"#);
    assert_eq!(scene.attempt_ended_with(), Problem::ConsoleCodeOver);
    assert_eq!(scene.draft().console_code, None);
    scene.keeps_what_was_typed();
}

#[test]
fn an_unsent_code_is_kept_until_it_expires_and_can_be_resent() {
    let mut scene = ready();
    scene.asks(SignInIntent::ChooseLifetime { minutes: 7 });
    pastes(&mut scene, CODE);
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(scene.attempt_ended_with(), Problem::Unreachable { host: "accounts.zoho.eu".into() });
    let waiting = scene.draft().console_code.expect("a code waits");
    assert_eq!(waiting.ends, scene.now.plus(minutes(7)));
    scene.later(minutes(6));
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token authorization_code", "raise"]);

    scene.asks(SignInIntent::SignIn { anyway: false });
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    scene.zoho_says(&tokens());
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Confirm });
}

#[test]
fn an_expired_code_is_dropped_and_reported() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    scene.no_answer(TransportError::TimedOut);
    scene.later(minutes(3));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsoleCodeOver);
    assert_eq!(scene.draft().console_code, None);
}

#[test]
fn an_unsent_code_survives_a_restart_until_it_expires() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    let sent = scene.starts_again();
    assert_eq!(sent.draft().console_code, None);
    scene.no_answer(TransportError::Unreachable);
    scene.settles();
    let mut again = scene.starts_again();
    assert!(again.draft().console_code.is_some());
    again.later(minutes(3));
    assert_eq!(again.draft().console_code, None);
}

#[test]
fn tokens_of_a_cancelled_exchange_are_revoked() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    scene.asks(SignInIntent::CancelConsent);
    assert_eq!(scene.draft().console_code, None);
    scene.forget_what_it_did();
    scene.zoho_says(&tokens());
    assert!(scene.request().url.path().contains("revoke"));
}

#[test]
fn a_console_file_fills_in_the_wizard_and_its_code_is_used() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("in").unwrap() });
    scene.settles();
    scene.forget_what_it_did();
    let ends = scene.now.millis() + 100_000;
    scene.happens(file(&format!("{},\"expiry_time\":{ends}", code_field())));
    scene.did_besides_saving(&["POST accounts.zoho.in/oauth/v2/token authorization_code"]);
    let draft = scene.draft();
    assert_eq!((draft.client_type, draft.client_id.as_str()), (ClientType::SelfClient, CLIENT_ID));
    assert_eq!(draft.asked, "AaaServer.profile.READ,ZohoCliq.Channels.READ,ZohoCliq.Users.READ");
    assert_eq!(draft.console_code.unwrap().ends.millis(), ends);
}

#[test]
fn without_a_region_the_code_waits() {
    let mut scene = Scene::first_start();
    scene.happens(file(&code_field()));
    scene.did_besides_saving(&[]);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Region });
    assert!(scene.draft().console_code.is_some());
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("jp").unwrap() });
    scene.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(scene.request().host(), "accounts.zoho.jp");
}

#[test]
fn a_file_without_a_code_keeps_the_input() {
    let mut scene = ready();
    scene.happens(file(r#""scope":"","code":"not a code""#));
    scene.did_besides_saving(&[]);
    assert_eq!(scene.draft().console_code, None);
    assert!(scene.draft().asked.contains("ZohoCliq.Channels.READ"));
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Approve });
}

#[test]
fn a_file_with_an_expired_code_is_reported() {
    let mut scene = ready();
    scene.happens(file(&format!("{},\"expiry_time\":\"1587975412\"", code_field())));
    assert_eq!(scene.attempt_ended_with(), Problem::ConsoleCodeOver);
    assert_eq!(scene.requests().len(), 0);
}

#[test]
fn a_file_does_not_overwrite_an_unfinished_sign_in() {
    for mut scene in [Scene::waiting(), Scene::candidate()] {
        let before = scene.draft();
        scene.happens(file(&code_field()));
        assert_eq!(scene.troubles(), [Problem::SignInPending]);
        assert_eq!(scene.draft(), before);
    }
}

#[test]
fn a_file_does_not_replace_the_client_of_a_repeated_sign_in() {
    let (mut scene, id) = Scene::connected();
    scene.asks(SignInIntent::SignInAgain { id });
    let before = scene.draft();
    let other = CLIENT_ID.replace("ABC", "XYZ");
    let text = format!(r#"{{"client_id":"{other}",{}}}"#, code_field());
    scene.happens(Event::FileDropped(Ok(text.into_bytes().into())));
    assert_eq!(scene.troubles(), [Problem::SignInPending]);
    assert_eq!(scene.draft(), before);
}

#[test]
fn a_waiting_code_is_never_sent_for_another_files_client() {
    let mut scene = ready();
    pastes(&mut scene, CODE);
    scene.no_answer(TransportError::Unreachable);
    scene.happens(file(r#""scope":"""#));
    assert_eq!(scene.draft().console_code, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_text_as_a_code_goes_only_to_the_chosen_region(text in ".{0,80}|1000\\.[0-9a-f.]{0,80}") {
        let mut scene = ready();
        pastes(&mut scene, &text);
        prop_assert!(scene.requests().iter().all(|call| call.host() == "accounts.zoho.eu"));
        prop_assert!(scene.draft().candidate.is_none());
    }

    #[test]
    fn a_random_file_sends_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut scene = ready();
        scene.happens(Event::FileDropped(Ok(bytes.into())));
        prop_assert_eq!(scene.requests().len(), 0);
    }

    #[test]
    fn a_random_console_file_goes_only_to_the_chosen_region(
        id in ".{0,40}", secret in ".{0,60}", code in ".{0,60}|1000\\.ab\\.cd", scope in ".{0,60}", expires in any::<i64>(),
    ) {
        let told = serde_json::json!({
            "client_id": id, "client_secret": secret, "code": code, "scope": scope, "expiry_time": expires,
            "accounts-server": "https://evil.example", "api_domain": "https://evil.example",
        });
        let mut scene = ready();
        scene.happens(Event::FileDropped(Ok(told.to_string().into_bytes().into())));
        prop_assert!(scene.requests().iter().all(|call| call.host() == "accounts.zoho.eu"));
        prop_assert!(scene.draft().candidate.is_none());
    }
}
