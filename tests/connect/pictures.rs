//! The snapshots that a running engine publishes.

use keyfob_core::intent::{AppIntent, SignInIntent};
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;

use crate::world::{Keyfob, Time, Zoho};

const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn an_unchanged_snapshot_is_not_published() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let id = zoho.connect(&keyfob).await.id;
    keyfob.asks(SignInIntent::Open { id });
    keyfob.sees("its page", |picture| picture.page.is_some()).await;
    let mut pictures = keyfob.engine.snapshots();
    pictures.mark_unchanged();

    time.passes(Duration::from_secs(1));
    keyfob.asks(AppIntent::Dismiss { notice: 9_999 });
    let is_handled = || {
        let last = keyfob.engine.recorder().entries().pop();
        last.is_some_and(|entry| entry.event.contains("dismiss") && entry.effects.is_some())
    };
    let handled = async {
        while !is_handled() {
            yield_now().await;
        }
        // The snapshot is drawn after the entry is complete.
        yield_now().await;
    };
    timeout(SOON, handled).await.expect("the intent is handled");
    assert!(!pictures.has_changed().expect("the engine runs"));

    keyfob.asks(SignInIntent::GoHome);
    timeout(SOON, pictures.changed()).await.expect("going home changes the snapshot").expect("the engine runs");
    assert!(pictures.borrow_and_update().page.is_none());
}
