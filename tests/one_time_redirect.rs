//! The one-time redirect: a port of this computer that redirects the browser to a private address, once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![cfg(target_os = "linux")]

mod another_user;

use std::time::Duration;

use keyfob::net::one_time_redirect::OneTimeRedirect;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(20);
const PRIVATE: &str = "https://accounts.zoho.eu/oauth/v2/auth?client_id=1000.A&state=abc&code_challenge=def";

async fn opens() -> OneTimeRedirect {
    OneTimeRedirect::to(&Url::parse(PRIVATE).unwrap()).await.unwrap()
}

fn port(redirect: &OneTimeRedirect) -> u16 {
    redirect.url().port().unwrap()
}

fn get(redirect: &OneTimeRedirect, more: &str) -> String {
    let url = redirect.url();
    format!("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{more}\r\n", url.path(), port(redirect))
}

async fn says(redirect: &OneTimeRedirect, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port(redirect))).await.unwrap();
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("it responds or hangs up");
    String::from_utf8(answer).unwrap()
}

async fn redirects(redirect: &OneTimeRedirect) {
    let answer = says(redirect, &get(redirect, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 302 ") && answer.contains(&format!("location: {PRIVATE}\r\n")), "{answer}");
}

// Shows T27.
#[tokio::test]
async fn a_browser_is_redirected_once() {
    let redirect = opens().await;
    let shown = redirect.url().as_str();
    assert!(shown.starts_with("http://127.0.0.1:") && redirect.url().path().len() > 40, "{shown}");
    assert!(!shown.contains("state") && !shown.contains("abc") && !shown.contains("def"), "{shown}");

    let answer = says(&redirect, &get(&redirect, "")).await;
    assert!(answer.starts_with("HTTP/1.1 302 "), "{answer}");
    for header in [
        &format!("location: {PRIVATE}"),
        "referrer-policy: no-referrer",
        "cache-control: no-store",
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "connection: close",
    ] {
        assert!(answer.contains(header), "{header}: {answer}");
    }
    let again = says(&redirect, &get(&redirect, "")).await;
    assert!(again.starts_with("HTTP/1.1 410 ") && again.contains("Go back to Keyfob"), "{again}");
    assert!(!again.contains("zoho"), "the address is sent once");
}

// Shows T4, T27.
#[tokio::test]
async fn hostile_requests_do_not_use_up_the_redirect() {
    let redirect = opens().await;
    let (path, n) = (redirect.url().path().to_owned(), port(&redirect));
    let host = format!("Host: 127.0.0.1:{n}");
    for request in [
        format!("GET / HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET {path}x HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET {path}?x HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{n}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: evil.example:{n}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\n{host}\r\n{host}\r\n\r\n"),
        format!("GET http://127.0.0.1:{n}{path} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("HEAD {path} HTTP/1.1\r\n{host}\r\n\r\n"),
        get(&redirect, "Sec-Fetch-Mode: no-cors\r\n"),
        get(&redirect, "Sec-Fetch-Mode: cors\r\n"),
        get(&redirect, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"),
        get(&redirect, "Sec-Purpose: prefetch\r\n"),
        get(&redirect, "Purpose: prefetch\r\n"),
        "hello\r\n\r\n".to_owned(),
    ] {
        let answer = says(&redirect, &request).await;
        assert!(
            !answer.contains("zoho") && !answer.contains(" 302 ") && !answer.contains(" 410 "),
            "{request}: {answer}"
        );
    }
    redirects(&redirect).await;
}

// Shows T2, T27.
#[tokio::test]
async fn another_user_with_the_right_path_gets_nothing() {
    let redirect = opens().await;
    let Some(nobody) = another_user::Nobody::here() else { return };
    for hangs_up in [false, true] {
        let answer = nobody.to("127.0.0.1", port(&redirect), &get(&redirect, ""), hangs_up).await;
        assert_eq!(answer, "", "another user knows the path from a program's arguments");
    }
    redirects(&redirect).await;
}

// Shows T27.
#[tokio::test]
async fn one_of_a_hundred_tabs_is_redirected() {
    let redirect = std::sync::Arc::new(opens().await);
    let mut asking = Vec::new();
    for _ in 0..100 {
        let redirect = std::sync::Arc::clone(&redirect);
        asking.push(tokio::spawn(async move { says(&redirect, &get(&redirect, "")).await }));
    }
    let mut led = 0;
    for asked in asking {
        led += usize::from(asked.await.unwrap().contains(" 302 "));
    }
    assert_eq!(led, 1);
}

#[tokio::test]
async fn dropping_the_redirect_closes_its_port() {
    let redirect = opens().await;
    let port = port(&redirect);
    drop(redirect);
    let closed = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, closed).await.expect("the port no longer listens");
}
