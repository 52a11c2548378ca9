use zoho_oauth::request::{Response, TransportError};

use super::*;

const HEX: &str = "0123456789abcdef0123456789abcdef";

fn answer(status: u16, body: &str) -> Shape {
    let kind = if body.starts_with('<') { "text/html" } else { "application/json" };
    let body = body.as_bytes().to_vec().into();
    Shape::of(&Ok(Response { status, content_type: Some(kind.to_owned()), retry_after: None, body }))
}

#[test]
fn tokens_are_reduced_to_length_and_character_class() {
    let body = format!(
        r#"{{"access_token":"1000.{HEX}.{HEX}","scope":"ZohoCliq.Users.READ AaaServer.profile.READ","api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600}}"#
    );
    let seen = answer(200, &body);
    assert!(seen.has_token && !seen.is_refusal());
    assert_eq!(
        seen.to_string(),
        "HTTP 200 {access_token: 1000.<hex, 32>.<hex, 32>, api_domain: <address, 23>, expires_in: 3600, \
         scope: <2 permissions, blanks between them>, token_type: Bearer}"
    );
}

#[test]
fn an_error_code_is_kept_and_a_sentence_is_not() {
    let seen = answer(400, r#"{"error":"invalid_code","error_description":"Sorry, Alex Practice"}"#);
    assert!(seen.is(400, "invalid_code") && seen.is_refusal());
    assert_eq!(seen.to_string(), "HTTP 400 {error: invalid_code, error_description: <text, 20>}");
    assert_eq!(answer(200, r#"{"error":"Access Denied"}"#).error.unwrap(), "Access Denied");
    assert_eq!(answer(401, r#"{"code":"oauthtoken_invalid"}"#).error.unwrap(), "oauthtoken_invalid");
    assert_eq!(answer(200, r#"{"code":"available"}"#).error, None, "a good answer's code is no error");
}

#[test]
fn an_error_that_is_a_value_is_not_written() {
    for value in [
        format!("1000.{HEX}.{HEX}"),
        format!("{HEX}0123456789"),
        HEX.to_uppercase(),
        "admin@practice.example".to_owned(),
        "https://accounts.zoho.eu".to_owned(),
        "60012345678".to_owned(),
        "7000".to_owned(),
        "tVeqlSqtXZeBrdUceL-PoH63MoDd2-UDo9XYLL3mzn4".to_owned(),
        "a".repeat(25),
        "a b ".repeat(17),
    ] {
        let seen = answer(400, &serde_json::json!({ "error": value }).to_string());
        assert_eq!(seen.error, None, "{value}");
        assert!(!seen.to_string().contains(&value), "{seen}");
        let as_key = answer(200, &serde_json::json!({ value.clone(): 1, "in": { value.clone(): 2 } }).to_string());
        assert!(!as_key.to_string().contains(&value), "{as_key}");
    }
}

#[test]
fn a_body_that_is_not_json_is_named() {
    assert_eq!(answer(502, "<html>").to_string(), "HTTP 502, a web page");
    assert_eq!(answer(204, "").to_string(), "HTTP 204, no body");
    assert_eq!(answer(200, "[1]").to_string(), "HTTP 200, neither JSON nor a web page");
    assert_eq!(Shape::of(&Err(TransportError::TimedOut)).to_string(), "no answer in time");
    assert!(!answer(502, "{}").is_refusal() && !answer(429, "{}").is_refusal());
}

#[test]
fn numbers_are_written_only_for_time_keys() {
    let seen =
        answer(200, r#"{"interval":30000,"expires_in":99999999999,"ZUID":700000001,"ok":true,"data":{"id":"7"}}"#);
    assert_eq!(
        seen.to_string(),
        "HTTP 200 {ZUID: <number>, data: {id}, expires_in: <number>, interval: 30000, ok: <true or false>}"
    );
}
