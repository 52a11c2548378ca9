//! A Self Client gets tokens for its organisation without a user's approval.

use keyfob_core::activity::Happened;
use keyfob_core::connection::ConnectionId;
use keyfob_core::credential_hints::Hint;
use keyfob_core::draft::CandidateSource;
use keyfob_core::intent::SignInIntent;
use keyfob_core::snapshot::ApprovalView;
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use keyfob_core::{Intent, Problem};
use zoho_oauth::client::{ClientType, OrganisationId};
use zoho_oauth::probe::Proof;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const ORGANISATION: &str = "60012345678";
const ASKS: &str = "POST accounts.zoho.eu/oauth/v2/token client_credentials";
const PROVES: &str = "GET cliq.zoho.eu/api/v2/channels";
/// Cliq's response to a request for the first channel.
const CHANNELS: &str = r#"{"channels":[]}"#;

fn acts_for(organisation: &str) -> Intent {
    Intent::SignIn(SignInIntent::UseClientCredentials { organisation: organisation.into() })
}

fn organisation() -> Option<OrganisationId> {
    OrganisationId::new(ORGANISATION)
}

/// The wizard is filled in for a Self Client.
fn ready() -> Scene {
    let mut scene = Scene::ready_to_approve();
    scene.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

/// Zoho is asked for a token.
fn asking() -> Scene {
    let mut scene = ready();
    scene.asks(acts_for(&format!(" {ORGANISATION}\n")));
    scene.did_besides_saving(&[ASKS]);
    scene
}

/// The token arrived and is not kept yet.
fn came() -> Scene {
    let mut scene = asking();
    scene.zoho_says(&renewed(ACCESS));
    scene
}

/// The token is kept.
fn connected() -> (Scene, ConnectionId) {
    let mut scene = came();
    scene.zoho_says_at("/channels", CHANNELS);
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    scene.asks(SignInIntent::GoHome);
    scene.settles();
    scene.forget_what_it_did();
    let id = scene.card().id;
    (scene, id)
}

#[test]
fn the_client_alone_gets_a_token_for_its_organisation() {
    let mut scene = asking();
    let call = scene.request();
    assert_eq!(field(call, "scope").as_deref(), Some("ZohoCliq.Channels.READ,ZohoCliq.Profile.READ"));
    assert_eq!(field(call, "soid").as_deref(), Some("ZohoCliq.60012345678"));
    assert_eq!(field(call, "client_secret").as_deref(), Some(CLIENT_SECRET));
    assert_eq!(scene.approval(), ApprovalView::AskingForToken);

    scene.forget_what_it_did();
    scene.zoho_says(&renewed(ACCESS));
    scene.did_besides_saving(&[PROVES]);
    let candidate = scene.to_confirm();
    assert_eq!((candidate.source, candidate.organisation), (CandidateSource::ClientCredentials, organisation()));
    assert!(candidate.lasts && candidate.testing && candidate.missing.is_empty());
    scene.zoho_says_at("/channels", CHANNELS);
    let candidate = scene.to_confirm();
    assert!(!candidate.testing && candidate.tested.unwrap().proof == Some(Proof::Works));
}

// Shows N15.
#[test]
fn it_has_no_account_and_is_renewed_by_a_new_request() {
    let (mut scene, id) = connected();
    let card = scene.card();
    assert_eq!((card.identity, card.refresh, card.organisation), (None, None, organisation()));
    assert!(card.renews && card.standing == Standing::Fresh);
    scene.asks(SignInIntent::Open { id });
    assert_eq!(scene.snapshot().page.unwrap().activity[0].what, Happened::ClientTokenIssued);

    let mut scene = scene.starts_again();
    scene.later(minutes(56));
    let call = scene.request();
    assert_eq!(field(call, "grant_type").as_deref(), Some("client_credentials"));
    assert_eq!(field(call, "soid").as_deref(), Some("ZohoCliq.60012345678"));
    scene.zoho_says(&renewed(SECOND_ACCESS));
    assert_eq!(scene.card().access, masked(SECOND_ACCESS));
}

#[test]
fn a_failed_renewal_is_handled_like_any_refresh() {
    let (mut scene, _) = connected();
    scene.later(minutes(56));
    scene.no_answer(TransportError::Unreachable);
    assert!(matches!(scene.card().standing, Standing::Waiting { problem: Problem::Unreachable { .. }, .. }));
    scene.later(minutes(1));
    scene.zoho_says(r#"{"error":"missing_org_info"}"#);
    assert_eq!(scene.card().standing, Standing::NeedsYou { problem: Problem::OrganisationUnknown });
}

// Shows N15.
#[test]
fn rejecting_the_token_revokes_it() {
    let mut scene = came();
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::NotMe);
    scene.did_besides_saving(&["POST accounts.zoho.eu/oauth/v2/revoke/token"]);
    assert_eq!(scene.draft().organisation, organisation(), "the input stays");
}

#[test]
fn an_invalid_organisation_id_is_not_sent() {
    for (text, hint) in [
        ("", Hint::Unusual),
        ("Zylker Corp", Hint::Unusual),
        ("12", Hint::Unusual),
        (CLIENT_ID, Hint::LooksLikeClientId),
        (CLIENT_SECRET, Hint::LooksLikeSecret),
        (CODE, Hint::LooksLikeCode),
        ("ZohoCliq.Channels.READ", Hint::LooksLikeScopes),
        ("https://cliq.zoho.eu/", Hint::LooksLikeAddress),
    ] {
        let mut scene = ready();
        scene.asks(acts_for(text));
        scene.did_besides_saving(&[]);
        assert_eq!(scene.draft().organisation_refused, Some(hint), "{text}");
        assert_eq!(scene.approval(), READY);
    }
}

#[test]
fn a_problem_of_the_other_form_is_cleared() {
    let mut scene = ready();
    scene.asks(SignInIntent::UseRefreshToken { text: "hello".into() });
    assert!(matches!(scene.approval(), ApprovalView::Ready { problem: Some(_), .. }));
    scene.asks(acts_for("12"));
    assert_eq!(scene.approval(), READY);
    assert_eq!(scene.draft().organisation_refused, Some(Hint::Unusual));
}

#[test]
fn only_a_self_client_can_use_client_credentials() {
    for client_type in [ClientType::Mobile, ClientType::ServerBased, ClientType::NonBrowser] {
        let mut scene = ready();
        scene.asks(SignInIntent::ChooseClientType { client_type });
        scene.asks(acts_for(ORGANISATION));
        scene.did_besides_saving(&[]);
    }
}

#[test]
fn a_refusal_is_shown_and_the_input_is_kept() {
    for (answer, problem) in [
        (r#"{"error":"missing_org_info"}"#, Problem::OrganisationUnknown),
        (r#"{"error":"invalid_client_secret"}"#, Problem::SecretWrong),
        (r#"{"error":"invalid_client"}"#, Problem::ClientUnknown { region: RegionCode::new("eu").unwrap() }),
        (r#"{"error":"invalid_scope"}"#, Problem::ScopeUnknown),
    ] {
        let mut scene = asking();
        scene.zoho_says(answer);
        assert_eq!(scene.attempt_ended_with(), problem);
        scene.keeps_what_was_typed();
    }
}

#[test]
fn permissions_unproven_without_a_user_are_listed_first() {
    let mut scene = ready();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Webhooks.CREATE".into(), on: true });
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Messages.UPDATE".into(), on: true });
    let named = scene.draft().unproven_without_user;
    assert_eq!(named.asked(), "ZohoCliq.Messages.UPDATE,ZohoCliq.Profile.READ");
}

#[test]
fn without_a_testable_permission_no_test_runs() {
    let mut scene = ready();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: false });
    scene.asks(acts_for(ORGANISATION));
    scene.forget_what_it_did();
    scene.zoho_says(&renewed(ACCESS));
    scene.did_besides_saving(&[]);
    let candidate = scene.to_confirm();
    assert!(!candidate.testing && candidate.tested.is_none());
    scene.asks(SignInIntent::Keep { name: "Finance bot".into() });
    assert_eq!(scene.draft().furthest, Step::Use);
}

#[test]
pub fn a_cancelled_request_yields_no_token() {
    let mut scene = asking();
    scene.asks(acts_for(ORGANISATION));
    assert_eq!(scene.requests().len(), 1, "one at a time");
    scene.asks(SignInIntent::CancelConsent);
    scene.zoho_says(&renewed(ACCESS));
    assert_eq!(scene.approval(), READY);
    assert!(scene.draft().candidate.is_none());
}
