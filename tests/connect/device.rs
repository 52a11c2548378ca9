//! The device flow over HTTP against Practice, which enforces Zoho's interval and lifetime.

use keyfob_core::intent::{ShareIntent, SignInIntent};
use std::time::Duration;

use keyfob_core::confirmation::Decision;
use keyfob_core::export_choice::Shape;
use keyfob_core::snapshot::{ApprovalView, DeviceView};
use keyfob_core::standing::Standing;
use keyfob_core::{Problem, Snapshot};
use keyfob_practice::{Answer, Endpoint, Scripted, Units};
use zoho_oauth::client::ClientType;

use crate::world::{Keyfob, Time, Zoho};

fn pending(snapshot: &Snapshot) -> Option<&DeviceView> {
    match &snapshot.draft.as_ref()?.approval {
        ApprovalView::Device(device) => Some(device),
        _ => None,
    }
}

/// Signs in up to the code on the screen.
async fn code_of(keyfob: &Keyfob, zoho: &Zoho) -> DeviceView {
    zoho.fill_in(keyfob);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::NonBrowser });
    keyfob.asks(SignInIntent::SignIn { anyway: false });
    let seen = keyfob.sees("a code", |s| pending(s).is_some()).await;
    pending(&seen).unwrap().clone()
}

/// Waits half a minute for the next poll.
async fn is_asked(keyfob: &Keyfob, zoho: &Zoho, time: &Time, times: usize) {
    time.passes(Duration::from_secs(30));
    keyfob.looks();
    zoho.zoho.was_asked(Endpoint::DeviceToken, times).await;
}

/// Waits until the poll is answered.
async fn goes_on(keyfob: &Keyfob) -> DeviceView {
    let seen = keyfob.sees("the answer is in", |s| pending(s).is_some_and(|d| d.asks_at.is_some())).await;
    pending(&seen).unwrap().clone()
}

#[tokio::test]
async fn a_typed_code_becomes_a_connection_that_refreshes() {
    for units in [Units::Milliseconds, Units::Seconds] {
        let time = Time::new();
        let zoho = Zoho::for_devices("here", units, &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        let code = code_of(&keyfob, &zoho).await;
        assert_eq!(code.page, format!("{}/oauth/v3/device", zoho.zoho.origin()));
        assert_eq!(code.ends, code.began.plus(Duration::from_mins(5)));

        is_asked(&keyfob, &zoho, &time, 1).await;
        goes_on(&keyfob).await;
        zoho.zoho.answer_device(&code.user_code, Answer::Accept).unwrap();
        time.passes(Duration::from_secs(29));
        keyfob.looks();
        assert_eq!(zoho.zoho.requests_to(Endpoint::DeviceToken).len(), 1, "no sooner than Zoho allows");
        time.passes(Duration::from_secs(1));
        keyfob.looks();

        let candidate = keyfob.candidate().await;
        assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
        assert!(candidate.missing.is_empty() && candidate.lasts);
        let asked = zoho.zoho.requests_to(Endpoint::DeviceCode).remove(0);
        assert!(asked.query.is_empty() && asked.form("client_secret").is_none());

        let first = keyfob.keeps("Meeting room").await;
        time.passes(Duration::from_mins(56));
        keyfob.looks();
        let second = keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
        assert_eq!(second.standing, Standing::Fresh);
        keyfob.asks(ShareIntent::Copy { id: second.id, shape: Shape::Token });
        assert_eq!(keyfob.copied().await, zoho.zoho.issued_access_tokens()[1]);
    }
}

#[tokio::test]
async fn a_user_of_another_region_is_polled_for_there() {
    let time = Time::new();
    let home = Zoho::for_devices("home", Units::Milliseconds, &time);
    let away = Zoho::for_devices("away", Units::Milliseconds, &time);
    home.zoho.add_peer(&away.zoho);
    home.zoho.person_lives_in("away");
    let keyfob = Keyfob::knowing(&[home.region(), away.region()], &time).await;
    let code = code_of(&keyfob, &home).await;
    home.zoho.answer_device(&code.user_code, Answer::Accept).unwrap();
    is_asked(&keyfob, &home, &time, 1).await;
    keyfob.decides(Decision::Allow).await;
    assert_eq!(goes_on(&keyfob).await.region.as_str(), "away");
    is_asked(&keyfob, &away, &time, 1).await;

    let candidate = keyfob.candidate().await;
    assert!(candidate.elsewhere && candidate.region.as_str() == "away");
    assert_eq!(home.zoho.requests_to(Endpoint::DeviceToken).len(), 1);
}

#[tokio::test]
async fn an_unknown_region_is_sent_nothing() {
    let time = Time::new();
    let home = Zoho::for_devices("home", Units::Milliseconds, &time);
    let evil = Zoho::for_devices("evil", Units::Milliseconds, &time);
    home.zoho.add_peer(&evil.zoho);
    home.zoho.person_lives_in("evil");
    let keyfob = Keyfob::knowing(&[home.region()], &time).await;
    let code = code_of(&keyfob, &home).await;
    home.zoho.answer_device(&code.user_code, Answer::Accept).unwrap();
    is_asked(&keyfob, &home, &time, 1).await;
    assert_eq!(keyfob.attempt_ends().await, Problem::UnknownRegion { server: "evil".into() });
    assert!(evil.zoho.requests().is_empty());
}

#[tokio::test]
async fn slow_down_lengthens_the_interval() {
    let time = Time::new();
    let zoho = Zoho::for_devices("here", Units::Seconds, &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let code = code_of(&keyfob, &zoho).await;
    zoho.zoho.answer_next(Endpoint::DeviceToken, Scripted::json(400, r#"{"error":"slow_down"}"#));
    is_asked(&keyfob, &zoho, &time, 1).await;
    let slower = goes_on(&keyfob).await;
    assert_eq!(slower.asks_at.unwrap().since(code.began).as_secs(), 30 + 45);
}

#[tokio::test]
async fn a_lost_response_is_reported_and_polled_for_again() {
    let time = Time::new();
    let zoho = Zoho::for_devices("here", Units::Seconds, &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let code = code_of(&keyfob, &zoho).await;
    zoho.zoho.answer_next(Endpoint::DeviceToken, Scripted::closed());
    is_asked(&keyfob, &zoho, &time, 1).await;
    keyfob
        .sees("it is said", |s| pending(s).is_some_and(|d| matches!(d.problem, Some(Problem::Unreachable { .. }))))
        .await;
    zoho.zoho.answer_device(&code.user_code, Answer::Accept).unwrap();
    is_asked(&keyfob, &zoho, &time, 2).await;
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn rejection_and_expiry_are_told_apart() {
    let time = Time::new();
    let zoho = Zoho::for_devices("here", Units::Milliseconds, &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let code = code_of(&keyfob, &zoho).await;
    zoho.zoho.answer_device(&code.user_code, Answer::Reject).unwrap();
    is_asked(&keyfob, &zoho, &time, 1).await;
    assert_eq!(keyfob.attempt_ends().await, Problem::Denied);

    keyfob.asks(SignInIntent::SignIn { anyway: false });
    let another = keyfob.sees("another code", |s| pending(s).is_some_and(|d| d.user_code != code.user_code)).await;
    time.passes(Duration::from_mins(5));
    is_asked(&keyfob, &zoho, &time, 2).await;
    assert_eq!(keyfob.attempt_ends().await, Problem::DeviceCodeExpired);
    let over = zoho.zoho.answer_device(&pending(&another).unwrap().user_code, Answer::Accept);
    assert!(over.is_err(), "nobody waits for it");
}
