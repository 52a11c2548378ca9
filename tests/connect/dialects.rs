//! Keyfob's own way through a Zoho that is other than it is believed to be, where Keyfob promises to cope, and where not.

use std::time::Duration;

use keyfob::zoho::{self, Patience};
use keyfob_core::call::Call;
use keyfob_core::cliq::Proof;
use keyfob_core::snapshot::{Approval, NoticeKind, Standing};
use keyfob_core::{Intent, Problem};
use keyfob_practice::{Answer, Endpoint, Turned};

use crate::world::{Keyfob, Time, Zoho};

/// All but those that [`without_state_only_a_pasted_code_signs_in`] and [`a_dead_token_in_other_words_is_called_unclear`] are about.
fn tolerated() -> Vec<Turned> {
    let all = Turned::EVERY.into_iter();
    all.filter(|turned| !matches!(turned, Turned::StateNotEchoed | Turned::CliqWordsDiffer)).collect()
}

#[tokio::test]
async fn from_sign_in_to_revocation_with_all_turned_round() {
    let time = Time::new();
    let zoho = Zoho::turned("here", &tolerated(), &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));
    let candidate = keyfob.candidate().await;
    assert_eq!(candidate.identity.unwrap().email, "admin@practice.example");
    assert_eq!(candidate.tested.unwrap().proof, Some(Proof::Works));
    assert!(candidate.missing.is_empty() && candidate.lasts, "commas separate what was granted");
    let first = keyfob.keeps("Finance bot").await;

    time.passes(Duration::from_mins(56));
    keyfob.looks();
    let second = keyfob.card("a new access token", |c| c.expires_at > first.expires_at).await;
    assert_eq!(second.standing, Standing::Fresh);
    assert_eq!((&second.granted, second.missing.is_empty()), (&first.granted, true), "a refresh named nothing");

    let token = zoho.zoho.issued_access_tokens().pop().unwrap();
    assert!(zoho.zoho.is_alive(&token));
    keyfob.asks(Intent::RevokeAndDelete { id: second.id });
    let seen = keyfob.sees("it is gone", |s| s.connections.is_empty()).await;
    assert!(!zoho.zoho.is_alive(&token));
    assert!(seen.notices.iter().any(|n| n.what == NoticeKind::Revoked { name: "Finance bot".to_owned() }));
    let paths: Vec<String> = zoho.zoho.requests_to(Endpoint::Revoke).into_iter().map(|asked| asked.path).collect();
    assert_eq!(
        paths,
        ["/oauth/v2/revoke/token", "/oauth/v2/token/revoke"],
        "the older path, where the newer is missing"
    );
}

#[tokio::test]
async fn a_client_without_a_secret_signs_in_where_zoho_lets_it() {
    for turned in [&[][..], &[Turned::SecretNotNeeded]] {
        let time = Time::new();
        let zoho = Zoho::turned("here", turned, &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        keyfob.fills_in("here", &zoho.registered.client_id, "", &["ZohoCliq.Channels.READ"]);
        let address = keyfob.signs_in().await;
        keyfob.link(&zoho.accepts(&address));
        if turned.is_empty() {
            assert_eq!(keyfob.attempt_ends().await, Problem::SecretWrong);
        } else {
            assert!(keyfob.candidate().await.lasts);
        }
    }
}

#[tokio::test]
async fn a_smaller_limit_is_met_once_and_waited_for() {
    let time = Time::new();
    let zoho = Zoho::turned("here", &[Turned::FiveRefreshes], &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let mut card = zoho.connect(&keyfob).await;
    for _ in 0..5 {
        time.passes(Duration::from_secs(31));
        keyfob.asks(Intent::Refresh { id: card.id });
        card = keyfob.card("a new access token", |c| c.expires_at > card.expires_at && c.doing.is_none()).await;
    }
    time.passes(Duration::from_secs(31));
    keyfob.asks(Intent::Refresh { id: card.id });
    let is_throttled =
        |standing: &Standing| matches!(standing, Standing::Waiting { problem: Problem::Throttled { .. }, .. });
    keyfob.card("it waits", |c| is_throttled(&c.standing)).await;
    let before = zoho.zoho.issued_access_tokens().len();
    time.passes(Duration::from_mins(56));
    keyfob.looks();
    keyfob.card("fresh again", |c| c.standing == Standing::Fresh && c.expires_at > card.expires_at).await;
    assert_eq!(zoho.zoho.issued_access_tokens().len(), before + 1);
}

#[tokio::test]
async fn without_state_only_a_pasted_code_signs_in() {
    let time = Time::new();
    let zoho = Zoho::turned("here", &[Turned::StateNotEchoed], &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&keyfob);
    let address = keyfob.signs_in().await;
    let denied = zoho.zoho.consent(&address, Answer::Reject).unwrap();
    keyfob.link(&denied);
    let says = |s: &keyfob_core::Snapshot, what: &Option<Problem>| matches!(s.draft.as_ref().map(|d| &d.approval), Some(Approval::Waiting { problem, .. }) if problem == what);
    keyfob.sees("the denial is shown, and the sign-in waits on", |s| says(s, &Some(Problem::Denied))).await;

    let back = zoho.accepts(&address);
    keyfob.link(&back);
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    keyfob.asks(Intent::PasteAddress { text: back.into() });
    let asked = || zoho.zoho.requests_to(Endpoint::Token).len();
    keyfob
        .sees("the address is not taken", |s| {
            matches!(
                s.draft.as_ref().map(|d| &d.approval),
                Some(Approval::Waiting { problem: Some(Problem::NotTheAddress { .. }), .. })
            )
        })
        .await;
    assert_eq!(asked(), 0, "a code without its state is not exchanged");
    keyfob.asks(Intent::PasteAddress { text: code.into() });
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn a_dead_token_in_other_words_is_called_unclear() {
    for (turned, expected) in
        [(&[][..], None), (&[Turned::CliqWordsDiffer], Some(Problem::CliqUnclear { status: 403 }))]
    {
        let time = Time::new();
        let zoho = Zoho::turned("here", turned, &time);
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        let card = zoho.connect(&keyfob).await;
        time.passes(Duration::from_mins(2));
        let token = zoho.zoho.issued_access_tokens().remove(0);
        let url = format!("{}/oauth/v2/token/revoke", zoho.zoho.origin()).parse().unwrap();
        let call = Call { url, form: Some(vec![("token", token.into())]), authorization: None };
        zoho::send(call, Patience::default()).await.unwrap();

        keyfob.asks(Intent::Test { id: card.id });
        let now = time.now();
        let tested =
            keyfob.card("it is tested", |c| c.doing.is_none() && c.tested.as_ref().is_some_and(|t| t.at == now));
        assert_eq!(tested.await.tested.unwrap().problem, expected, "{turned:?}");
        let refreshed = zoho.zoho.issued_access_tokens().len() == 2;
        assert_eq!(refreshed, expected.is_none(), "a token that is known to be dead is refreshed by itself");
    }
}
