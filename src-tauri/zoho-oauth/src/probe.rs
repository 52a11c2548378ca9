//! Harmless reads that test a token: whose it is, whether Cliq accepts it, and for what.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Moment;
use crate::error::Error;
use crate::request::Outcome;
use crate::text::shown;
use crate::token_response::{error_in, json_object, retry_after, text};

/// The longest lock that Cliq's documentation names for a call made too often.
pub const CLIQ_LOCK: Duration = Duration::from_mins(10);

/// The account that a token belongs to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Identity {
    /// The e-mail address that the user signs in with.
    pub email: String,
    /// The name Zoho shows; empty where it has none.
    pub name: String,
}

/// The result of a test call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Proof {
    /// Cliq answered the call.
    Works,
    /// Cliq knows the token but denies this read, which proves that the token is valid.
    AliveWithoutScope,
}

/// Reads the response to [`Request::user_info`](crate::request::Request::user_info), received at `now`.
pub fn read_identity(outcome: Outcome, host: &str, now: Moment) -> Result<Identity, Error> {
    let (status, body) = answer(outcome, host, now, CLIQ_LOCK)?;
    match text(&body, "Email") {
        Some(email) => {
            Ok(Identity { email: shown(&email), name: shown(&text(&body, "Display_Name").unwrap_or_default()) })
        }
        None => Err(told(&body).or_else(|| worded(&body, status)).unwrap_or_else(|| untold(status))),
    }
}

/// Reads the response to a harmless read, received at `now`; `lock` is how long Cliq bars a call made too often. Some
/// calls return 204 without a body when there is nothing to list.
pub fn read_proof(outcome: Outcome, host: &str, now: Moment, lock: Duration) -> Result<Proof, Error> {
    if outcome.as_ref().is_ok_and(|reply| reply.status == 204) {
        return Ok(Proof::Works);
    }
    let (status, body) = answer(outcome, host, now, lock)?;
    match told(&body).or_else(|| worded(&body, status)) {
        Some(Error::ScopeMissing) => Ok(Proof::AliveWithoutScope),
        Some(error) => Err(error),
        None if (200..300).contains(&status) && error_in(&body).is_none() => Ok(Proof::Works),
        None => Err(untold(status)),
    }
}

/// Returns the status and fields of a response, or an error when it is a rate limit: 429, or the code and message that
/// Cliq sends with 400 when a call is made too often.
fn answer(outcome: Outcome, host: &str, now: Moment, lock: Duration) -> Result<(u16, Map<String, Value>), Error> {
    let status = outcome.as_ref().map_or(0, |reply| reply.status);
    let asked = retry_after(&outcome, now);
    let busy = || Error::CliqBusy { until: asked.unwrap_or(now).max(now.plus(lock)) };
    if status == 429 {
        return Err(busy());
    }
    let body = json_object(outcome, host)?;
    if is_limit(&body, status) { Err(busy()) } else { Ok((status, body)) }
}

fn is_limit(body: &Map<String, Value>, status: u16) -> bool {
    let is_code = |name: &&str| {
        let code = text(body, name).unwrap_or_default().to_ascii_lowercase();
        matches!(code.as_str(), "request_limit_exceeded" | "url_throttle_limit_exceeded" | "too_many_requests")
    };
    let message = text(body, "message").unwrap_or_default().to_ascii_lowercase();
    let is_worded = !(200..300).contains(&status) && message.contains("throttle limit");
    CODES.iter().any(is_code) || is_worded
}

/// The fields in which Cliq, Accounts and CRM put an error code.
const CODES: [&str; 4] = ["code", "error", "cause", "response"];

/// The error for a known code in the body, whatever the status; Cliq, Accounts and CRM spell the codes differently.
fn told(body: &Map<String, Value>) -> Option<Error> {
    CODES.iter().find_map(|name| match text(body, name)?.to_ascii_lowercase().as_str() {
        "oauthtoken_scope_invalid" | "invalid_oauthscope" | "oauth_scope_mismatch" => Some(Error::ScopeMissing),
        "oauthtoken_invalid" | "invalid_oauthtoken" | "invalid_token" => Some(Error::TokenDead),
        _ => None,
    })
}

/// The error for a known message: version 3 of Cliq's API has no codes
/// (www.zoho.com/cliq/help/restapi/v3/introduction/). The `message` of a successful response is a user's status and
/// says nothing about the token.
fn worded(body: &Map<String, Value>, status: u16) -> Option<Error> {
    if (200..300).contains(&status) {
        return None;
    }
    let message = text(body, "message")?.to_ascii_lowercase();
    if message.contains("not have enough permission") {
        Some(Error::ScopeMissing)
    } else if message.contains("invalid authtoken") {
        Some(Error::TokenDead)
    } else {
        None
    }
}

/// The error for the status alone.
fn untold(status: u16) -> Error {
    if status == 401 { Error::TokenDead } else { Error::CliqUnclear { status } }
}

#[cfg(test)]
mod tests;
