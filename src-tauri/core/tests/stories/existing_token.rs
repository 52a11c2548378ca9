//! The user already has a refresh token, issued elsewhere for the same client.

use keyfob_core::activity::Happened;
use keyfob_core::confirmation::Decision;
use keyfob_core::draft::CandidateSource;
use keyfob_core::fields::PasteField;
use keyfob_core::intent::SignInIntent;
use keyfob_core::problem::PastedProblem;
use keyfob_core::snapshot::{ApprovalView, GrantedBy};
use keyfob_core::step::Step;
use keyfob_core::{Answer, Intent, Problem};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const PROOF: &str = "POST accounts.zoho.eu/oauth/v2/token refresh_token";

fn uses(text: &str) -> Intent {
    Intent::SignIn(SignInIntent::UseRefreshToken { text: text.into() })
}

/// The user typed the refresh token, and Keyfob requests an access token.
fn proving() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(uses(&format!(" {REFRESH}\n")));
    scene.did_besides_saving(&[PROOF]);
    scene
}

/// The token is valid; its account is not known yet.
fn proven() -> Scene {
    let mut scene = proving();
    scene.zoho_says(&renewed(ACCESS));
    scene
}

// Shows N15.
#[test]
fn one_refresh_proves_it_and_the_account_is_shown() {
    let mut scene = proving();
    let call = scene.request();
    assert_eq!(field(call, "refresh_token").as_deref(), Some(REFRESH));
    assert_eq!(field(call, "client_secret").as_deref(), Some(CLIENT_SECRET));
    assert_eq!(scene.approval(), ApprovalView::AskingForToken);

    scene.forget_what_it_did();
    scene.zoho_says(&renewed(ACCESS));
    scene.did_besides_saving(&["GET accounts.zoho.eu/oauth/user/info", "GET cliq.zoho.eu/api/v2/statuses/current"]);
    let candidate = scene.to_confirm();
    assert!(candidate.lasts && candidate.source == CandidateSource::ExistingToken);
    scene.keeps("Finance bot");
    let card = scene.card();
    assert_eq!((card.access, card.refresh), (masked(ACCESS), Some(masked(REFRESH))));
    scene.asks(SignInIntent::Open { id: card.id });
    assert_eq!(scene.snapshot().page.unwrap().activity[0].what, Happened::TokenAdded);
}

#[test]
fn a_kept_token_is_refreshed_like_any_other() {
    let mut scene = proven();
    scene.keeps("Finance bot");
    let mut scene = scene.starts_again();
    scene.later(minutes(56));
    assert_eq!(field(scene.request(), "refresh_token").as_deref(), Some(REFRESH));
}

// Shows N15.
#[test]
pub fn a_token_not_kept_is_not_revoked() {
    let mut scene = proven();
    scene.settles();
    let mut scene = scene.starts_again();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::NotMe);
    scene.did_besides_saving(&[]);
    assert!(scene.draft().candidate.is_none() && scene.draft().furthest == Step::Approve);
    scene.keeps_what_was_typed();
}

#[test]
fn a_refused_token_is_reported_and_the_input_is_kept() {
    for (answer, problem) in [
        (GONE, Problem::RefreshTokenRefused),
        (r#"{"error":"invalid_client_secret"}"#, Problem::SecretWrong),
        (r#"{"error":"invalid_client"}"#, Problem::ClientUnknown { region: RegionCode::new("eu").unwrap() }),
    ] {
        let mut scene = proving();
        scene.zoho_says(answer);
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
    }
    let mut scene = proving();
    scene.no_answer(TransportError::Unreachable);
    assert_eq!(scene.attempt_ended_with(), Problem::Unreachable { host: "accounts.zoho.eu".into() });
    scene.asks(uses(REFRESH));
    scene.zoho_says(&renewed(ACCESS));
    assert!(scene.to_confirm().lasts, "the user can try again");
}

#[test]
fn text_that_is_no_refresh_token_is_named_and_not_sent() {
    for (text, why) in [
        ("", PastedProblem::NoCode),
        ("hello", PastedProblem::NoCode),
        (CLIENT_ID, PastedProblem::ClientId),
        (CLIENT_SECRET, PastedProblem::ClientSecret),
        (&*format!("{REFRESH} {REFRESH}"), PastedProblem::NoCode),
        (&*"1".repeat(1 << 16), PastedProblem::TooLong),
        ("1001.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210", PastedProblem::WebhookToken),
        ("ZohoCliq.Channels.READ,ZohoCliq.Users.READ", PastedProblem::Scopes),
        ("https://api-console.zoho.eu/", PastedProblem::Address),
        ("60012345678", PastedProblem::OrganisationId),
    ] {
        let mut scene = Scene::ready_to_approve();
        scene.asks(uses(text));
        scene.did_besides_saving(&[]);
        assert_eq!(scene.attempt_ended_with(), Problem::NotTheRefreshToken { why }, "{text}");
    }
}

#[test]
fn the_token_is_found_in_surrounding_text() {
    for text in
        [format!("<{REFRESH}>"), format!("refresh_token={REFRESH}"), format!(r#"{{"refresh_token":"{REFRESH}"}}"#)]
    {
        let mut scene = Scene::ready_to_approve();
        scene.asks(uses(&text));
        assert_eq!(field(scene.request(), "refresh_token").as_deref(), Some(REFRESH), "{text}");
    }
}

#[test]
fn permissions_unnamed_by_zoho_are_not_shown_as_granted() {
    for (answer, granted_by) in [(renewed(ACCESS), GrantedBy::Choice), (tokens(), GrantedBy::Zoho)] {
        let mut scene = proving();
        scene.zoho_says(&answer);
        assert_eq!(scene.to_confirm().granted_by, granted_by);
    }
}

#[test]
fn a_token_of_another_connection_is_refused() {
    let (mut scene, _) = Scene::connected();
    scene.asks(SignInIntent::Start);
    scene.fills_in("eu");
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(uses(REFRESH));
    scene.did_besides_saving(&[]);
    assert_eq!(scene.attempt_ended_with(), Problem::NotTheRefreshToken { why: PastedProblem::OwnSecret });

    scene.asks(SignInIntent::Paste { field: PasteField::RefreshToken });
    scene.answer(Answer::Pasted(Ok(REFRESH.into())));
    assert_eq!(scene.attempt_ended_with(), Problem::NotTheRefreshToken { why: PastedProblem::OwnSecret });
    assert!(scene.requests().is_empty());
}

#[test]
fn the_token_can_be_pasted_for_any_client_type() {
    for client_type in [ClientType::Mobile, ClientType::ServerBased, ClientType::SelfClient, ClientType::NonBrowser] {
        let mut scene = Scene::ready_to_approve();
        scene.asks(SignInIntent::ChooseClientType { client_type });
        scene.asks(SignInIntent::Paste { field: PasteField::RefreshToken });
        scene.answer(Answer::Pasted(Ok(REFRESH.into())));
        assert_eq!(scene.approval(), ApprovalView::AskingForToken);
    }
}

// Shows N15.
#[test]
fn an_added_region_gets_the_token_once_the_user_confirms_it() {
    const ASKS: &str = "ask to send the refresh token to accounts.sandbox.example";
    let mut scene = Scene::in_the_wizard();
    scene.adds_region(region_form("sandbox", "sandbox"));
    scene.fills_in("sandbox");
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(uses(REFRESH));
    scene.did_besides_saving(&[ASKS]);
    scene.answer(Answer::Confirmed(Decision::Dismiss));
    assert!(scene.requests().is_empty());

    scene.asks(uses(REFRESH));
    scene.asks(SignInIntent::ChooseRegion { region: RegionCode::new("eu").unwrap() });
    scene.allows();
    assert!(scene.requests().is_empty(), "the draft is for another region by now");

    scene.fills_in("sandbox");
    scene.settles();
    scene.later(minutes(1));
    scene.asks_and_allows(uses(REFRESH));
    assert_eq!(scene.request().host(), "accounts.sandbox.example");
}

#[test]
fn a_cancelled_proof_keeps_nothing() {
    let mut scene = proving();
    scene.asks(uses(SECOND_REFRESH));
    assert_eq!(scene.requests().len(), 1, "one at a time");
    scene.asks(SignInIntent::CancelConsent);
    scene.zoho_says(&renewed(ACCESS));
    assert_eq!(scene.approval(), READY);
    assert!(scene.draft().candidate.is_none());

    let again = proving().starts_again();
    assert_eq!(again.approval(), READY, "the token was not kept");
}
