//! A third-party OAuth 2 server (npm's oauth2-mock-server): it checks PKCE, issues JWTs, replaces the refresh token at
//! every refresh, and has nothing of Zoho.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::ShareIntent;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use keyfob_core::export_choice::Shape;
use keyfob_core::standing::Standing;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use crate::world::{Keyfob, Time};

/// The server; it ends when its standard input does.
struct Foreign {
    process: Child,
    origin: String,
}

impl Foreign {
    fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/connect/foreign");
        assert!(folder.join("node_modules").exists(), "`make test` brings it: npm --prefix tests/connect/foreign ci");
        let mut node = Command::new("node");
        node.arg("serve.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = node.spawn().unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { process, origin: format!("http://127.0.0.1:{}", port.trim()) }
    }

    /// Opens the authorization URL as a browser would; returns the redirect.
    async fn authorize(&self, address: &str) -> String {
        let url = Url::parse(address).unwrap();
        let host = self.origin.trim_start_matches("http://");
        let request = format!(
            "GET {}?{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
            url.path(),
            url.query().unwrap_or_default(),
        );
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let location =
            answer.lines().find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case("location")));
        location.expect("the server redirects").1.to_owned()
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

// Shows C2.
#[tokio::test]
async fn a_third_party_server_issues_refreshes_and_rotates() {
    let server = Foreign::start();
    let time = Time::new();
    let keyfob = Keyfob::knowing(&[("foreign", &server.origin)], &time).await;
    keyfob.fills_in("foreign", "any-client", "any-secret", &["ZohoCliq.Channels.READ"]);
    let address = keyfob.signs_in().await;
    keyfob.link(&server.authorize(&address).await);

    let candidate = keyfob.candidate().await;
    assert!(candidate.lasts, "it gave a refresh token");
    assert!(candidate.identity.is_none() && candidate.identity_problem.is_some(), "it has no Zoho account to name");
    assert_eq!(candidate.missing.iter().count(), 3, "it granted none of Zoho's scopes");

    let first = keyfob.keeps("Foreign").await;
    keyfob.asks(ShareIntent::Copy { id: first.id, shape: Shape::Token });
    assert_eq!(keyfob.copied().await.split('.').count(), 3, "its access tokens are JWTs");

    for round in 1..=3 {
        time.passes(Duration::from_mins(56));
        keyfob.looks();
        let renewed =
            |c: &keyfob_core::snapshot::Card| c.standing == Standing::Fresh && c.expires_at > first.expires_at;
        let card = keyfob
            .card("a new token", |c| {
                renewed(c) && c.expires_at.millis() > first.expires_at.millis() + round * 3_000_000
            })
            .await;
        assert_ne!(card.refresh, first.refresh, "it replaced the refresh token");
    }
}
