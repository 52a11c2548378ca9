//! Zoho's token endpoint: a table of responses, and properties of every response.

mod every_answer;
mod table;

use secrecy::ExposeSecret;

use super::*;
use crate::request::{Response, TransportError};

const NOW: Moment = Moment::from_millis(1_700_000_000_000);
const HOST: &str = "accounts.zoho.eu";

fn question(asked: GrantType) -> TokenQuery {
    TokenQuery {
        asked,
        host: HOST.to_owned(),
        region: RegionCode::new("eu").unwrap(),
        home: RegionCode::new("eu").unwrap(),
        redirect_uri: "cliqkeyfob://callback".to_owned(),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an answer, as the transport hands it over")]
fn reply(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Outcome {
    Ok(Response { status, content_type: Some(content_type.to_owned()), retry_after: None, body: body.into().into() })
}

#[test]
fn each_transport_error_has_its_error() {
    let host = || HOST.to_owned();
    for (why, problem) in [
        (TransportError::Unreachable, Error::Unreachable { host: host() }),
        (TransportError::NotThisUsers, Error::NotThisUsers { host: host() }),
        (TransportError::TimedOut, Error::TimedOut { host: host() }),
        (TransportError::Untrusted, Error::Untrusted { host: host() }),
        (TransportError::Redirected, Error::Redirected { host: host() }),
        (TransportError::TooLong, Error::TooLong { host: host() }),
        (TransportError::CutShort, Error::Garbled { host: host() }),
    ] {
        assert_eq!(read(Err(why), &question(GrantType::Refresh), NOW).unwrap_err(), problem);
    }
}

#[test]
fn scopes_are_unknown_when_zoho_names_none() {
    let scopes =
        |body: &str| read(reply(200, "application/json", body), &question(GrantType::Exchange), NOW).unwrap().scopes;
    let two = r#"{"access_token":"a","scope":"ZohoCliq.Channels.READ ZohoCliq.Profile.READ"}"#;
    assert_eq!(scopes(two), Some(Scopes::granted("ZohoCliq.Channels.READ,ZohoCliq.Profile.READ")));
    assert_eq!(scopes(r#"{"access_token":"a"}"#), None);
    assert_eq!(scopes(r#"{"access_token":"a","scope":""}"#), None);
}

#[test]
fn a_response_without_a_content_type_is_read() {
    let untyped = |body: &str| {
        Ok(Response { status: 200, content_type: None, retry_after: None, body: body.as_bytes().to_vec().into() })
    };
    assert!(read(untyped(r#"{"access_token":"a"}"#), &question(GrantType::Refresh), NOW).is_ok());
    let page = read(untyped(" <!doctype html>"), &question(GrantType::Refresh), NOW);
    assert_eq!(page.unwrap_err(), Error::WebPage { host: HOST.to_owned() });
}

// Shows T11; ASVS 16.2.5.
#[test]
fn debug_prints_no_token() {
    let body = r#"{"access_token":"canary-a","refresh_token":"canary-r","expires_in":3600}"#;
    let tokens = read(reply(200, "application/json", body), &question(GrantType::Exchange), NOW).unwrap();
    assert!(!format!("{tokens:?}").contains("canary"));
    let broken = [r#"{"access_token":"canary-a"#, r#"{"token":"canary-a"}"#, "canary-a"];
    for body in broken {
        let problem = read(reply(200, "text/plain", body), &question(GrantType::Exchange), NOW).unwrap_err();
        assert!(!format!("{problem:?}").contains("canary"), "{problem:?}");
    }
}

#[test]
fn a_refusal_that_repeats_a_token_does_not_show_it() {
    let body = format!(r#"{{"error":"no such token: 1000.{}.{}"}}"#, "0f".repeat(16), "f0".repeat(16));
    let refused = read(reply(200, "application/json", body), &question(GrantType::Refresh), NOW);
    assert_eq!(refused.unwrap_err(), Error::Refused { error: "no such token: …".to_owned() });
}

#[test]
fn a_token_has_ended_only_when_zoho_says_so() {
    let host = || HOST.to_owned();
    let throttled = || Err(Error::Throttled { until: NOW.plus(THROTTLE_REST) });
    let refused = |error: &str| Err(Error::Refused { error: error.to_owned() });
    let too_many = r#"{"error":"Access Denied","error_description":"Too many.","status":"failure"}"#;
    for (status, body, answer) in [
        (200, r#"{"status":"success"}"#, Ok(Ended::Now)),
        (400, r#"{"error":"invalid_code"}"#, Ok(Ended::Before)),
        (200, r#"{"error":"invalid_token"}"#, Ok(Ended::Before)),
        (400, r#"{"status":"failure"}"#, Ok(Ended::Before)),
        (400, "{}", Ok(Ended::Before)),
        (400, r#"{"error":"invalid_client"}"#, refused("invalid_client")),
        (200, r#"{"error":"invalid_client","status":"success"}"#, refused("invalid_client")),
        (400, r#"{"error":7,"status":"success"}"#, refused("")),
        (200, too_many, throttled()),
        (400, too_many, throttled()),
        (429, r#"{"status":"success"}"#, throttled()),
        (429, "<html>", throttled()),
        (200, "{}", Err(Error::Garbled { host: host() })),
        (404, "{}", Err(Error::Garbled { host: host() })),
        (200, "success", Err(Error::Garbled { host: host() })),
        (400, "", Err(Error::EmptyAnswer { host: host() })),
        (404, "<html>", Err(Error::WebPage { host: host() })),
        (502, r#"{"status":"success"}"#, Err(Error::ServerTrouble { host: host(), status: 502 })),
    ] {
        let read = read_revocation(reply(status, "application/json", body), HOST, NOW);
        assert_eq!(read, answer, "{status} {body}");
    }
    let nobody = read_revocation(Err(TransportError::Unreachable), HOST, NOW);
    assert_eq!(nobody, Err(Error::Unreachable { host: host() }));
}

#[test]
fn the_older_path_is_tried_unless_zoho_confirmed() {
    let host = || HOST.to_owned();
    for last in [
        Ok(Ended::Now),
        Err(Error::Unreachable { host: host() }),
        Err(Error::TimedOut { host: host() }),
        Err(Error::Untrusted { host: host() }),
        Err(Error::Throttled { until: NOW }),
    ] {
        assert!(!leaves_older_path(&last), "{last:?}");
    }
    for another in [
        Ok(Ended::Before),
        Err(Error::Refused { error: "invalid_client".into() }),
        Err(Error::WebPage { host: host() }),
        Err(Error::EmptyAnswer { host: host() }),
        Err(Error::Garbled { host: host() }),
        Err(Error::TooLong { host: host() }),
        Err(Error::Redirected { host: host() }),
        Err(Error::ServerTrouble { host: host(), status: 500 }),
    ] {
        assert!(leaves_older_path(&another), "{another:?}");
    }
}
