//! 1. Whatever goes wrong on the way to Zoho, whenever: the user reads the sentence that is right for it, a code is never
//!    sent twice, and nothing is lost.
//! 2. Whoever a redirect or a page names hears nothing.

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

/// So many are met at the same time.
const AT_ONCE: usize = 6;

// Shows T7, N1, N3, N4, N5, N6, N8.
#[tokio::test(flavor = "multi_thread")]
async fn each_fault_in_each_phase_has_the_right_sentence() {
    let right = meets_all(None).await;
    proof::figure("network faults with the right sentence (fault x phase)", right, "at least 300, all");
    assert!(right >= 300, "{right}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_within_tls() {
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
    play("table::the_same_within_tls", &[("SSL_CERT_FILE", store.to_str().unwrap())]).await;
}

/// How many had the right sentence; fails with the names of those that had not.
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
                // By itself, so that one that fails does not hide the others.
                let met = tokio::spawn(meet(row, phase, authority)).await;
                (name, met.map_err(|why| why.to_string()))
            });
        }
    }
    let met = meetings.join_all().await;
    let wrong: Vec<_> = met.iter().filter(|(_, met)| met.is_err()).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), met.len());
    assert_eq!(elsewhere.visits(), 0, "nobody goes where a redirect leads");
    met.len()
}

async fn meet(row: Row, phase: Phase, authority: Arc<Option<Authority>>) {
    let scene = Scene::begins(authority.as_ref().as_ref()).await;
    let means = row.in_phase(phase).clone();
    scene.meets(phase, row.fault, &means).await;
}

/// Where connections wait to be accepted, and nobody accepts them.
async fn never_accepting() -> (SocketAddr, (tokio::net::TcpListener, Vec<TcpStream>)) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let listener = socket.listen(1).unwrap();
    let at = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    // The queue is full once one more does not get in.
    while let Ok(stream) = tokio::time::timeout(std::time::Duration::from_millis(200), TcpStream::connect(at)).await {
        waiting.push(stream.unwrap());
    }
    (at, (listener, waiting))
}

impl Scene {
    /// A Zoho, and the server that stands before it; with TLS, where there is an authority.
    pub async fn begins(authority: Option<&Authority>) -> Self {
        let time = Time::new();
        let zoho = Zoho::start("here", &time);
        let tls = authority.map(|authority| authority.serves(&["localhost"]));
        let gate = Gate::before(&zoho.zoho, tls).await;
        Self { time, zoho, gate }
    }
}
