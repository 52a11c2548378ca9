//! What Zoho's error codes mean for a person.

use serde_json::{Map, Value};

use super::{Asked, Question, text};
use crate::Moment;
use crate::problem::{Problem, said};

/// The problem behind an `error`; a throttle lasts `until` then.
pub(super) fn refusal(error: &str, body: &Map<String, Value>, question: &Question, until: Moment) -> Problem {
    let (home, region) = (question.home.clone(), question.region.clone());
    let elsewhere = home != region;
    match (error, question.asked) {
        ("invalid_code", Asked::Exchange) => Problem::CodeSpent,
        ("invalid_code", Asked::Refresh) => Problem::GrantEnded,
        ("invalid_code" | "expired", Asked::Device) => Problem::DeviceCodeExpired,
        ("access_denied", Asked::Device) => Problem::Denied,
        ("invalid_client", _) if elsewhere => Problem::MultiDcOff { home, region },
        ("invalid_client", _) => Problem::ClientUnknown { region },
        ("invalid_client_secret", _) if elsewhere => Problem::SecretWrongThere { region },
        ("invalid_client_secret", _) => Problem::SecretWrong,
        ("invalid_redirect_uri", _) => Problem::RedirectMismatch { redirect_uri: question.redirect_uri.clone() },
        ("missing_org_info", _) => Problem::OrganisationUnknown,
        ("invalid_scope", _) => Problem::ScopeUnknown,
        _ if is_throttle(error, body) => Problem::Throttled { until },
        _ => Problem::Refused { error: said(error) },
    }
}

/// By shape, for the text comes in the person's language: Zoho's codes are snake case, the throttle's `error` is a
/// phrase, told twice and with a `status`. A word that mixes cases is a phrase too.
pub(super) fn is_throttle(error: &str, body: &Map<String, Value>) -> bool {
    let has = |of: fn(&u8) -> bool| error.as_bytes().iter().any(of);
    let mixes = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_code = !mixes && error.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let told = text(body, "error_description").is_some();
    !is_code && told && text(body, "status").as_deref() == Some("failure")
}
