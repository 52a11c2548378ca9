//! The machine's clock is changed while the engine sleeps, and nothing else happens.

use keyfob_core::intent::AppIntent;
use std::time::Duration;

use keyfob_core::standing::Standing;

use crate::world::{Keyfob, Time, Zoho};

const TEN_YEARS: Duration = Duration::from_hours(3_650 * 24);

// Shows C3.
#[tokio::test]
async fn a_clock_set_back_by_years_is_noticed_after_the_sleep() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;

    // The engine sleeps until the next due time, so a short sleep begins now.
    let nearly_due = card.refreshes_at.unwrap().minus(Duration::from_millis(50));
    time.passes(nearly_due.since(time.now()));
    keyfob.asks(AppIntent::Rename { id: card.id, name: "nearly due".to_owned() });
    let before = keyfob.card("the request was heard", |c| c.name == "nearly due").await;
    assert_eq!(before.expires_at, card.expires_at);

    time.is_set_back(TEN_YEARS);
    let after = keyfob.card("a token of today", |c| c.expires_at < card.expires_at).await;
    assert_eq!((after.standing, after.expires_at), (Standing::Fresh, time.now().plus(Duration::from_hours(1))));
}
