//! Failures over HTTP, and what Keyfob makes of them.

use keyfob_core::intent::{AppIntent, ShareIntent, TokensIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::confirmation::Decision;
use keyfob_core::export_choice::Shape;
use keyfob_core::standing::Standing;
use keyfob_practice::{Answer, Endpoint, Scripted};
use zoho_oauth::region::RegionCode;

use crate::world::{Keyfob, Time, Zoho};

// Shows N4.
#[tokio::test]
async fn a_throttled_refresh_waits_and_asks_nothing_more() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    let throttle = r#"{"error_description":"You have made too many requests continuously. Please try again after some time.","error":"Access Denied","status":"failure"}"#;
    zoho.zoho.answer_next(Endpoint::Token, Scripted::json(400, throttle));

    time.passes(Duration::from_mins(56));
    keyfob.looks();
    keyfob
        .card("it waits", |c| matches!(&c.standing, Standing::Waiting { problem: Problem::Throttled { .. }, .. }))
        .await;
    keyfob.asks(TokensIntent::Refresh { id: card.id });
    keyfob.asks(AppIntent::Rename { id: card.id, name: "asked".to_owned() });
    keyfob.card("the request was heard", |c| c.name == "asked").await;
    assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 2, "the exchange and one refresh");

    time.passes(Duration::from_mins(16));
    keyfob.looks();
    keyfob.card("fresh again", |c| c.standing == Standing::Fresh).await;
}

// Shows N12.
#[tokio::test]
async fn a_client_unknown_to_the_users_region_is_explained() {
    let time = Time::new();
    let (home, away) = (Zoho::start("home", &time), Zoho::start("away", &time));
    let keyfob = Keyfob::knowing(&[home.region(), away.region()], &time).await;
    home.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&named_instead(&home.accepts(&address), &home, &away));
    keyfob.decides(Decision::Allow).await;

    // The redirect names a region that is in the table but does not know this client: the exchange goes there.
    let [home_code, away_code] = ["home", "away"].map(|code| RegionCode::new(code).unwrap());
    assert_eq!(keyfob.attempt_ends().await, Problem::MultiDcOff { home: home_code, region: away_code });
    assert_eq!(home.zoho.requests_to(Endpoint::Token).len(), 0);
    assert_eq!(away.zoho.requests_to(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn a_user_of_another_region_gets_tokens_from_there() {
    let time = Time::new();
    let (home, away) = (Zoho::start("home", &time), Zoho::start("away", &time));
    let keyfob = Keyfob::knowing(&[home.region(), away.region()], &time).await;
    home.zoho.add_peer(&away.zoho);
    home.zoho.person_lives_in(away.zoho.location());
    home.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&home.accepts(&address));
    keyfob.decides(Decision::Allow).await;

    let candidate = keyfob.candidate().await;
    assert!(candidate.elsewhere && candidate.region.as_str() == "away");
    assert_eq!(home.zoho.requests_to(Endpoint::Token).len(), 0);
    assert_eq!(away.zoho.requests_to(Endpoint::Status).len(), 1, "that region's Cliq is asked");
}

/// Replaces the Zoho that a link names.
fn named_instead(link: &str, zoho: &Zoho, other: &Zoho) -> String {
    let encoded = |z: &Zoho| url::form_urlencoded::byte_serialize(z.zoho.origin().as_bytes()).collect::<String>();
    assert!(link.contains(&encoded(zoho)));
    let location = |z: &Zoho| format!("location={}", z.zoho.location());
    link.replace(&encoded(zoho), &encoded(other)).replace(&location(zoho), &location(other))
}

// Shows T7; ASVS 10.2.2.
#[tokio::test]
async fn an_unknown_server_is_reported_and_sent_nothing() {
    let time = Time::new();
    let (zoho, evil) = (Zoho::start("here", &time), Zoho::start("evil", &time));
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&named_instead(&zoho.accepts(&address), &zoho, &evil));

    assert_eq!(keyfob.attempt_ends().await, Problem::UnknownRegion { server: evil.zoho.origin().to_owned() });
    assert_eq!(evil.zoho.requests().len(), 0);
    assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 0);
}

// Shows N6, N10, N11.
#[tokio::test]
async fn each_broken_response_has_its_problem_and_no_token() {
    let host = || "127.0.0.1".to_owned();
    let many = "x".repeat(70_000);
    let answers = [
        (Scripted::json(200, r#"{"error":"invalid_code"}"#), Problem::CodeSpent),
        (Scripted::json(200, r#"{"error":"invalid_client_secret"}"#), Problem::SecretWrong),
        (Scripted::json(200, "{}"), Problem::NoToken),
        (Scripted::json(200, r#"{"access_token": "1000.a"#), Problem::Garbled { host: host() }),
        (Scripted::json(200, ""), Problem::EmptyAnswer { host: host() }),
        (Scripted::json(200, &many), Problem::TooLong { host: host() }),
        (Scripted::html(200, "<html>Sign in to the network</html>"), Problem::WebPage { host: host() }),
        (Scripted::json(503, "{}"), Problem::ServerTrouble { host: host(), status: 503 }),
        (Scripted::redirect("https://evil.example/"), Problem::Redirected { host: host() }),
        (Scripted::closed(), Problem::Unreachable { host: host() }),
    ];
    for (answer, problem) in answers {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        zoho.fill_in(&keyfob);
        let address = keyfob.signs_in().await;
        zoho.zoho.answer_next(Endpoint::Token, answer);
        keyfob.link(&zoho.accepts(&address));
        assert_eq!(keyfob.attempt_ends().await, problem);
        assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 1, "a code is never sent twice");
    }
}

// Shows C6.
#[tokio::test]
async fn a_rejection_is_shown_and_keeps_the_input() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.zoho.consent(&address, Answer::Reject).unwrap());
    assert_eq!(keyfob.attempt_ends().await, Problem::Denied);

    let again = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&again));
    assert!(keyfob.candidate().await.lasts);
}

// Shows N1.
#[tokio::test]
async fn while_zoho_is_unreachable_nothing_is_lost() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    time.passes(Duration::from_mins(56));
    zoho.zoho.answer_next(Endpoint::Token, Scripted::closed());
    keyfob.looks();
    keyfob
        .card("it waits", |c| matches!(&c.standing, Standing::Waiting { problem: Problem::Unreachable { .. }, .. }))
        .await;

    time.passes(Duration::from_secs(31));
    keyfob.looks();
    keyfob.card("fresh again", |c| c.standing == Standing::Fresh).await;
    keyfob.asks(ShareIntent::Copy { id: card.id, shape: Shape::Token });
    assert_eq!(keyfob.copied().await, *zoho.zoho.issued_access_tokens().last().unwrap());
}
