//! A Server-based client from the wizard to a saved connection: the redirect arrives at a real port, as a browser sends
//! it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::SignInIntent;
use std::net::TcpListener;

use keyfob_core::Problem;
use keyfob_core::redirect_method::{LOOPBACK_PORTS, loopback};
use keyfob_core::snapshot::ApprovalView;
use keyfob_practice::{Answer, Endpoint};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;
use zoho_oauth::client::ClientType;

use crate::ports::Ports;
use crate::world::{Keyfob, Time, Zoho};

/// Opens this URL as a browser would; returns the page.
pub async fn visit(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    assert_eq!(url.host_str(), Some("localhost"));
    let port = url.port().unwrap();
    let mut stream = TcpStream::connect(("localhost", port)).await.unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    page
}

/// Occupies a port, as another program would.
fn taken(port: u16) -> TcpListener {
    TcpListener::bind(("127.0.0.1", port)).unwrap()
}

/// The wizard, filled in for a Server-based client with both addresses registered.
pub async fn filled_in(time: &Time) -> (Zoho, Keyfob) {
    let zoho = Zoho::with_server_based_client("here", time);
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    zoho.fill_in(&keyfob);
    keyfob.asks(SignInIntent::ChooseClientType { client_type: ClientType::ServerBased });
    (zoho, keyfob)
}

async fn is_free_at_last(port: u16) {
    while !Ports::is_free(port) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_redirect_arrives_at_a_port_and_the_port_closes() {
    let _ports = Ports::alone().await;
    let (zoho, keyfob) = filled_in(&Time::new()).await;
    let address = keyfob.signs_in().await;
    assert!(address.contains("28473"), "{address}");
    let back = zoho.accepts(&address);
    assert!(back.starts_with("http://localhost:28473/callback?"));

    let stranger = visit("http://localhost:28473/callback?state=guess&code=1000.a.b").await;
    assert!(stranger.contains("belongs to no sign-in"));
    keyfob.sees("it still waits", |s| s.strays == 1 && s.draft.as_ref().is_some_and(is_waiting)).await;
    let page = visit(&back).await;
    assert!(page.contains("You may close this tab") && !page.contains("1000."), "{page}");

    assert!(keyfob.candidate().await.lasts);
    is_free_at_last(LOOPBACK_PORTS[0]).await;
    let exchange = zoho.zoho.requests_to(Endpoint::Token).remove(0);
    assert_eq!(exchange.form("redirect_uri"), Some("http://localhost:28473/callback"));
    keyfob.keeps("Finance bot").await;
}

#[tokio::test]
async fn the_second_port_is_used_when_the_first_is_busy() {
    let _ports = Ports::alone().await;
    let _other = taken(LOOPBACK_PORTS[0]);
    let (zoho, keyfob) = filled_in(&Time::new()).await;
    let back = zoho.accepts(&keyfob.signs_in().await);
    assert!(back.starts_with("http://localhost:28474/callback?"));
    assert!(visit(&back).await.contains("You may close this tab"));
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn with_both_ports_busy_the_pasted_address_works() {
    let _ports = Ports::alone().await;
    let _first = taken(LOOPBACK_PORTS[0]);
    let _second = taken(LOOPBACK_PORTS[1]);
    let (zoho, keyfob) = filled_in(&Time::new()).await;
    keyfob.asks(SignInIntent::SignIn { anyway: false });
    assert_eq!(keyfob.attempt_ends().await, Problem::PortsBusy { ports: LOOPBACK_PORTS.to_vec() });
    assert!(zoho.zoho.requests_to(Endpoint::Consent).is_empty());

    let back = zoho.accepts(&keyfob.signs_in_anyway().await);
    assert!(back.starts_with(&loopback(LOOPBACK_PORTS[0])));
    keyfob.asks(SignInIntent::PasteAddress { text: back.into() });
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn after_a_restart_it_listens_on_the_same_port() {
    let _ports = Ports::alone().await;
    let time = Time::new();
    let (zoho, keyfob) = filled_in(&time).await;
    let address = keyfob.signs_in().await;
    let keyfob = keyfob.starts_again(&[zoho.region()], &time).await;
    while Ports::is_free(LOOPBACK_PORTS[0]) {
        tokio::task::yield_now().await;
    }
    assert!(visit(&zoho.accepts(&address)).await.contains("You may close this tab"));
    assert!(keyfob.candidate().await.lasts);
}

#[tokio::test]
async fn a_rejection_is_shown_on_the_page_and_in_keyfob() {
    let _ports = Ports::alone().await;
    let (zoho, keyfob) = filled_in(&Time::new()).await;
    let back = zoho.zoho.consent(&keyfob.signs_in().await, Answer::Reject).unwrap();
    assert!(visit(&back).await.contains("Nothing was approved"));
    keyfob
        .sees("it is said", |s| match s.draft.as_ref().map(|d| &d.approval) {
            Some(ApprovalView::Ready { problem, .. } | ApprovalView::Waiting { problem, .. }) => {
                *problem == Some(Problem::Denied)
            }
            _ => false,
        })
        .await;
}

fn is_waiting(draft: &keyfob_core::snapshot::DraftView) -> bool {
    matches!(draft.approval, ApprovalView::Waiting { .. })
}
