//! The failures that the user switches on in Practice, and what Keyfob reports for each.

use keyfob_core::intent::{ChecksIntent, ShareIntent, SignInIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::export_choice::Shape;
use keyfob_core::problem::{Class, PastedProblem};
use keyfob_core::snapshot::Card;
use keyfob_core::standing::{Probed, Standing};
use keyfob_practice::{Application, ClientType as Kind, Endpoint, Registered, Trouble};
use zoho_oauth::client::ClientType;
use zoho_oauth::probe::{CLIQ_LOCK, Proof};

use crate::world::{Keyfob, Time, Zoho};

/// A Practice and a Keyfob that knows it.
async fn begins(time: &Time) -> (Zoho, Keyfob) {
    let zoho = Zoho::start("here", time);
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    (zoho, keyfob)
}

fn is_tested(card: &Card) -> bool {
    card.doing.is_none() && card.tested.is_some()
}

// Shows N14.
#[tokio::test]
async fn an_undocumented_error_is_retried() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    let before = zoho.connect(&keyfob).await;
    zoho.zoho.trouble(Trouble::GeneralError);
    time.passes(Duration::from_mins(56));
    keyfob.looks();
    let unexplained = Problem::Refused { error: "general_error".to_owned() };
    assert_eq!(unexplained.class(), Class::Unclear);
    let is_said = |c: &Card| matches!(&c.standing, Standing::Waiting { problem, .. } if *problem == unexplained);
    let waiting = keyfob.card("it waits", is_said).await;
    assert_eq!(waiting.refresh, before.refresh, "the refresh token stays");

    zoho.zoho.back_to_normal();
    time.passes(Duration::from_secs(31));
    keyfob.looks();
    keyfob.card("fresh again", |c| c.standing == Standing::Fresh).await;
}

#[tokio::test]
async fn an_unused_product_is_named_and_can_be_retried() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    zoho.zoho.trouble(Trouble::NoOrg);
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));
    let problem = keyfob.attempt_ends().await;
    assert_eq!(problem, Problem::NoAccount { services: vec!["ZohoCliq".to_owned()] });
    assert_eq!(problem.class(), Class::Refused);
    assert!(zoho.zoho.requests_to(Endpoint::Token).is_empty(), "there is no code to exchange");

    zoho.zoho.back_to_normal();
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn an_empty_list_proves_its_permission() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    let id = zoho.connect(&keyfob).await.id;
    zoho.zoho.trouble(Trouble::EmptyLists);
    keyfob.asks(SignInIntent::Open { id });
    keyfob.asks(ChecksIntent::ProbeScopes { id });
    let proof = |card: &Card| {
        let channels = card.probes.iter().find(|probe| probe.scope.as_str() == "ZohoCliq.Channels.READ")?;
        if let Probed::Told { result } = &channels.probed { result.proof } else { None }
    };
    let card = keyfob.card("it was tried", |c| c.doing.is_none() && proof(c).is_some()).await;
    assert_eq!(proof(&card), Some(Proof::Works));
    assert_eq!(zoho.zoho.requests_to(Endpoint::Channels).len(), 1);
}

// Shows N4.
#[tokio::test]
async fn a_rate_limit_delays_the_test_and_not_the_token() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    let id = zoho.connect(&keyfob).await.id;
    zoho.zoho.trouble(Trouble::CliqLimit);
    keyfob.asks(ChecksIntent::Test { id });
    let until = time.now().plus(CLIQ_LOCK);
    let busy = Problem::CliqBusy { until };
    assert_eq!(busy.class(), Class::RateLimited);
    let is_said = |c: &Card| is_tested(c) && c.tested.as_ref().is_some_and(|t| t.problem.as_ref() == Some(&busy));
    let card = keyfob.card("the limit is said", is_said).await;
    assert_eq!(card.standing, Standing::Fresh);

    zoho.zoho.back_to_normal();
    time.passes(CLIQ_LOCK);
    keyfob.asks(ChecksIntent::Test { id });
    let works = |c: &Card| is_tested(c) && c.tested.as_ref().is_some_and(|t| t.proof == Some(Proof::Works));
    keyfob.card("it works", works).await;
    assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 1, "a rate limit does not request a new token");
}

// Shows N14.
#[tokio::test]
async fn a_displaced_token_is_replaced_silently() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    let id = zoho.connect(&keyfob).await.id;
    let first = zoho.zoho.issued_access_tokens().remove(0);
    zoho.zoho.trouble(Trouble::PushedOut);
    time.passes(Duration::from_mins(1));
    keyfob.asks(ChecksIntent::Test { id });
    let again = time.now();
    let works = |c: &Card| {
        let tested = c.tested.as_ref().filter(|t| t.at >= again);
        is_tested(c) && tested.is_some_and(|t| t.proof == Some(Proof::Works))
    };
    let card = keyfob.card("it works", works).await;
    assert_eq!(card.standing, Standing::Fresh);
    assert!(!zoho.zoho.is_alive(&first), "the displaced token is invalid");
    assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 2, "the exchange and one refresh");
    keyfob.asks(ShareIntent::Copy { id, shape: Shape::Token });
    assert!(zoho.zoho.is_alive(&keyfob.copied().await));
}

#[tokio::test]
async fn a_webhook_token_is_not_sent_as_a_code() {
    let time = Time::new();
    let (zoho, keyfob) = begins(&time).await;
    let (name, homepage) = ("Self Client".to_owned(), String::new());
    let application = Application { client_type: Kind::SelfClient, name, homepage, redirects: Vec::new() };
    let Registered { client_id, client_secret } = zoho.zoho.register(application).unwrap();
    zoho.zoho.trouble(Trouble::WebhookToken);
    keyfob.fills_in(zoho.zoho.location(), &client_id, &client_secret, &["ZohoCliq.Channels.READ"]);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::SelfClient });
    keyfob.asks(SignInIntent::PasteCode { text: zoho.zoho.webhook_token().into() });
    assert_eq!(keyfob.attempt_ends().await, Problem::NotTheCode { why: PastedProblem::WebhookToken });
    assert!(zoho.zoho.requests_to(Endpoint::Token).is_empty());
}
