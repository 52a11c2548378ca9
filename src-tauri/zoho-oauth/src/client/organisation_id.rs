//! The number of a Zoho organisation, for which a client gets tokens without a user.

use serde::{Deserialize, Serialize};

use crate::text::clean;

/// Zoho's numbers have eight to twelve digits as far as they were seen; a few more do no harm.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=20;

/// What stands before the number in the request for a token.
const SERVICE: &str = "ZohoCliq.";

/// Digits only, so it is safe in a form and on the screen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct OrganisationId(String);

impl OrganisationId {
    /// The number in a text, which may stand behind `ZohoCliq.` as Zoho wants it sent; `None` when it is none.
    pub fn new(text: &str) -> Option<Self> {
        let text = clean(text);
        let service = text.get(..SERVICE.len()).filter(|head| head.eq_ignore_ascii_case(SERVICE));
        let text = text[service.map_or(0, str::len)..].to_owned();
        let fits = LENGTHS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(Self(text))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<OrganisationId> for String {
    fn from(id: OrganisationId) -> Self {
        id.0
    }
}

impl TryFrom<String> for OrganisationId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text).ok_or("not the number of an organisation")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_the_number_of_an_organisation() {
        for text in [" 60012345678\n", "600 1234 5678", "ZohoCliq.60012345678", "zohocliq.60012345678"] {
            assert_eq!(OrganisationId::new(text).as_ref().map(OrganisationId::as_str), Some("60012345678"), "{text}");
        }
        for text in ["", "1234", "6001-2345678", "ZohoCliq.", "ZohoCRM.60012345678", "١٢٣٤٥٦٧٨", &"1".repeat(21)]
        {
            assert_eq!(OrganisationId::new(text), None, "{text}");
        }
    }
}
