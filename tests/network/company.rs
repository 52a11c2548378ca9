//! The office network: a proxy, and one that inspects TLS. Both come from the environment, so each case runs in a
//! separate process; the proxy runs in the process that starts it.
//!
//! 1. A proxy that the environment names is used for Zoho, and learns only the host and port.
//! 2. A proxy that inspects TLS is trusted only if its authority is in the system's store.
//! 3. No key of a connection is ever written to a file.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;

use tempfile::TempDir;

use crate::authority::Authority;
use crate::gate::{Fault, Gate};
use crate::means::Means;
use crate::phases::{PHASES, Scene};
use crate::played::{is_played, part, play_part};
use crate::proof;
use crate::proxy::{How, Proxy};
use crate::world::{Time, Zoho};

/// A name that never resolves (RFC 6761, section 6.4), except at the proxy.
const HOST: &str = "accounts.zoho.invalid";

/// A store of authorities, to which the child process adds its own.
struct Store(TempDir);

impl Store {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> String {
        self.0.path().join("authorities.pem").to_str().unwrap().to_owned()
    }
}

/// Signs in, and if that works refreshes and revokes, at a Zoho that is reached as the environment says.
async fn journey(means: Means, authority: Option<&Authority>) {
    let phases = if matches!(means, Means::Works) { &PHASES[..] } else { &PHASES[..1] };
    for phase in phases {
        let (time, tls) = (Time::new(), authority.map(|authority| authority.serves(&[HOST])));
        let zoho = Zoho::start("here", &time);
        let gate = Gate::before(&zoho.zoho, tls).await.known_as(HOST);
        let scene = Scene { time, zoho, gate };
        if matches!(means, Means::Works) {
            scene.meets(*phase, Fault::Nothing, &means).await;
        } else {
            scene.is_told(&scene.gate.origin, &means).await;
            assert_eq!(scene.gate.heard(), 0, "no server received a request");
        }
    }
}

fn means_of_part() -> Means {
    match part().as_str() {
        "works" => Means::Works,
        "unreachable" => Means::Unreachable,
        "timed out" => Means::TimedOut,
        "untrusted" => Means::Untrusted,
        other => panic!("{other}"),
    }
}

// Shows T17.
#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_the_environment_is_used() {
    const TEST: &str = "company::the_proxy_of_the_environment_is_used";
    if is_played() {
        return journey(means_of_part(), Some(&Authority::of_this_machine())).await;
    }
    let bare = |proxy: &Proxy| format!("http://127.0.0.1:{}", proxy.port);
    let mut held = 0;
    // The variables, the outcome, and whether the proxy is used.
    for (names, no_proxy, means, is_asked) in [
        (&["HTTPS_PROXY"][..], "", "works", true),
        (&["https_proxy"], "", "works", true),
        (&["ALL_PROXY"], "", "works", true),
        (&["all_proxy"], "", "works", true),
        (&["HTTPS_PROXY"], "other.example,.zoho.eu", "works", true),
        (&["HTTPS_PROXY"], HOST, "unreachable", false),
        (&["HTTPS_PROXY", "ALL_PROXY"], "other.example, zoho.invalid", "unreachable", false),
        (&["HTTPS_PROXY"], "*", "unreachable", false),
        (&["HTTP_PROXY", "http_proxy"], "", "unreachable", false),
        (&[], "", "unreachable", false),
    ] {
        let (proxy, store) = (Proxy::that(How::Tunnels).await, Store::new());
        let (address, path) = (bare(&proxy), store.path());
        let mut environment: Vec<(&str, &str)> = names.iter().map(|name| (*name, address.as_str())).collect();
        environment.extend([("NO_PROXY", no_proxy), ("SSL_CERT_FILE", &path)]);
        play_part(TEST, means, &environment).await;
        assert!(proxy.asked().iter().all(|head| head.starts_with(&format!("CONNECT {HOST}:"))));
        assert_eq!(!proxy.asked().is_empty(), is_asked, "{names:?} {no_proxy:?}");
        assert!(!proxy.passed().contains("client_id") && !proxy.passed().contains("1000."), "everything is encrypted");
        held += 1;
    }
    proof::figure("proxies of the environment: settings that do as they say", held, "10");
}

// Shows T17.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_gets_its_password_and_a_refusal_is_reported() {
    const TEST: &str = "company::a_proxy_gets_its_password_and_a_refusal_is_reported";
    if is_played() {
        return journey(means_of_part(), Some(&Authority::of_this_machine())).await;
    }
    // `ada:sécret` (RFC 7617).
    let ada = || How::Wants("Basic YWRhOnPDqWNyZXQ=");
    // A SOCKS proxy is neither supported nor bypassed.
    for (how, before, means) in [
        (ada(), "http://ada:s%C3%A9cret@", "works"),
        (How::Tunnels, "", "works"),
        (ada(), "http://", "unreachable"),
        (ada(), "http://ada:guessed@", "unreachable"),
        (How::Says("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"), "http://", "unreachable"),
        (How::Says("HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html>"), "http://", "unreachable"),
        (How::Says("HTTP/1.1 302 Found\r\nlocation: http://proxy.example/login\r\n\r\n"), "http://", "unreachable"),
        (How::Says("HTTP/1.1 200"), "http://", "unreachable"),
        (How::Says("\u{5}\u{1}"), "socks5://", "unreachable"),
        (How::Says(""), "http://", "unreachable"),
        (How::Waits, "http://", "timed out"),
    ] {
        let name = format!("{how:?} {before}");
        let (proxy, store) = (Proxy::that(how).await, Store::new());
        let address = format!("{before}127.0.0.1:{}", proxy.port);
        play_part(TEST, means, &[("HTTPS_PROXY", &address), ("SSL_CERT_FILE", &store.path())]).await;
        assert_eq!(proxy.asked().is_empty(), before.starts_with("socks"), "{name}");
        let told_all = [proxy.asked().concat(), proxy.passed()].concat();
        assert!(!told_all.contains("client_id") && !told_all.contains("1000."), "{name}");
    }
}

// Shows T17.
#[tokio::test(flavor = "multi_thread")]
async fn an_inspecting_proxy_is_trusted_if_in_the_store() {
    const TEST: &str = "company::an_inspecting_proxy_is_trusted_if_in_the_store";
    if is_played() {
        return journey(means_of_part(), None).await;
    }
    let (company, stranger) = (Authority::new("The company"), Authority::new("Somebody else"));
    for (authority, names, means) in [
        (&company, ["SSL_CERT_FILE", "SSL_CERT_DIR"], "works"),
        (&company, ["SSL_CERT_DIR", "SSL_CERT_FILE"], "works"),
        (&stranger, ["SSL_CERT_FILE", "SSL_CERT_DIR"], "untrusted"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        // OpenSSL's naming of certificates in a folder.
        let file = folder.path().join("0123abcd.0");
        fs::write(&file, authority.pem()).unwrap();
        let proxy = Proxy::that(How::LooksInside(company.serves(&[HOST]))).await;
        let address = format!("http://127.0.0.1:{}", proxy.port);
        let place = if names[0] == "SSL_CERT_FILE" { file.as_path() } else { folder.path() };
        let place = place.to_str().unwrap();
        play_part(TEST, means, &[("HTTPS_PROXY", &address), (names[0], place), (names[1], "/nowhere")]).await;
        let saw = proxy.passed().contains("client_id");
        assert_eq!(saw, means == "works", "an untrusted proxy does not see the request");
    }
}

// Shows T17.
#[tokio::test(flavor = "multi_thread")]
async fn no_session_key_is_written_to_a_file() {
    const TEST: &str = "company::no_session_key_is_written_to_a_file";
    if is_played() {
        return journey(means_of_part(), Some(&Authority::of_this_machine())).await;
    }
    let (proxy, store) = (Proxy::that(How::Tunnels).await, Store::new());
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let keys = store.0.path().join("keys.log");
    let set = [("SSLKEYLOGFILE", keys.to_str().unwrap()), ("HTTPS_PROXY", &address), ("SSL_CERT_FILE", &store.path())];
    play_part(TEST, "works", &set).await;
    assert!(!keys.exists(), "SSLKEYLOGFILE is obeyed");
}
