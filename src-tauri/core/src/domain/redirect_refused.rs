//! Why the redirect URI that the user typed was rejected.

use serde::Serialize;
use zoho_oauth::client::RedirectRefused as Refused;
use zoho_oauth::text::clean;
use zoho_oauth::value::ZohoValue;

use super::credential_hints::Hint;

/// The reason, for which the page has the sentence.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum RedirectRefused {
    /// Another Zoho value, or one of Keyfob's own secrets.
    Value {
        /// Which one.
        like: Hint,
    },
    /// Not an address that begins with `http://` or `https://` and a host.
    NotAnAddress,
    /// An address with a blank, a quotation mark or another invalid character.
    Characters,
    /// An address with a `#`.
    Fragment,
    /// An address with a user name.
    UserInfo,
    /// An address that already holds a code or a token.
    Answer,
    /// More than a thousand characters.
    TooLong,
}

impl RedirectRefused {
    /// Says what is wrong with a text.
    pub(crate) fn of(text: &str, why: Refused) -> Self {
        match why {
            Refused::NotAnAddress => match Hint::instead_of(ZohoValue::Address, &clean(text)) {
                Hint::Unusual => Self::NotAnAddress,
                like @ (Hint::LooksLikeCode
                | Hint::LooksLikeClientId
                | Hint::LooksLikeSecret
                | Hint::LooksLikeWebhookToken
                | Hint::LooksLikeScopes
                | Hint::LooksLikeAddress
                | Hint::LooksLikeOrganisationId
                | Hint::Own) => Self::Value { like },
            },
            Refused::Characters => Self::Characters,
            Refused::Fragment => Self::Fragment,
            Refused::UserInfo => Self::UserInfo,
            Refused::Answer => Self::Answer,
            Refused::TooLong => Self::TooLong,
        }
    }
}
