//! Whether a region knows a client, by its response to a refresh that cannot succeed.
//!
//! Source: observation, not documentation: Zoho checks the client ID, then the secret, then the token.

use super::{error_in, json_object};
use crate::request::Outcome;

/// Reads the response to [`Request::about_client`](crate::request::Request::about_client): `false` for
/// `invalid_client`, `true` for an error of a later check, `None` for anything else.
pub fn knows_client(outcome: Outcome) -> Option<bool> {
    if outcome.as_ref().is_ok_and(|reply| reply.status == 429) {
        return None;
    }
    let body = json_object(outcome, "").ok()?;
    match error_in(&body)?.as_str()? {
        "invalid_client" => Some(false),
        "invalid_code" | "invalid_client_secret" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Response, TransportError};

    fn told(status: u16, body: &str) -> Option<bool> {
        knows_client(Ok(Response {
            status,
            content_type: None,
            retry_after: None,
            body: body.as_bytes().to_vec().into(),
        }))
    }

    #[test]
    fn only_errors_about_client_secret_or_code_tell_anything() {
        assert_eq!(told(200, r#"{"error":"invalid_client"}"#), Some(false));
        assert_eq!(told(400, r#"{"error":"invalid_code"}"#), Some(true));
        assert_eq!(told(401, r#"{"error":"invalid_client_secret"}"#), Some(true));
        for (status, body) in [
            (429, r#"{"error":"invalid_code"}"#),
            (503, r#"{"error":"invalid_client"}"#),
            (200, r#"{"error":"Access Denied","error_description":"Too many requests","status":"failure"}"#),
            (200, r#"{"error":"general_error"}"#),
            (200, r#"{"error":null}"#),
            (200, r#"{"access_token":"1000.a.b"}"#),
            (200, "<html>Sign in to the hotel's network"),
            (200, ""),
        ] {
            assert_eq!(told(status, body), None, "{status} {body}");
        }
        assert_eq!(knows_client(Err(TransportError::TimedOut)), None);
    }
}
