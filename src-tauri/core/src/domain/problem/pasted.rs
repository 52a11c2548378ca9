//! What is wrong with a text that was pasted where an address or a code is expected.

use serde::{Deserialize, Serialize};

use zoho_oauth::authorization_response::Unreadable;
use zoho_oauth::value::ZohoValue;

/// What a pasted text is, or lacks.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PastedProblem {
    /// Not an address at all.
    NotAnAddress,
    /// An address without a code.
    NoCode,
    /// An address without `state`, or of another sign-in.
    OtherSignIn,
    /// A client id.
    ClientId,
    /// A client secret.
    ClientSecret,
    /// A Cliq webhook token, which needs no sign-in.
    WebhookToken,
    /// Permissions.
    Scopes,
    /// An address where a code is expected, or not the expected address.
    Address,
    /// The address, with a duplicate part.
    Doubled,
    /// Far longer than expected.
    TooLong,
    /// An organisation's number.
    OrganisationId,
    /// A secret that Keyfob stores or copied.
    OwnSecret,
}

impl From<ZohoValue> for PastedProblem {
    fn from(value: ZohoValue) -> Self {
        match value {
            ZohoValue::ClientId => Self::ClientId,
            ZohoValue::ClientSecret => Self::ClientSecret,
            ZohoValue::CodeOrToken => Self::NoCode,
            ZohoValue::WebhookToken => Self::WebhookToken,
            ZohoValue::Scopes => Self::Scopes,
            ZohoValue::Address => Self::Address,
            ZohoValue::OrganisationId => Self::OrganisationId,
        }
    }
}

impl From<Unreadable> for PastedProblem {
    fn from(why: Unreadable) -> Self {
        match why {
            Unreadable::NoCode => Self::NoCode,
            Unreadable::NoState => Self::OtherSignIn,
            Unreadable::Other(value) => value.into(),
            Unreadable::TooLong => Self::TooLong,
            Unreadable::Doubled => Self::Doubled,
            Unreadable::NotText | Unreadable::NotOurs => Self::NotAnAddress,
        }
    }
}
