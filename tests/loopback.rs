//! The loopback port that receives a Server-based client's authorization response, tested over real sockets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod another_user;

#[path = "own_port/mod.rs"]
mod own_port;

use std::net::TcpListener as StdListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfob::net::loopback::Loopback;
use keyfob_core::loopback::{FRONT, LoopbackPage};
use keyfob_core::{Event, Problem};
use own_port::OwnPort;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A test that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const TARGET: &str = "/callback?state=abc&code=1000.c.d";

/// A listening port and the requests it received. The first response at [`TARGET`] wins, as in the Desk.
struct Port {
    loopback: Loopback,
    number: u16,
    _own: OwnPort,
    came: Arc<Mutex<Vec<String>>>,
}

impl Port {
    async fn opens() -> Self {
        let loopback = Loopback::start();
        let (own, came) = (OwnPort::take(), Arc::default());
        let number = own.number();
        assert_eq!(listens(&loopback, vec![number], &came).await, Ok(number));
        Self { loopback, number, _own: own, came }
    }

    /// Sends a request to the port over IPv4 and returns the response.
    async fn says(&self, request: &str) -> String {
        says(&format!("127.0.0.1:{}", self.number), request).await
    }

    async fn asks(&self, target: &str, host: &str) -> String {
        self.says(&get(target, host)).await
    }

    fn came(&self) -> Vec<String> {
        self.came.lock().unwrap().clone()
    }
}

async fn listens(loopback: &Loopback, ports: Vec<u16>, came: &Arc<Mutex<Vec<String>>>) -> Result<u16, Problem> {
    let (answers, came, won) = (loopback.clone(), Arc::clone(came), AtomicUsize::new(0));
    let told = move |event| {
        let Event::LoopbackAsked { request, target } = event else {
            came.lock().unwrap().push(format!("{event:?}"));
            return;
        };
        let target = String::from_utf8(target).unwrap();
        let page = match target.as_str() {
            TARGET if won.fetch_add(1, Ordering::SeqCst) == 0 => LoopbackPage::Done,
            "/callback?error=access_denied" => LoopbackPage::Refused,
            _ => LoopbackPage::NotThis,
        };
        came.lock().unwrap().push(target);
        answers.answer(request, page);
    };
    loopback.listen(ports, told).await
}

fn get(target: &str, host: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

async fn says(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The port may close the connection before the request is complete.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("it responds or hangs up");
    String::from_utf8(answer).unwrap()
}

fn is_free(port: u16) -> bool {
    StdListener::bind(("127.0.0.1", port)).is_ok() && StdListener::bind(("::1", port)).is_ok()
}

async fn becomes_free(port: u16) {
    let freed = async {
        while !is_free(port) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, freed).await.expect("the port is free again");
}

// Shows ASVS 14.3.2.
#[tokio::test]
async fn the_browser_gets_a_page_that_says_it_is_done() {
    let port = Port::opens().await;
    let page = port.asks(TARGET, &format!("localhost:{}", port.number)).await;
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("You may close this tab"), "{page}");
    assert!(page.contains(&format!("href=\"{FRONT}\"")) && page.contains(&format!("1;url={FRONT}")));
    assert!(!page.contains("1000.c.d") && !page.contains("abc"), "no part of the response is on the page");
    for header in [
        "content-security-policy: default-src 'none'; style-src 'sha256-",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
        "connection: close",
    ] {
        assert!(page.to_ascii_lowercase().contains(header), "{header}");
    }
    assert!(!page.to_ascii_lowercase().contains("access-control"), "no other page may read it");
    assert_eq!(port.came(), [TARGET]);
}

#[tokio::test]
async fn each_response_has_its_page() {
    let port = Port::opens().await;
    let host = format!("localhost:{}", port.number);
    let refused = port.asks("/callback?error=access_denied", &host).await;
    assert!(refused.contains("Nothing was approved") && refused.contains(FRONT));
    let stranger = port.asks("/callback?state=other", &host).await;
    assert!(
        stranger.starts_with("HTTP/1.1 400 ") && !stranger.contains(FRONT),
        "a wrong state does not offer to raise the window"
    );
}

#[tokio::test]
async fn both_addresses_of_localhost_are_served() {
    let port = Port::opens().await;
    for (address, host) in [("127.0.0.1", "127.0.0.1"), ("[::1]", "[::1]"), ("[::1]", "localhost")] {
        let request = get("/callback?state=x", &format!("{host}:{}", port.number));
        let page = says(&format!("{address}:{}", port.number), &request).await;
        assert!(page.starts_with("HTTP/1.1 400 "), "{page}");
    }
    assert_eq!(port.came().len(), 3);
}

// Shows T6.
#[tokio::test]
async fn other_requests_get_404_and_cause_no_event() {
    let port = Port::opens().await;
    let n = port.number;
    let host = format!("localhost:{n}");
    for request in [
        get("/", &host),
        get("/favicon.ico", &host),
        get("/callback/?state=a", &host),
        get("/Callback?state=a", &host),
        get(TARGET, "localhost"),
        get(TARGET, &format!("localhost:{}", n.wrapping_add(1))),
        get(TARGET, &format!("evil.example:{n}")),
        get(TARGET, &format!("localhost.evil.example:{n}")),
        get(TARGET, &format!("user@localhost:{n}")),
        get(&format!("http://localhost:{n}{TARGET}"), &host),
        get(TARGET, &format!("{host}\r\nHost: {host}")),
        get(TARGET, &format!("{host}\r\nSec-Fetch-Dest: image")),
        get(TARGET, &format!("{host}\r\nSec-Fetch-Dest: iframe")),
        format!("GET {TARGET} HTTP/1.0\r\n\r\n"),
        get(TARGET, &host).replacen("GET", "POST", 1),
        get(TARGET, &host).replacen("GET", "HEAD", 1),
        get(TARGET, &host).replacen("GET", "OPTIONS", 1),
    ] {
        let answer = port.says(&request).await;
        assert!(answer.starts_with("HTTP/1.") && answer.contains(" 404 "), "{request:?}: {answer}");
        assert!(!answer.contains("<html"), "the page is empty");
    }
    for noise in ["\0\0\0\r\n\r\n", "hello\r\n\r\n", "GET / HTTP/9\r\n\r\n"] {
        assert!(!port.says(noise).await.contains(" 200 "));
    }
    assert!(port.came().is_empty());
}

#[tokio::test]
async fn an_oversized_request_is_refused() {
    let port = Port::opens().await;
    let endless = get(&format!("/callback?code={}", "x".repeat(1 << 20)), &format!("localhost:{}", port.number));
    let answer = port.says(&endless).await;
    assert!(!answer.contains(" 200 ") && !answer.contains(" 400 Bad Request\r\ncontent-type: text/html"), "{answer}");
    assert!(port.came().is_empty());
}

#[tokio::test]
async fn a_port_in_use_on_either_address_is_skipped() {
    let (loopback, came) = (Loopback::start(), Arc::default());
    for address in ["127.0.0.1", "::1"] {
        let own = [OwnPort::take(), OwnPort::take()];
        let [busy, free] = own.each_ref().map(OwnPort::number);
        let _other = StdListener::bind((address, busy)).unwrap();
        assert_eq!(listens(&loopback, vec![busy, free], &came).await, Ok(free), "{address}");
        assert_eq!(listens(&loopback, vec![busy], &came).await, Err(Problem::PortsBusy { ports: vec![busy] }));
        becomes_free(free).await;
    }
}

#[tokio::test]
async fn the_same_port_can_be_reopened_immediately() {
    let (loopback, came) = (Loopback::start(), Arc::default());
    let own = OwnPort::take();
    let port = own.number();
    for _ in 0..50 {
        assert_eq!(listens(&loopback, vec![port], &came).await, Ok(port));
        loopback.stop();
        assert_eq!(listens(&loopback, vec![port], &came).await, Ok(port));
    }
}

#[tokio::test]
async fn two_listeners_never_share_a_port() {
    let (first, second, came) = (Loopback::start(), Loopback::start(), Arc::default());
    let own = OwnPort::take();
    let port = own.number();
    assert_eq!(listens(&first, vec![port], &came).await, Ok(port));
    assert_eq!(listens(&second, vec![port], &came).await, Err(Problem::PortsBusy { ports: vec![port] }));
    first.stop();
    becomes_free(port).await;
    assert_eq!(listens(&second, vec![port], &came).await, Ok(port));
}

#[tokio::test]
async fn a_slow_client_times_out_without_blocking_others() {
    let port = Port::opens().await;
    let mut slow = TcpStream::connect(("127.0.0.1", port.number)).await.unwrap();
    slow.write_all(b"GET /callback?state=abc HTTP/1.1\r\nHo").await.unwrap();
    let page = port.asks(TARGET, &format!("localhost:{}", port.number)).await;
    assert!(page.starts_with("HTTP/1.1 200 "));

    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, slow.read_to_end(&mut rest)).await.expect("the connection is closed");
    assert_eq!(port.came(), [TARGET]);
}

// Shows T6.
#[tokio::test]
async fn one_of_a_thousand_clients_wins_and_the_port_is_freed() {
    let port = Port::opens().await;
    let host = format!("localhost:{}", port.number);
    // Half of them only hold the connection open.
    let mut holding = Vec::new();
    for _ in 0..500 {
        holding.push(TcpStream::connect(("127.0.0.1", port.number)).await.unwrap());
    }
    let mut asking = Vec::new();
    for _ in 0..500 {
        let (address, request) = (format!("127.0.0.1:{}", port.number), get(TARGET, &host));
        asking.push(tokio::spawn(async move { says(&address, &request).await }));
    }
    let mut won = 0;
    for asked in asking {
        won += usize::from(asked.await.unwrap().starts_with("HTTP/1.1 200 "));
    }
    assert_eq!(won, 1);
    port.loopback.stop();
    becomes_free(port.number).await;
    drop(holding);
}

#[tokio::test]
async fn a_request_accepted_before_closing_still_gets_a_page() {
    let (loopback, own) = (Loopback::start(), OwnPort::take());
    let number = own.number();
    let (came, mut requests) = tokio::sync::mpsc::unbounded_channel();
    let listening = loopback.listen(vec![number], move |event| {
        let Event::LoopbackAsked { request, .. } = event else { panic!("{event:?}") };
        came.send(request).unwrap();
    });
    listening.await.unwrap();
    let (address, request) = (format!("127.0.0.1:{number}"), get(TARGET, &format!("localhost:{number}")));
    let asking = tokio::spawn(async move { says(&address, &request).await });
    let request = timeout(PATIENCE, requests.recv()).await.unwrap().unwrap();
    loopback.stop();
    loopback.answer(request, LoopbackPage::Done);
    assert!(asking.await.unwrap().contains("You may close this tab"));
    becomes_free(number).await;
}

// Shows T2, T6.
#[tokio::test]
async fn another_users_replay_gets_no_page_and_is_only_counted() {
    let port = Port::opens().await;
    let Some(says) = another_user::Nobody::here() else { return };
    let request = get(TARGET, &format!("localhost:{}", port.number));
    for (address, hangs_up) in [("127.0.0.1", false), ("::1", false), ("::ffff:127.0.0.1", false), ("127.0.0.1", true)]
    {
        let answer = says.to(address, port.number, &request, hangs_up).await;
        assert_eq!(answer, "", "{address}, and hangs up: {hangs_up}");
    }
    let came = port.came();
    assert!(
        came.len() >= 3 && came.iter().all(|what| what == "LoopbackRefused"),
        "each one that does not hang up is counted: {came:?}"
    );

    let mine = port.asks(TARGET, &format!("localhost:{}", port.number)).await;
    assert!(mine.contains("You may close this tab"), "the user's own response is still accepted");
}

#[tokio::test]
async fn a_tls_handshake_is_distinguished_from_a_request() {
    let port = Port::opens().await;
    let mut browser = tokio::net::TcpStream::connect(("127.0.0.1", port.number)).await.unwrap();
    browser.write_all(&[22, 3, 1, 0, 5, 1, 0, 0, 1, 3]).await.unwrap();
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, browser.read_to_end(&mut answer)).await.unwrap();
    assert_eq!((answer, port.came()), (Vec::new(), vec!["HttpsAsked".to_owned()]));
    let mine = port.asks(TARGET, &format!("localhost:{}", port.number)).await;
    assert!(mine.contains("You may close this tab"), "the next request is answered");
}

// Shows T2.
#[tokio::test]
async fn another_users_connections_do_not_displace_the_browser() {
    let port = Port::opens().await;
    let Some(nobody) = another_user::Nobody::here() else { return };
    let request = get(TARGET, &format!("localhost:{}", port.number));
    let (begun, rest) = request.split_at(40);
    let mut browser = TcpStream::connect(("127.0.0.1", port.number)).await.unwrap();
    browser.write_all(begun.as_bytes()).await.unwrap();

    nobody.crowd("127.0.0.1", port.number, 100).await;

    browser.write_all(rest.as_bytes()).await.unwrap();
    let mut page = String::new();
    timeout(PATIENCE, browser.read_to_string(&mut page)).await.expect("it responds").unwrap();
    assert!(page.contains("You may close this tab"), "{page}");
}
