//! 1. For every fault on the way to Zoho, in every phase, the user reads the right message, a code is never sent twice
//!    and nothing is lost.
//! 2. A server named by a redirect or a page receives nothing.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::authority::Authority;
use crate::closed::Closed;
use crate::faults::{self, Row};
use crate::gate::{Fault, Gate, Step};
use crate::phases::{PHASES, Phase, Scene};
use crate::played::{is_played, play};
use crate::proof;
use crate::world::{Time, Zoho};

/// The number of cases run in parallel.
const AT_ONCE: usize = 6;

// Shows T7, N1, N3, N4, N5, N6, N8.
#[tokio::test(flavor = "multi_thread")]
async fn each_fault_in_each_phase_has_the_right_message() {
    let right = meets_all(None).await;
    proof::figure("network faults with the right sentence (fault x phase)", right, "at least 300, all");
    assert!(right >= 300, "{right}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_within_tls_has_the_right_message() {
    if !proof::is_full() {
        println!("left to the full run, for the sentences do not depend on it; tls.rs has what TLS adds");
        return;
    }
    if is_played() {
        let right = meets_all(Some(Authority::of_this_machine())).await;
        proof::figure("the same within TLS", right, "at least 300, all");
        assert!(right >= 300, "{right}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("authorities.pem");
    play("table::each_fault_within_tls_has_the_right_message", &[("SSL_CERT_FILE", store.to_str().unwrap())]).await;
}

/// Runs all cases; returns their number, and fails with the names of those with a wrong message.
async fn meets_all(authority: Option<Authority>) -> usize {
    let elsewhere = Gate::alone().await;
    elsewhere.does(Fault::Bare(vec![Step::Hear]));
    let leads = format!("{}/oauth/v2/token", elsewhere.origin);
    let closed = Closed::new();
    let (full, _waiting) = never_accepting().await;
    let authority = Arc::new(authority);
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut meetings = JoinSet::new();
    for phase in PHASES {
        for row in faults::all(&leads, closed.at(), full) {
            let (authority, places) = (Arc::clone(&authority), Arc::clone(&places));
            meetings.spawn(async move {
                let _place = places.acquire().await.unwrap();
                let name = format!("{} ({phase:?})", row.name);
                // In a task, so that one failure does not hide the others.
                let met = tokio::spawn(meet(row, phase, authority)).await;
                (name, met.map_err(|why| why.to_string()))
            });
        }
    }
    let met = meetings.join_all().await;
    let wrong: Vec<_> = met.iter().filter(|(_, met)| met.is_err()).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), met.len());
    assert_eq!(elsewhere.visits(), 0, "no redirect is followed");
    met.len()
}

async fn meet(row: Row, phase: Phase, authority: Arc<Option<Authority>>) {
    let scene = Scene::begins(authority.as_ref().as_ref()).await;
    let means = row.in_phase(phase).clone();
    scene.meets(phase, row.fault, &means).await;
}

/// An address whose connections wait and are never accepted.
async fn never_accepting() -> (SocketAddr, (tokio::net::TcpListener, Vec<TcpStream>)) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let listener = socket.listen(1).unwrap();
    let at = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    // The queue is full once another connection times out.
    while let Ok(stream) = tokio::time::timeout(std::time::Duration::from_millis(200), TcpStream::connect(at)).await {
        waiting.push(stream.unwrap());
    }
    (at, (listener, waiting))
}

impl Scene {
    /// Creates a Zoho and the server in front of it; with TLS if there is an authority.
    pub async fn begins(authority: Option<&Authority>) -> Self {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let tls = authority.map(|authority| authority.serves(&["localhost"]));
        let gate = Gate::before(&zoho.zoho, tls).await;
        Self { time, zoho, gate }
    }
}
