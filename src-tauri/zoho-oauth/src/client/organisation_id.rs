//! The ID of a Zoho organisation, for which a client gets tokens without a user.

use serde::{Deserialize, Serialize};

use crate::text::clean;

/// The IDs seen so far have eight to twelve digits; a wider range does no harm.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=20;

/// The prefix of the ID in a token request.
const SERVICE: &str = "ZohoCliq.";

/// An organisation's ID. It has digits only, so it is safe in a form and on the screen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct OrganisationId(String);

impl OrganisationId {
    /// Reads an ID, with or without the prefix `ZohoCliq.` that Zoho expects in requests; `None` when the text is not
    /// an ID.
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
    fn an_organisation_id_has_digits_only() {
        for text in [" 60012345678\n", "600 1234 5678", "ZohoCliq.60012345678", "zohocliq.60012345678"] {
            assert_eq!(OrganisationId::new(text).as_ref().map(OrganisationId::as_str), Some("60012345678"), "{text}");
        }
        for text in ["", "1234", "6001-2345678", "ZohoCliq.", "ZohoCRM.60012345678", "١٢٣٤٥٦٧٨", &"1".repeat(21)]
        {
            assert_eq!(OrganisationId::new(text), None, "{text}");
        }
    }
}
