//! The meaning of Zoho's error codes.

use serde_json::{Map, Value};

use super::{GrantType, TokenQuery, text};
use crate::Moment;
use crate::error::Error;
use crate::text::said;

/// Returns the error for an `error` code; a throttle lasts until `until`.
pub(super) fn refusal(error: &str, body: &Map<String, Value>, question: &TokenQuery, until: Moment) -> Error {
    let (home, region) = (question.home.clone(), question.region.clone());
    let elsewhere = home != region;
    match (error, question.asked) {
        ("invalid_code", GrantType::Exchange) => Error::CodeSpent,
        ("invalid_code", GrantType::Refresh) => Error::GrantEnded,
        ("invalid_code" | "expired", GrantType::Device) => Error::DeviceCodeExpired,
        ("access_denied", GrantType::Device) => Error::Denied,
        ("invalid_client", _) if elsewhere => Error::MultiDcOff { home, region },
        ("invalid_client", _) => Error::ClientUnknown { region },
        ("invalid_client_secret", _) if elsewhere => Error::SecretWrongThere { region },
        ("invalid_client_secret", _) => Error::SecretWrong,
        ("invalid_redirect_uri", _) => Error::RedirectMismatch { redirect_uri: question.redirect_uri.clone() },
        ("missing_org_info", _) => Error::OrganisationUnknown,
        ("invalid_scope", _) => Error::ScopeUnknown,
        _ if is_throttle(error, body) => Error::Throttled { until },
        _ => Error::Refused { error: said(error) },
    }
}

/// Whether an error is the throttle. Its text is in the user's language, so its shape decides: Zoho's codes are snake
/// case, the throttle's `error` is a phrase, with a description and a `status`. A word in mixed case is a phrase too.
pub(super) fn is_throttle(error: &str, body: &Map<String, Value>) -> bool {
    let has = |of: fn(&u8) -> bool| error.as_bytes().iter().any(of);
    let mixes = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_code = !mixes && error.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let told = text(body, "error_description").is_some();
    !is_code && told && text(body, "status").as_deref() == Some("failure")
}
