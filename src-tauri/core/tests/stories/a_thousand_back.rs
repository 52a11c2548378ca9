//! A thousand connections recover from three days offline, most of which the machine slept through.
//!
//! 1. All are refreshed automatically: four at a time, in the order in which their tokens expired, one request each.
//! 2. A connection that Zoho throttles backs off alone; the others do not wait for it.
//! 3. The user's own request does not wait for the thousand.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::ShareIntent;
use std::collections::BTreeMap;

use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::Shape;
use keyfob_core::standing::Standing;
use keyfob_core::{Effect, Event, Intent, Moment, Problem};
use secrecy::ExposeSecret;

use crate::scene::*;

const CONNECTIONS: usize = 1_000;
/// In seconds: four at a time, three requests a second, plus the minute by which a recent try delays the next one.
const ALL_HAVE_TOKENS: u64 = 75 + 60 + 5;

/// The network has just come back. Also returns when each connection was last tried.
fn three_days_offline() -> (Crowd, BTreeMap<usize, Moment>) {
    let mut crowd = Crowd::of(CONNECTIONS, |_| minutes(60));
    crowd.saves_take = minutes(10);
    crowd.offline = true;
    crowd.lives_for(minutes(90));
    crowd.sleeps_for(days(3));
    crowd.lives_for(minutes(7));
    let tried: BTreeMap<_, _> = crowd.asked.drain(..).map(|asked| (asked.number, asked.at)).collect();
    assert_eq!(tried.len(), CONNECTIONS);
    assert!(crowd.known.iter().all(|known| known.ends < crowd.now), "all have expired");
    crowd.offline = false;
    crowd.happens(Event::NetworkBack);
    (crowd, tried)
}

fn in_any_order(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers
}

// Shows N13; ASVS 16.5.2.
#[test]
fn refreshes_run_by_expiry_and_a_throttle_delays_only_its_own() {
    const THROTTLED: usize = 500;
    let (mut crowd, tried) = three_days_offline();
    crowd.refused.insert(THROTTLED, reply(200, TOO_MANY));
    for _ in 0..ALL_HAVE_TOKENS {
        crowd.lives_for(seconds(1));
        crowd.happens(Event::NetworkBack);
    }
    for (place, first) in crowd.asked.iter().enumerate() {
        for later in crowd.asked[place..].iter().filter(|later| later.ends < first.ends) {
            let rested = first.at.since(tried[&later.number]);
            assert!(rested < minutes(1), "{} went before {}", first.number, later.number);
        }
    }
    assert_eq!(in_any_order(crowd.take_asked()), (0..CONNECTIONS).collect::<Vec<_>>(), "each once");
    let standing = |number| crowd.card(number).standing;
    assert!(matches!(standing(THROTTLED), Standing::Waiting { problem: Problem::Throttled { .. }, .. }));
    let others = crowd.desk.snapshot(crowd.now).connections.into_iter().filter(|c| c.standing == Standing::Fresh);
    assert_eq!(others.count(), CONNECTIONS - 1);

    crowd.refused.clear();
    crowd.lives_for(minutes(15));
    assert_eq!(crowd.take_asked(), [THROTTLED]);
    crowd.all_is_well();
}

#[test]
fn a_copy_does_not_wait_for_the_queue() {
    let (mut crowd, _) = three_days_offline();
    let last = (0..CONNECTIONS).max_by_key(|number| crowd.known[*number].ends).unwrap();
    crowd.lives_for(seconds(20));
    let before = crowd.take_asked();
    assert!(before.len() > 200 && !before.contains(&last), "its turn would come much later");

    crowd.by_hand = 1;
    crowd
        .happens(Event::Asked(Intent::Share(ShareIntent::Copy { id: ConnectionId(last as u64), shape: Shape::Token })));
    assert_eq!(crowd.take_asked(), [last]);
    crowd.lives_for(seconds(1));
    let [Effect::Copy(_, text, _)] = &crowd.also[..] else { panic!("{:?}", crowd.also) };
    assert_eq!(text.expose_secret(), access(last, 1));

    crowd.lives_for(seconds(ALL_HAVE_TOKENS));
    let all = [before, vec![last], crowd.take_asked()].concat();
    assert_eq!(in_any_order(all), (0..CONNECTIONS).collect::<Vec<_>>(), "each once");
    crowd.all_is_well();
}
