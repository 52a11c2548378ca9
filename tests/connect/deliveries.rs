//! What a browser may deliver: the same answer many times, and a code that is somebody else's.
//!
//! 1. However many deliver the same answer at the same moment, its code is exchanged once.
//! 2. A stranger's own good code, slipped into a sign-in, brings nothing: the verifier is another.

use keyfob_core::intent::SignInIntent;
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::Problem;
use keyfob_practice::Endpoint;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use url::Url;

use crate::loopback::filled_in;
use crate::ports::Ports;
use crate::proof;
use crate::world::{Keyfob, Time, Zoho};

const DELIVERIES: usize = 100;

// Shows N10.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_deliveries_of_a_link_at_once_make_one_exchange() {
    let rounds = proof::rounds(5, 100);
    for _ in 0..rounds {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let keyfob = Arc::new(Keyfob::knowing(&[zoho.region()], &time).await);
        zoho.fill_in(&keyfob);
        let link = zoho.accepts(&keyfob.signs_in().await);
        let (start, mut all) = (Arc::new(Barrier::new(DELIVERIES)), JoinSet::new());
        for _ in 0..DELIVERIES {
            let (keyfob, link, start) = (Arc::clone(&keyfob), link.clone(), Arc::clone(&start));
            all.spawn(async move {
                start.wait().await;
                keyfob.link(&link);
            });
        }
        all.join_all().await;
        assert!(keyfob.candidate().await.lasts);
        keyfob.sees("each was heard", |s| s.strays as usize == DELIVERIES - 1).await;
        assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 1);
    }
    proof::figure("rounds of 100 deliveries of a link at once, one exchange each", rounds, "100");
}

// Shows N10.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_deliveries_to_the_port_at_once_make_one_exchange() {
    let _ports = Ports::alone().await;
    for _ in 0..proof::rounds(3, 30) {
        let (zoho, keyfob) = filled_in(&Time::new()).await;
        let back = Url::parse(&zoho.accepts(&keyfob.signs_in().await)).unwrap();
        let (start, mut all) = (Arc::new(Barrier::new(DELIVERIES)), JoinSet::new());
        for _ in 0..DELIVERIES {
            let (back, start) = (back.clone(), Arc::clone(&start));
            all.spawn(async move {
                start.wait().await;
                call(&back).await;
            });
        }
        all.join_all().await;
        assert!(keyfob.candidate().await.lasts);
        assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 1);
    }
}

/// The port closes once an answer has come, so not everybody is heard.
async fn call(back: &Url) {
    let port = back.port().unwrap();
    let Ok(mut stream) = TcpStream::connect(("localhost", port)).await else { return };
    let request = format!("GET {}?{} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n", back.path(), back.query().unwrap());
    if stream.write_all(request.as_bytes()).await.is_ok() {
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
}

// Shows T2.
#[tokio::test]
async fn a_strangers_own_good_code_is_refused_for_its_verifier_is_another() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    for is_pasted in [false, true] {
        let slipped = a_strangers_code(&zoho, &time).await;
        let before = zoho.zoho.requests_to(Endpoint::Token).len();
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        zoho.fill_in(&keyfob);
        let own = Url::parse(&zoho.accepts(&keyfob.signs_in().await)).unwrap();
        if is_pasted {
            // A bare code tells no state, so that the verifier alone stands in the way.
            keyfob.asks(SignInIntent::PasteAddress { text: slipped.clone().into() });
        } else {
            // With the state of this sign-in, as if the stranger had found it out.
            keyfob.link(&with_code(&own, &slipped));
        }

        assert_eq!(keyfob.attempt_ends().await, Problem::CodeSpent);
        let asked = zoho.zoho.requests_to(Endpoint::Token);
        assert_eq!(asked.len(), before + 1);
        assert_eq!(asked[before].form("code"), Some(slipped.as_str()), "it was the stranger's code that was refused");
        assert!(zoho.zoho.issued_access_tokens().is_empty());
        time.passes(Duration::from_mins(11));
    }
    // Not for the code's sake: with the verifier it was made for, such a one is good.
    let stranger = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&stranger);
    stranger.link(&zoho.accepts(&stranger.signs_in().await));
    assert!(stranger.candidate().await.lasts);
}

/// A code of a sign-in that a stranger began, with a verifier of the stranger's.
async fn a_strangers_code(zoho: &Zoho, time: &Time) -> String {
    let stranger = Keyfob::knowing(&[zoho.region()], time).await;
    zoho.fill_in(&stranger);
    let back = Url::parse(&zoho.accepts(&stranger.signs_in().await)).unwrap();
    back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

fn with_code(link: &Url, code: &str) -> String {
    let mut other = link.clone();
    let pairs: Vec<_> = link.query_pairs().into_owned().collect();
    let changed = pairs.iter().map(|(name, value)| (name, if name == "code" { code } else { value }));
    other.query_pairs_mut().clear().extend_pairs(changed);
    other.into()
}
