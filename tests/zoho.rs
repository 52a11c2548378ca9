//! How Keyfob handles servers that respond badly or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

#[path = "closed/mod.rs"]
mod closed;
#[path = "played/mod.rs"]
mod played;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use closed::Closed;
use keyfob::net::https::{LONGEST_BODY, Patience, send};
use played::{is_played, play};
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;
use zoho_oauth::request::{Outcome, Request, TransportError};

const PATIENT: Patience = Patience { connecting: Duration::from_secs(10), whole: Duration::from_secs(20) };
const HASTY: Patience = Patience { connecting: Duration::from_millis(300), whole: Duration::from_millis(300) };

#[tokio::test]
async fn a_response_has_its_status_content_type_and_body() {
    let server =
        Server::saying("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}").await;
    let reply = server.ask().await.unwrap();
    assert_eq!((reply.status, reply.content_type.as_deref()), (200, Some("application/json")));
    assert_eq!(reply.body.expose_secret(), b"{}");
}

// Shows N7; ASVS 14.2.1.
#[tokio::test]
async fn a_post_carries_its_form_and_a_get_its_authorization() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    server.ask().await.unwrap();
    let heard = server.heard();
    assert!(heard.starts_with("POST /oauth/v2/token HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("content-type: application/x-www-form-urlencoded\r\n"), "{heard}");
    assert!(heard.contains(concat!("user-agent: Keyfob/", env!("CARGO_PKG_VERSION"), "\r\n")), "{heard}");
    assert!(heard.ends_with("\r\n\r\nclient_id=1000.A&code=a%2Bb+%26c"), "{heard}");
    assert!(!heard.contains("accept-encoding"), "a compressed response could expand without limit: {heard}");

    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let call = Request { url: server.url(), form: None, authorization: Some("Zoho-oauthtoken 1000.T".into()) };
    send(call, PATIENT).await.unwrap();
    let heard = server.heard();
    assert!(heard.starts_with("GET /oauth/v2/token HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("authorization: Zoho-oauthtoken 1000.T\r\n"), "{heard}");
}

#[tokio::test]
async fn an_error_status_is_returned_as_a_response() {
    let server = Server::saying("HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\noops").await;
    assert_eq!(server.ask().await.unwrap().status, 500);
}

#[tokio::test]
async fn an_empty_body_is_a_response() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    assert!(server.ask().await.unwrap().body.expose_secret().is_empty());
}

// Shows N8.
#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let evil = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        let leads = format!("HTTP/1.1 {status} Go\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", evil.url());
        let server = Server::saying(leads).await;
        assert_eq!(trouble(server.ask().await), TransportError::Redirected);
        assert_eq!((server.visits(), evil.visits()), (1, 0), "{status}");
    }
}

// Shows N7.
#[tokio::test]
async fn a_body_one_byte_over_the_maximum_is_too_long() {
    let body = "x".repeat(LONGEST_BODY);
    let fits = format!("HTTP/1.1 200 OK\r\ncontent-length: {LONGEST_BODY}\r\n\r\n{body}");
    let reply = Server::saying(fits).await.ask().await.unwrap();
    assert_eq!(reply.body.expose_secret().len(), LONGEST_BODY);

    let too_long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}x", LONGEST_BODY + 1);
    assert_eq!(trouble(Server::saying(too_long).await.ask().await), TransportError::TooLong);
    let no_end = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}x");
    assert_eq!(trouble(Server::saying(no_end).await.ask().await), TransportError::TooLong);
}

// Shows N7.
#[tokio::test]
async fn a_body_that_ends_early_is_cut_short() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n{\"access_token\":\"1000.").await;
    assert_eq!(trouble(server.ask().await), TransportError::CutShort);
    let server = Server::saying("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"acc\r\n").await;
    assert_eq!(trouble(server.ask().await), TransportError::CutShort);
}

// Shows N1.
#[tokio::test]
async fn a_closed_port_is_unreachable_and_a_hang_up_is_broken() {
    let closed = Closed::new();
    let url = Url::parse(&format!("http://{}/oauth/v2/token", closed.at())).unwrap();
    assert_eq!(trouble(send(exchange(url), PATIENT).await), TransportError::Unreachable);
    assert_eq!(
        trouble(Server::saying("").await.ask().await),
        TransportError::Broken,
        "the request may have been handled"
    );
    assert_eq!(trouble(Server::saying("\u{16}\u{3}\u{1} not http").await.ask().await), TransportError::Broken);
}

// Shows N1.
#[tokio::test]
async fn a_broken_connection_does_not_resend_the_code() {
    let server = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        stream.set_zero_linger().unwrap();
    })
    .await;
    assert_eq!(trouble(server.ask().await), TransportError::Broken);
    assert_eq!(server.visits(), 1);
}

// Shows N3; ASVS 13.2.6.
#[tokio::test]
async fn a_silent_or_dripping_server_times_out() {
    let silent = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    assert_eq!(trouble(hasty(&silent).await), TransportError::TimedOut);

    let dripping = Server::start(|mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert_eq!(trouble(hasty(&dripping).await), TransportError::TimedOut);
}

/// Sends a request with a short time limit; the test's own limit is longer.
async fn hasty(server: &Server) -> Outcome {
    let asked = tokio::time::timeout(PATIENT.whole, send(exchange(server.url()), HASTY));
    asked.await.expect("the request times out")
}

// Shows N2; ASVS 16.5.3.
#[tokio::test]
async fn nothing_is_sent_to_a_server_with_an_untrusted_certificate() {
    let (server, heard) = tls::self_signed().await;
    let url = Url::parse(&format!("https://localhost:{}/oauth/v2/token", server.port)).unwrap();
    assert_eq!(trouble(send(exchange(url), PATIENT).await), TransportError::Untrusted);
    assert_eq!(heard.load(Ordering::SeqCst), 0);
}

// Shows N2.
#[tokio::test]
async fn a_server_without_tls_is_unreachable_not_untrusted() {
    let server = Server::saying("HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let url = Url::parse(&format!("https://127.0.0.1:{}/oauth/v2/token", server.port)).unwrap();
    assert_eq!(trouble(send(exchange(url), PATIENT).await), TransportError::Unreachable);
}

// Shows T17; ASVS 13.2.4.
#[tokio::test]
async fn nothing_is_sent_to_a_forbidden_address() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let at = format!("127.0.0.1:{}", server.port);
    for address in [
        format!("http://admin@{at}/oauth/v2/token"),
        format!("http://:word@{at}/oauth/v2/token"),
        format!("http://{at}/oauth/v2/token?code=1000.x"),
        format!("http://{at}/api/v2/channels?limit=1&code=1000.x"),
        format!("http://{at}/api/v2/channels?limit=2"),
        format!("http://{at}/api/v2/channels?"),
        format!("http://{at}/oauth/v2/token#code"),
        format!("ftp://{at}/oauth/v2/token"),
        "http://accounts.zoho.example/oauth/v2/token".to_owned(),
        // Another address of this machine that is not a loopback address.
        format!("http://0.0.0.0:{}/oauth/v2/token", server.port),
        "http://localhost.example/oauth/v2/token".to_owned(),
    ] {
        let url = Url::parse(&address).unwrap();
        assert_eq!(trouble(send(exchange(url), PATIENT).await), TransportError::Unreachable, "{address}");
    }
    assert_eq!(server.visits(), 0);
}

#[tokio::test]
async fn the_constant_query_is_sent() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let mut url = server.url();
    url.set_query(Some("limit=1"));
    let call = Request { url, form: None, authorization: Some("Zoho-oauthtoken 1000.T".into()) };
    send(call, PATIENT).await.unwrap();
    let heard = server.heard();
    assert!(heard.starts_with("GET /oauth/v2/token?limit=1 HTTP/1.1\r\n"), "{heard}");
}

#[tokio::test]
async fn a_token_that_is_not_a_valid_header_is_not_sent() {
    let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let call = Request { url: server.url(), form: None, authorization: Some("Zoho-oauthtoken a\r\nb".into()) };
    assert_eq!(trouble(send(call, PATIENT).await), TransportError::Unreachable);
    assert_eq!(server.visits(), 0);
}

/// The proxy is set in the environment, which applies to the whole process, so this test runs in a child process.
// Shows T18.
#[tokio::test]
async fn the_proxy_is_not_used_for_this_machine() {
    if is_played() {
        let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!(server.ask().await.unwrap().status, 200);
        let beyond = Url::parse("https://accounts.zoho.example/oauth/v2/token").unwrap();
        assert_eq!(trouble(send(exchange(beyond), PATIENT).await), TransportError::Unreachable);
        return;
    }
    let proxy = Server::saying("HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n").await;
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let names = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let mut environment: Vec<(&str, &str)> = names.iter().map(|name| (*name, address.as_str())).collect();
    environment.extend([("no_proxy", ""), ("NO_PROXY", "")]);
    play("the_proxy_is_not_used_for_this_machine", &environment).await;
    assert_eq!(proxy.visits(), 1, "used for the other machine only");
}

// Shows T17.
#[tokio::test]
async fn without_a_trust_store_only_practice_works() {
    if is_played() {
        let server = Server::saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!(server.ask().await.unwrap().status, 200);
        let beyond = Url::parse("https://accounts.zoho.example/oauth/v2/token").unwrap();
        assert_eq!(trouble(send(exchange(beyond), PATIENT).await), TransportError::Untrusted);
        return;
    }
    let nowhere = [("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")];
    play("without_a_trust_store_only_practice_works", &nowhere).await;
}

fn exchange(url: Url) -> Request {
    let form = vec![("client_id", SecretString::from("1000.A")), ("code", SecretString::from("a+b &c"))];
    Request { url, form: Some(form), authorization: None }
}

fn trouble(outcome: Outcome) -> TransportError {
    outcome.expect_err("no response")
}

/// A server on loopback that responds to every connection in the same way and counts them.
struct Server {
    port: u16,
    visits: Arc<AtomicUsize>,
    heard: Arc<std::sync::Mutex<String>>,
}

impl Server {
    async fn saying(answer: impl Into<String>) -> Self {
        let answer = answer.into();
        let heard = Arc::new(std::sync::Mutex::new(String::new()));
        let ear = Arc::clone(&heard);
        let server = Self::start(move |mut stream| {
            let (answer, ear) = (answer.clone(), Arc::clone(&ear));
            async move {
                let request = read_request(&mut stream).await;
                ear.lock().unwrap().push_str(&request);
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        })
        .await;
        Self { heard, ..server }
    }

    async fn start<F: Future<Output = ()> + Send + 'static>(visit: impl Fn(TcpStream) -> F + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let visits = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&visits);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(visit(stream));
            }
        });
        Self { port, visits, heard: Arc::default() }
    }

    fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}/oauth/v2/token", self.port)).unwrap()
    }

    async fn ask(&self) -> Outcome {
        send(exchange(self.url()), PATIENT).await
    }

    fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }
}

/// Reads a request up to the end of its body, or whatever arrives if it is not HTTP.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = stream.read(&mut part).await.unwrap_or_default();
        read.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if length == 0 || !text.starts_with(['G', 'P']) {
                return text;
            }
            continue;
        };
        let announced = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        if length == 0 || body.len() >= announced {
            return text;
        }
    }
}

mod tls {
    use super::{Arc, AtomicUsize, Ordering, Server};
    use tokio::io::AsyncReadExt;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::aws_lc_rs;

    /// Returns the server, and the number of bytes it received after the TLS handshake.
    pub(super) async fn self_signed() -> (Server, Arc<AtomicUsize>) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], made.signing_key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let heard = Arc::new(AtomicUsize::new(0));
        let ear = Arc::clone(&heard);
        let server = Server::start(move |stream| {
            let (acceptor, ear) = (acceptor.clone(), Arc::clone(&ear));
            async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let mut told = Vec::new();
                    let _ = stream.read_to_end(&mut told).await;
                    ear.fetch_add(told.len(), Ordering::SeqCst);
                }
            }
        })
        .await;
        (server, heard)
    }
}

// Shows T17; ASVS 13.2.4.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_is_sent_where_another_users_program_listens() {
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root can start a program of another user");
        return;
    }
    let python = "import socket,sys\ns=socket.create_server(('127.0.0.1',0))\nprint(s.getsockname()[1],flush=True)\n\
                  c,_=s.accept()\nprint(c.recv(9000),flush=True)";
    let started = std::process::Command::new("/usr/bin/python3")
        .args(["-c", python])
        .uid(NOBODY)
        .stdout(std::process::Stdio::piped())
        .spawn();
    let Ok(mut stranger) = started else {
        println!("skipped: there is no /usr/bin/python3");
        return;
    };
    let mut told = std::io::BufReader::new(stranger.stdout.take().unwrap());
    let mut port = String::new();
    std::io::BufRead::read_line(&mut told, &mut port).unwrap();
    for host in ["127.0.0.1", "localhost"] {
        let url = Url::parse(&format!("http://{host}:{}/oauth/v2/token", port.trim())).unwrap();
        let call = Request { url, form: None, authorization: Some("Zoho-oauthtoken 1000.T".into()) };
        assert_eq!(send(call, PATIENT).await.unwrap_err(), TransportError::NotThisUsers);
    }
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    let mut heard = String::new();
    std::io::Read::read_to_string(&mut told, &mut heard).unwrap();
    assert_eq!(heard, "", "it received nothing");
}
