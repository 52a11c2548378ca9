//! "Which region knows this Client ID?": the other regions are asked when the user requests it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::custom_regions::PRACTICE;
use keyfob_core::draft::RegionSaid;
use keyfob_core::fields::ZohoPage;
use keyfob_core::intent::{AppIntent, SignInIntent};
use keyfob_core::snapshot::ApprovalView;
use keyfob_core::{Intent, Problem};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

use crate::scene::*;

const UNKNOWN: &str = r#"{"error":"invalid_client"}"#;
const NO_SUCH_TOKEN: &str = r#"{"error":"invalid_code"}"#;

fn region(code: &str) -> RegionCode {
    RegionCode::new(code).unwrap()
}

/// Europe is chosen and does not know the client.
fn europe_does_not_know() -> Scene {
    let mut scene = Scene::exchanging();
    scene.zoho_says(UNKNOWN);
    assert_eq!(scene.attempt_ended_with(), Problem::ClientUnknown { region: region("eu") });
    scene.settles();
    scene.forget_what_it_did();
    scene
}

fn said(scene: &Scene) -> Vec<(String, RegionSaid)> {
    let others = scene.draft().other_regions;
    others.into_iter().map(|other| (other.region.as_str().to_owned(), other.said)).collect()
}

fn said_by(scene: &Scene, code: &str) -> RegionSaid {
    said(scene).into_iter().find(|(other, _)| other == code).expect("the region is among the others").1
}

/// Every region responds with `answer` of its host.
fn each_answers(scene: &mut Scene, answer: impl Fn(&str) -> &'static str) {
    while let Some(host) = scene.requests().first().map(|call| call.host()) {
        scene.zoho_says(answer(&host));
    }
}

#[test]
fn other_regions_are_asked_on_request_four_at_a_time() {
    let mut scene = europe_does_not_know();
    let others = ["us", "in", "au", "jp", "ca", "cn", "sa", "uk", "ae"];
    assert_eq!(said(&scene), others.map(|code| (code.to_owned(), RegionSaid::NotAsked)));
    scene.did(&[]);

    scene.asks(SignInIntent::AskOtherRegions);
    let asked = |host: &str| format!("POST accounts.{host}/oauth/v2/token refresh_token");
    let first = ["zoho.com", "zoho.in", "zoho.com.au", "zoho.jp"].map(asked);
    scene.did(&first.each_ref().map(String::as_str));
    assert_eq!(said_by(&scene, "us"), RegionSaid::Asking);
    assert_eq!(said_by(&scene, "ca"), RegionSaid::Waiting);

    scene.zoho_says(UNKNOWN);
    scene.did(&[asked("zohocloud.ca").as_str()]);
    each_answers(&mut scene, |host| if host == "accounts.zoho.in" { NO_SUCH_TOKEN } else { UNKNOWN });
    let expected =
        others.map(|code| (code.to_owned(), if code == "in" { RegionSaid::Knows } else { RegionSaid::DoesNotKnow }));
    assert_eq!(said(&scene), expected);
}

#[test]
fn each_region_is_sent_the_client_only_and_nothing_is_saved() {
    let mut scene = europe_does_not_know();
    scene.asks(SignInIntent::TypeSecretFor { region: region("ca"), text: CANADAS_SECRET.into() });
    let meters = scene.draft().meters;
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::AskOtherRegions);
    let mut canadas = 0;
    while let Some(call) = scene.requests().first() {
        let names: Vec<_> = call.form.iter().flatten().map(|(name, _)| *name).collect();
        assert_eq!(names, ["client_id", "client_secret", "grant_type", "refresh_token"]);
        assert_eq!(field(call, "client_id").as_deref(), Some(CLIENT_ID));
        assert_eq!(field(call, "refresh_token").as_deref(), Some("none"));
        let canada = call.host() == "accounts.zohocloud.ca";
        canadas += u32::from(canada);
        let secret = if canada { CANADAS_SECRET } else { CLIENT_SECRET };
        assert_eq!(field(call, "client_secret").as_deref(), Some(secret));
        scene.zoho_says(UNKNOWN);
    }
    assert_eq!(canadas, 1);
    assert_eq!(scene.count(|e| matches!(e, keyfob_core::Effect::Save(..))), 0, "the answers are not saved");
    assert_eq!(scene.draft().meters, meters);
}

#[test]
fn switching_to_the_region_that_knows_the_client_signs_in_there() {
    let mut scene = europe_does_not_know();
    scene.asks(SignInIntent::AskOtherRegions);
    each_answers(&mut scene, |host| if host == "accounts.zoho.in" { NO_SUCH_TOKEN } else { UNKNOWN });
    scene.asks(SignInIntent::SwitchRegion { region: region("us") });
    assert_eq!(scene.draft().region, Some(region("eu")), "it does not know the client either");

    scene.asks(SignInIntent::SwitchRegion { region: region("in") });
    scene.redirect_method(Ok(()));
    scene.draws();
    scene.settles();
    assert_eq!(scene.address().host_str(), Some("accounts.zoho.in"));
    scene.keeps_what_was_typed();
    scene.link(&granted(STATE, "in", "https://accounts.zoho.in"));
    scene.zoho_says(&tokens());
    let candidate = scene.to_confirm();
    assert!(candidate.region == region("in") && !candidate.elsewhere);
}

#[test]
pub fn zohos_error_page_and_other_redirect_methods_offer_it_too() {
    let mut scene = Scene::waiting();
    assert_eq!(scene.draft().other_regions, []);
    scene.asks(SignInIntent::Saw { page: ZohoPage::Client });
    assert_eq!(scene.draft().other_regions.len(), 9);

    let mut device = Scene::ready_to_approve();
    device.asks(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser });
    device.asks(SignInIntent::SignIn { anyway: false });
    device.zoho_says(UNKNOWN);
    device.asks(SignInIntent::AskOtherRegions);
    each_answers(&mut device, |_| NO_SUCH_TOKEN);
    device.asks(SignInIntent::SwitchRegion { region: region("uk") });
    assert_eq!(device.request().host(), "accounts.zoho.uk");
    assert_eq!(device.approval(), ApprovalView::AskingForCode);

    let mut console = Scene::ready_to_approve();
    console.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    console.asks(SignInIntent::PasteCode { text: CODE.into() });
    console.zoho_says(UNKNOWN);
    console.asks(SignInIntent::AskOtherRegions);
    each_answers(&mut console, |_| NO_SUCH_TOKEN);
    console.asks(SignInIntent::SwitchRegion { region: region("sa") });
    assert_eq!(console.request().host(), "accounts.zoho.sa");
    assert_eq!(field(console.request(), "code").as_deref(), Some(CODE), "the code was not spent");
}

#[test]
fn only_regions_without_an_answer_are_asked_again() {
    let mut scene = europe_does_not_know();
    scene.asks(SignInIntent::AskOtherRegions);
    scene.no_answer(TransportError::TimedOut);
    scene.replies(web_page());
    scene.zoho_says(TOO_MANY);
    scene.zoho_says(&tokens());
    each_answers(&mut scene, |_| UNKNOWN);
    for code in ["us", "in", "au", "jp"] {
        assert_eq!(said_by(&scene, code), RegionSaid::NotTold, "{code}");
    }
    assert!(scene.draft().candidate.is_none(), "an unexpected token is ignored");

    scene.asks(SignInIntent::AskOtherRegions);
    assert_eq!(scene.requests().len(), 4);
    each_answers(&mut scene, |_| UNKNOWN);
    assert!(said(&scene).iter().all(|(_, said)| *said == RegionSaid::DoesNotKnow));
    scene.forget_what_it_did();
    scene.asks(SignInIntent::AskOtherRegions);
    scene.did(&[]);
}

#[test]
fn asking_can_be_stopped_and_answers_so_far_are_kept() {
    let mut scene = europe_does_not_know();
    scene.asks(SignInIntent::AskOtherRegions);
    scene.zoho_says(UNKNOWN);
    scene.asks(SignInIntent::StopAsking);
    scene.forget_what_it_did();
    scene.zoho_says(NO_SUCH_TOKEN);
    scene.did(&[]);
    assert_eq!(said_by(&scene, "us"), RegionSaid::DoesNotKnow);
    assert!(said(&scene)[1..].iter().all(|(_, said)| *said == RegionSaid::NotAsked), "late answers are dropped");
}

#[test]
fn answers_are_dropped_when_client_region_or_problem_changes() {
    let changes: [fn() -> Intent; 6] = [
        || Intent::SignIn(SignInIntent::TypeClientId { text: "1000.ZYXWVUTSRQPONMLKJIHGFEDCBA9876".into() }),
        || Intent::SignIn(SignInIntent::TypeClientSecret { text: SECOND_ACCESS.into() }),
        || Intent::SignIn(SignInIntent::TypeSecretFor { region: region("ca"), text: CANADAS_SECRET.into() }),
        || Intent::SignIn(SignInIntent::ChooseRegion { region: region("uk") }),
        || Intent::SignIn(SignInIntent::SignIn { anyway: false }),
        || Intent::SignIn(SignInIntent::ForgetDraft),
    ];
    for change in changes {
        let mut scene = europe_does_not_know();
        scene.asks(SignInIntent::AskOtherRegions);
        scene.asks(change());
        scene.forget_what_it_did();
        while !scene.requests().is_empty() {
            scene.zoho_says(NO_SUCH_TOKEN);
        }
        scene.did(&[]);
        let knows = |s: &Scene| {
            s.snapshot().draft.is_some_and(|d| d.other_regions.iter().any(|o| o.said != RegionSaid::NotAsked))
        };
        assert!(!knows(&scene), "after {:?}", change());
    }
}

#[test]
pub fn practice_neither_asks_nor_is_asked() {
    let mut scene = Scene::first_start();
    scene.asks(AppIntent::Practise);
    scene.practice_starts();
    scene.types_credentials();
    scene.signs_in();
    scene.asks(SignInIntent::Saw { page: ZohoPage::Client });
    assert_eq!(scene.draft().other_regions, []);
    scene.settles();
    scene.forget_what_it_did();
    scene.asks(SignInIntent::AskOtherRegions);
    scene.did(&[]);

    scene.asks(SignInIntent::ForgetDraft);
    scene.fills_in("eu");
    scene.signs_in();
    scene.asks(SignInIntent::Saw { page: ZohoPage::Client });
    assert!(said(&scene).iter().all(|(code, _)| code != PRACTICE.as_str()));
}

/// Europe does not know the client, and the user has added a region.
fn with_an_added_region() -> Scene {
    let mut scene = Scene::in_the_wizard();
    let of = |host: &str| format!("http://127.0.0.1:{host}");
    scene.adds_region(keyfob_core::custom_regions::RegionForm {
        code: "dev".into(),
        name: "Dev".into(),
        accounts: of("9603"),
        api: of("9604"),
        cliq: of("9605"),
        console: of("9606"),
    });
    scene.fills_in("eu");
    scene.signs_in();
    scene.link(&good_link());
    scene.zoho_says(UNKNOWN);
    scene.settles();
    scene.forget_what_it_did();
    scene
}

// Shows T25.
#[test]
fn an_added_region_is_asked_only_by_its_own_button() {
    let mut scene = with_an_added_region();
    let dev = scene.draft().other_regions.into_iter().find(|other| other.region == region("dev")).unwrap();
    assert_eq!(dev.host.as_deref(), Some("http://127.0.0.1:9603"));
    assert_eq!(scene.draft().other_regions.iter().filter(|other| other.host.is_some()).count(), 1);

    scene.asks(SignInIntent::AskOtherRegions);
    let mut hosts = Vec::new();
    while let Some(host) = scene.requests().first().map(|call| call.host()) {
        hosts.push(host);
        scene.zoho_says(UNKNOWN);
    }
    assert_eq!(hosts.len(), 9);
    assert!(hosts.iter().all(|host| host.starts_with("accounts.zoho")), "{hosts:?}");
    assert_eq!(said_by(&scene, "dev"), RegionSaid::NotAsked);

    scene.asks(SignInIntent::AskRegion { region: region("eu") });
    assert!(scene.requests().is_empty(), "the draft's own region has answered already");
    scene.asks(SignInIntent::AskRegion { region: region("dev") });
    assert!(scene.requests().is_empty(), "the user is asked first");
    scene.allows();
    assert_eq!(scene.request().host(), "127.0.0.1");
    scene.zoho_says(NO_SUCH_TOKEN);
    assert_eq!(said_by(&scene, "dev"), RegionSaid::Knows);
}
