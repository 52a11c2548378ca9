#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Zoho's token endpoint: one table of answers, and what is true of every answer there may be.

mod every_answer;
mod table;

use secrecy::ExposeSecret;

use super::*;
use crate::call::{Reply, Unanswered};

const NOW: Moment = Moment::from_millis(1_700_000_000_000);
const HOST: &str = "accounts.zoho.eu";

fn question(asked: Asked) -> Question {
    Question {
        asked,
        host: HOST.to_owned(),
        region: RegionCode::new("eu").unwrap(),
        redirect_uri: "cliqkeyfob://callback".to_owned(),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an answer, as the transport hands it over")]
fn reply(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Outcome {
    Ok(Reply { status, content_type: Some(content_type.to_owned()), body: body.into().into() })
}

#[test]
fn no_answer_at_all_is_told_by_its_reason() {
    let host = || HOST.to_owned();
    for (why, problem) in [
        (Unanswered::Unreachable, Problem::Unreachable { host: host() }),
        (Unanswered::TimedOut, Problem::TimedOut { host: host() }),
        (Unanswered::Untrusted, Problem::Untrusted { host: host() }),
        (Unanswered::Redirected, Problem::Redirected { host: host() }),
        (Unanswered::TooLong, Problem::TooLong { host: host() }),
        (Unanswered::CutShort, Problem::Garbled { host: host() }),
    ] {
        assert_eq!(read(Err(why), &question(Asked::Refresh), NOW).unwrap_err(), problem);
    }
}

#[test]
fn the_scopes_are_those_zoho_names_and_unknown_where_it_names_none() {
    let scopes =
        |body: &str| read(reply(200, "application/json", body), &question(Asked::Exchange), NOW).unwrap().scopes;
    let two = r#"{"access_token":"a","scope":"ZohoCliq.Channels.READ ZohoCliq.Profile.READ"}"#;
    assert_eq!(scopes(two), Some(Scopes::granted("ZohoCliq.Channels.READ,ZohoCliq.Profile.READ")));
    assert_eq!(scopes(r#"{"access_token":"a"}"#), None);
    assert_eq!(scopes(r#"{"access_token":"a","scope":""}"#), None);
}

#[test]
fn an_answer_without_a_content_type_is_read_by_its_body() {
    let untyped = |body: &str| Ok(Reply { status: 200, content_type: None, body: body.as_bytes().to_vec().into() });
    assert!(read(untyped(r#"{"access_token":"a"}"#), &question(Asked::Refresh), NOW).is_ok());
    let page = read(untyped(" <!doctype html>"), &question(Asked::Refresh), NOW);
    assert_eq!(page.unwrap_err(), Problem::WebPage { host: HOST.to_owned() });
}

#[test]
fn a_token_is_not_in_what_a_log_would_print() {
    let body = r#"{"access_token":"canary-a","refresh_token":"canary-r","expires_in":3600}"#;
    let tokens = read(reply(200, "application/json", body), &question(Asked::Exchange), NOW).unwrap();
    assert!(!format!("{tokens:?}").contains("canary"));
    let broken = [r#"{"access_token":"canary-a"#, r#"{"token":"canary-a"}"#, "canary-a"];
    for body in broken {
        let problem = read(reply(200, "text/plain", body), &question(Asked::Exchange), NOW).unwrap_err();
        assert!(!format!("{problem:?}").contains("canary"), "{problem:?}");
    }
}

#[test]
fn a_revocation_is_confirmed_only_by_a_success() {
    let confirmed = |status, body: &str| read_revocation(reply(status, "application/json", body), HOST);
    assert_eq!(confirmed(200, r#"{"status":"success"}"#), Ok(true));
    assert_eq!(confirmed(400, r#"{"error":"invalid_code"}"#), Ok(false));
    assert_eq!(confirmed(200, "{}"), Ok(false));
    let throttled = r#"{"error":"Access Denied","error_description":"Too many.","status":"failure"}"#;
    let refused = |error: &str| Err(Problem::Refused { error: error.to_owned() });
    assert_eq!(confirmed(400, throttled), refused("Access Denied"));
    assert_eq!(confirmed(429, "{}"), refused(""));
    assert_eq!(confirmed(200, "<html>"), Err(Problem::WebPage { host: HOST.to_owned() }));
    assert_eq!(confirmed(502, ""), Err(Problem::ServerTrouble { host: HOST.to_owned(), status: 502 }));
    let nobody = read_revocation(Err(Unanswered::Unreachable), HOST);
    assert_eq!(nobody, Err(Problem::Unreachable { host: HOST.to_owned() }));
}
