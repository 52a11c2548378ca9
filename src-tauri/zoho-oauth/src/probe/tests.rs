//! The reads that test a token, and the meaning of their responses.

use proptest::prelude::*;

use super::*;
use crate::request::{Response, TransportError};

const NOW: Moment = Moment::from_millis(1_700_000_000_000);
const HOST: &str = "cliq.zoho.eu";

#[expect(clippy::unnecessary_wraps, reason = "an answer, as the transport hands it over")]
fn reply(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    Ok(Response {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        body: body.into().into(),
    })
}

fn identity(status: u16, body: &str) -> Result<Identity, Error> {
    read_identity(reply(status, body), HOST, NOW)
}

fn proof(status: u16, body: &str) -> Result<Proof, Error> {
    read_proof(reply(status, body), HOST, NOW, CLIQ_LOCK)
}

#[test]
fn the_identity_is_the_email_address_and_the_name() {
    let told = r#"{"First_Name":"Ada","Email":"ada@example.org","Last_Name":"L","Display_Name":"Ada L","ZUID":20011}"#;
    let ada = |name: &str| Identity { email: "ada@example.org".to_owned(), name: name.to_owned() };
    assert_eq!(identity(200, told), Ok(ada("Ada L")));
    assert_eq!(identity(200, r#"{"Email":"ada@example.org"}"#), Ok(ada("")));
    assert_eq!(identity(200, r#"{"Email":"ada@example.org","Display_Name":null}"#), Ok(ada("")));
}

#[test]
fn a_misleading_name_is_shown_plain_and_short() {
    let told = format!("{{\"Email\":\"eve@example.org\",\"Display_Name\":\"\\u202emoc\\n{}\"}}", "x".repeat(200));
    let eve = identity(200, &told).unwrap();
    assert_eq!(eve.name, format!("moc{}…", "x".repeat(77)));
}

#[test]
fn each_failed_identity_read_has_its_error() {
    for (status, body, problem) in [
        (401, r#"{"response":"error","cause":"INVALID_OAUTHSCOPE"}"#, Error::ScopeMissing),
        (401, r#"{"error":"OAUTH_SCOPE_MISMATCH"}"#, Error::ScopeMissing),
        (401, r#"{"response":"error","cause":"INVALID_OAUTHTOKEN"}"#, Error::TokenDead),
        (400, r#"{"cause":"INVALID_TOKEN"}"#, Error::TokenDead),
        (401, "{}", Error::TokenDead),
        (200, r#"{"Email":""}"#, Error::CliqUnclear { status: 200 }),
        (200, r#"{"First_Name":"Ada"}"#, Error::CliqUnclear { status: 200 }),
        (404, r#"{"message":"no"}"#, Error::CliqUnclear { status: 404 }),
        (200, "<html>", Error::WebPage { host: HOST.to_owned() }),
        (200, "", Error::EmptyAnswer { host: HOST.to_owned() }),
        (503, "{}", Error::ServerTrouble { host: HOST.to_owned(), status: 503 }),
    ] {
        assert_eq!(identity(status, body), Err(problem), "{status} {body}");
    }
    let nobody = read_identity(Err(TransportError::TimedOut), HOST, NOW);
    assert_eq!(nobody, Err(Error::TimedOut { host: HOST.to_owned() }));
}

#[test]
fn the_users_own_status_proves_that_the_token_works() {
    for body in [
        r#"{"type":"status","data":{"id":"1","code":"1","message":"Available"}}"#,
        r#"{"code":"1","message":"In a meeting"}"#,
        "{}",
        r#"{"error":null}"#,
    ] {
        assert_eq!(proof(200, body), Ok(Proof::Works), "{body}");
    }
    assert_eq!(proof(201, "{}"), Ok(Proof::Works));
}

#[test]
fn a_missing_scope_proves_that_the_token_is_valid() {
    for status in [401, 403, 200] {
        let body = r#"{"code":"oauthtoken_scope_invalid","message":"…"}"#;
        assert_eq!(proof(status, body), Ok(Proof::AliveWithoutScope), "{status}");
    }
}

#[test]
fn errors_of_version_three_are_read_from_their_message() {
    let says = |message: &str| format!(r#"{{"message":"{message}"}}"#);
    let no_scope = says("Request was rejected because you do not have enough permission.");
    let dead = says("Request was rejected because of invalid AuthToken.");
    assert_eq!(proof(401, &no_scope), Ok(Proof::AliveWithoutScope));
    assert_eq!(proof(403, &no_scope), Ok(Proof::AliveWithoutScope));
    assert_eq!(proof(403, &dead), Err(Error::TokenDead));
    assert_eq!(proof(200, &dead), Ok(Proof::Works), "a status a person wrote");
}

#[test]
fn a_call_made_too_often_is_barred_for_its_own_lock() {
    let minutes = Duration::from_mins(5);
    let busy = read_proof(reply(429, "{}"), HOST, NOW, minutes);
    assert_eq!(busy, Err(Error::CliqBusy { until: NOW.plus(minutes) }));
}

#[test]
fn each_failed_read_has_its_error() {
    for (status, body, problem) in [
        (401, r#"{"code":"oauthtoken_invalid"}"#, Error::TokenDead),
        (200, r#"{"code":"oauthtoken_invalid"}"#, Error::TokenDead),
        (401, r#"{"code":"something_new"}"#, Error::TokenDead),
        (401, r#"{"message":"Request was rejected because of invalid AuthToken."}"#, Error::TokenDead),
        (403, r#"{"code":"operation_failed"}"#, Error::CliqUnclear { status: 403 }),
        (200, r#"{"error":"something_new"}"#, Error::CliqUnclear { status: 200 }),
        (404, "{}", Error::CliqUnclear { status: 404 }),
        (302, "{}", Error::CliqUnclear { status: 302 }),
        (429, "", Error::CliqBusy { until: NOW.plus(CLIQ_LOCK) }),
        (429, r#"{"code":"oauthtoken_invalid"}"#, Error::CliqBusy { until: NOW.plus(CLIQ_LOCK) }),
        (200, "[]", Error::Garbled { host: HOST.to_owned() }),
        (200, "<html>", Error::WebPage { host: HOST.to_owned() }),
        (200, "", Error::EmptyAnswer { host: HOST.to_owned() }),
        (500, "", Error::ServerTrouble { host: HOST.to_owned(), status: 500 }),
    ] {
        assert_eq!(proof(status, body), Err(problem), "{status} {body}");
    }
    let nobody = read_proof(Err(TransportError::Untrusted), HOST, NOW, CLIQ_LOCK);
    assert_eq!(nobody, Err(Error::Untrusted { host: HOST.to_owned() }));
}

#[test]
fn a_204_response_counts_as_an_empty_list() {
    assert_eq!(proof(204, ""), Ok(Proof::Works));
}

#[test]
fn a_rate_limit_is_recognised_by_any_status_and_spelling() {
    let busy = |for_: Duration| Error::CliqBusy { until: NOW.plus(for_) };
    let throttled = r#"{"code":"request_limit_exceeded","message":"You have exceeded the URL throttle limits."}"#;
    let worded = r#"{"message":"You have exceeded the URL throttle limits."}"#;
    for (status, body) in [(400, throttled), (403, throttled), (200, throttled), (400, worded), (429, "{}"), (429, "")]
    {
        assert_eq!(proof(status, body), Err(busy(CLIQ_LOCK)), "{status} {body}");
        assert_eq!(identity(status, body), Err(busy(CLIQ_LOCK)), "{status} {body}");
    }
    assert_eq!(proof(200, worded), Ok(Proof::Works), "a status a person wrote");
    let asks = Ok(Response {
        status: 429,
        content_type: None,
        retry_after: Some("840".to_owned()),
        body: b"".to_vec().into(),
    });
    assert_eq!(read_proof(asks, HOST, NOW, CLIQ_LOCK), Err(busy(Duration::from_mins(14))), "longer where Cliq says so");
}

proptest! {
    #[test]
    fn no_bytes_whatever_make_it_panic(bytes in any::<Vec<u8>>(), status in any::<u16>()) {
        let _ = read_identity(reply(status, bytes.clone()), HOST, NOW);
        let _ = read_proof(reply(status, bytes), HOST, NOW, CLIQ_LOCK);
    }
}
