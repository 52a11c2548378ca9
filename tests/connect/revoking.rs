//! Revocation over HTTP: by the newer path, by the older one, and retried once Zoho is reachable again.

use keyfob_core::intent::RevokeIntent;
use std::time::Duration;

use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::Snapshot;
use keyfob_practice::{Endpoint, Scripted};

use crate::world::{Keyfob, Time, Zoho};

const NEWER: &str = "/oauth/v2/revoke/token";
const OLDER: &str = "/oauth/v2/token/revoke";

fn paths(zoho: &Zoho) -> Vec<String> {
    zoho.zoho.requests_to(Endpoint::Revoke).into_iter().map(|asked| asked.path).collect()
}

fn is_told_revoked(seen: &Snapshot) -> bool {
    let revoked = NoticeKind::Revoked { name: "Finance bot".to_owned() };
    seen.connections.is_empty() && seen.revocations.is_empty() && seen.notices.iter().any(|n| n.what == revoked)
}

#[tokio::test]
async fn the_newer_path_sends_client_credentials_in_a_header() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    let token = zoho.zoho.issued_access_tokens().remove(0);

    keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
    keyfob.sees("it is revoked", is_told_revoked).await;
    assert!(!zoho.zoho.is_alive(&token));
    let asked = zoho.zoho.requests_to(Endpoint::Revoke);
    assert_eq!(paths(&zoho), [NEWER]);
    assert!(asked[0].authorization.as_ref().unwrap().starts_with("Basic ") && asked[0].query.is_empty());
    let sent: Vec<&str> = asked[0].form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(sent, ["token", "token_type"]);
}

#[tokio::test]
async fn without_the_newer_path_the_older_one_is_used() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    let token = zoho.zoho.issued_access_tokens().remove(0);
    zoho.zoho.answer_next(Endpoint::Revoke, Scripted::html(404, "<html>Not found"));

    keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
    keyfob.sees("it is revoked", is_told_revoked).await;
    assert!(!zoho.zoho.is_alive(&token));
    assert_eq!(paths(&zoho), [NEWER, OLDER]);
    assert!(zoho.zoho.requests_to(Endpoint::Revoke)[1].authorization.is_none());
}

// Shows T22.
#[tokio::test]
async fn a_pending_revocation_survives_a_restart() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let card = zoho.connect(&keyfob).await;
    let token = zoho.zoho.issued_access_tokens().remove(0);
    zoho.zoho.answer_next(Endpoint::Revoke, Scripted::closed());

    keyfob.asks(RevokeIntent::RevokeAndDelete { id: card.id });
    let not_revoked = |s: &Snapshot| s.notices.iter().any(|n| matches!(n.what, NoticeKind::NotRevoked { .. }));
    keyfob.sees("Zoho was not told", not_revoked).await;
    keyfob.asks(RevokeIntent::RevokeLater { id: card.id });
    let waits = keyfob.sees("it waits", |s| s.connections.is_empty() && s.revocations.len() == 1).await;
    assert!(zoho.zoho.is_alive(&token));

    zoho.zoho.answer_next(Endpoint::Revoke, Scripted::closed());
    time.passes(Duration::from_secs(31));
    keyfob.looks();
    let first = waits.revocations[0].again_at;
    keyfob.sees("it waits longer", |s| s.revocations[0].again_at > first && !s.revocations[0].asking).await;

    let again = keyfob.starts_again(&[zoho.region()], &time).await;
    again.sees("it still waits", |s| s.revocations.len() == 1).await;
    time.passes(Duration::from_secs(61));
    again.looks();
    again.sees("it is revoked", is_told_revoked).await;
    assert!(!zoho.zoho.is_alive(&token));
}
