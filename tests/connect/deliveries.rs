//! Redirects that a browser may deliver: the same one many times, and one with another user's code.
//!
//! 1. However often the same redirect is delivered in parallel, its code is exchanged once.
//! 2. An attacker's own valid code, injected into a sign-in, yields nothing, since its PKCE verifier differs.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

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
async fn a_hundred_parallel_links_make_one_exchange() {
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
        keyfob.sees("each was handled", |s| s.strays as usize == DELIVERIES - 1).await;
        assert_eq!(zoho.zoho.requests_to(Endpoint::Token).len(), 1);
    }
    proof::figure("rounds of 100 deliveries of a link at once, one exchange each", rounds, "100");
}

// Shows N10.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_parallel_redirects_to_the_port_make_one_exchange() {
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

/// Sends the redirect to the port; the port closes after the first response, so not every connection is answered.
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
async fn an_attackers_own_code_is_refused_by_its_verifier() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    for is_pasted in [false, true] {
        let injected = attackers_code(&zoho, &time).await;
        let before = zoho.zoho.requests_to(Endpoint::Token).len();
        let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
        zoho.fill_in(&keyfob);
        let own = Url::parse(&zoho.accepts(&keyfob.signs_in().await)).unwrap();
        if is_pasted {
            // A bare code has no state, so only the verifier protects.
            keyfob.asks(SignInIntent::PasteAddress { text: injected.clone().into() });
        } else {
            // With the state of this sign-in, as if the attacker had learned it.
            keyfob.link(&with_code(&own, &injected));
        }

        assert_eq!(keyfob.attempt_ends().await, Problem::CodeSpent);
        let asked = zoho.zoho.requests_to(Endpoint::Token);
        assert_eq!(asked.len(), before + 1);
        assert_eq!(asked[before].form("code"), Some(injected.as_str()), "the attacker's code was refused");
        assert!(zoho.zoho.issued_access_tokens().is_empty());
        time.passes(Duration::from_mins(11));
    }
    // The code itself is valid: with its own verifier, such a code is accepted.
    let attacker = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.fill_in(&attacker);
    attacker.link(&zoho.accepts(&attacker.signs_in().await));
    assert!(attacker.candidate().await.lasts);
}

/// A code of a sign-in that an attacker began, with the attacker's verifier.
async fn attackers_code(zoho: &Zoho, time: &Time) -> String {
    let attacker = Keyfob::knowing(&[zoho.region()], time).await;
    zoho.fill_in(&attacker);
    let back = Url::parse(&zoho.accepts(&attacker.signs_in().await)).unwrap();
    back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

fn with_code(link: &Url, code: &str) -> String {
    let mut other = link.clone();
    let pairs: Vec<_> = link.query_pairs().into_owned().collect();
    let changed = pairs.iter().map(|(name, value)| (name, if name == "code" { code } else { value }));
    other.query_pairs_mut().clear().extend_pairs(changed);
    other.into()
}
