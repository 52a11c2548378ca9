//! Keyfob's counts equal Zoho's, over refreshes, refusals, further sign-ins and a restart.

use keyfob_core::intent::{SignInIntent, TokensIntent};
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_core::connection::ConnectionId;
use keyfob_core::notice::NoticeKind;
use keyfob_core::quota::Totals;
use keyfob_core::snapshot::NoticeView;
use keyfob_core::snapshot::{Metered, Page};
use keyfob_core::standing::Standing;
use keyfob_practice::{Endpoint, Scripted};

use crate::world::{Keyfob, Time, Zoho};

/// The connection's page, once nothing is pending.
async fn page(keyfob: &Keyfob, id: ConnectionId) -> Page {
    keyfob.asks(SignInIntent::Open { id });
    let idle = |s: &keyfob_core::Snapshot| s.connections.iter().all(|c| c.doing.is_none());
    let is_open = |s: &keyfob_core::Snapshot| s.page.as_ref().is_some_and(|p| p.id == id);
    keyfob.sees("its page", |s| is_open(s) && idle(s)).await.page.clone().unwrap()
}

fn counted(zoho: &Zoho) -> Totals {
    let counts = zoho.zoho.counts(&zoho.registered.client_id);
    let number = |count: usize| u32::try_from(count).unwrap();
    Totals {
        codes: number(counts.codes),
        access_tokens: number(counts.access_tokens),
        refresh_tokens: number(counts.refresh_tokens),
    }
}

async fn refreshes(keyfob: &Keyfob, zoho: &Zoho, id: ConnectionId, times: usize) {
    for _ in 0..times {
        let before = zoho.zoho.issued_access_tokens().len();
        keyfob.asks(TokensIntent::Refresh { id });
        let came = |_: &keyfob_core::Snapshot| zoho.zoho.issued_access_tokens().len() > before;
        keyfob.sees("a new token", |s| came(s) && s.connections.iter().all(|c| c.doing.is_none())).await;
    }
}

// Shows T21.
#[tokio::test]
async fn the_counts_agree_with_zoho_and_survive_a_restart() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let id = zoho.connect(&keyfob).await.id;
    refreshes(&keyfob, &zoho, id, 3).await;
    assert_eq!(page(&keyfob, id).await.totals, counted(&zoho));

    // A refusal issues nothing and is not counted.
    zoho.zoho.answer_next(Endpoint::Token, Scripted::json(200, r#"{"error":"invalid_client"}"#));
    keyfob.asks(TokensIntent::Refresh { id });
    keyfob.card("it was refused", |c| matches!(c.standing, Standing::NeedsYou { .. })).await;
    assert_eq!(page(&keyfob, id).await.totals, counted(&zoho));

    let keyfob = keyfob.starts_again(&[zoho.region()], &time).await;
    assert_eq!(page(&keyfob, id).await.totals, counted(&zoho));

    time.passes(Duration::from_mins(11));
    keyfob.asks(SignInIntent::SignInAgain { id });
    let address = keyfob.signs_in().await;
    keyfob.link(&zoho.accepts(&address));
    keyfob.candidate().await;
    keyfob.keeps("Finance bot").await;
    refreshes(&keyfob, &zoho, id, 2).await;
    let told = page(&keyfob, id).await;
    assert_eq!(told.totals, counted(&zoho));
    assert_eq!(told.totals, Totals { codes: 2, access_tokens: 7, refresh_tokens: 2 });
    assert_eq!(told.meters.iter().find(|m| m.what == Metered::SignIns).unwrap().used, 2);
}

// Shows T21.
#[tokio::test]
async fn an_eleventh_token_in_ten_minutes_is_never_requested() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let id = zoho.connect(&keyfob).await.id;
    refreshes(&keyfob, &zoho, id, 9).await;
    let asked = zoho.zoho.requests_to(Endpoint::Token).len();

    keyfob.asks(TokensIntent::Refresh { id });
    let told = |n: &NoticeView| matches!(n.what, NoticeKind::Trouble { problem: Problem::TooManyTokens { .. }, .. });
    keyfob.sees("it is said", |s| s.notices.iter().any(told)).await;
    assert_eq!((asked, zoho.zoho.requests_to(Endpoint::Token).len()), (10, 10), "Zoho was not asked again");

    time.passes(Duration::from_mins(10));
    refreshes(&keyfob, &zoho, id, 1).await;
    assert_eq!(page(&keyfob, id).await.totals, counted(&zoho));
}
