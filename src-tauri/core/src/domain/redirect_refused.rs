//! Why what was typed in the place of a client's redirect address was not taken.

use serde::Serialize;
use zoho_oauth::client::RedirectRefused as Refused;
use zoho_oauth::text::clean;
use zoho_oauth::value::ZohoValue;

use super::credential_hints::Hint;

/// The reason, as the page puts it into a sentence.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum RedirectRefused {
    /// Another value of Zoho's, or a secret of Keyfob's own.
    Value {
        /// Which.
        like: Hint,
    },
    /// No address that begins with `http://` or `https://` and a host.
    NotAnAddress,
    /// An address with a blank, a quotation mark or another character that an address has not.
    Characters,
    /// An address with a `#`.
    Fragment,
    /// An address with a user name.
    UserInfo,
    /// An address that holds a code or a token already.
    Answer,
    /// Over a thousand characters.
    TooLong,
}

impl RedirectRefused {
    /// What is wrong with this text.
    pub(crate) fn of(text: &str, why: Refused) -> Self {
        match why {
            Refused::NotAnAddress => match Hint::instead_of(ZohoValue::Address, &clean(text)) {
                Hint::Unusual => Self::NotAnAddress,
                like => Self::Value { like },
            },
            Refused::Characters => Self::Characters,
            Refused::Fragment => Self::Fragment,
            Refused::UserInfo => Self::UserInfo,
            Refused::Answer => Self::Answer,
            Refused::TooLong => Self::TooLong,
        }
    }
}
