//! The file `self_client.json`, as the console writes it and users edit it.
#![expect(clippy::disallowed_methods, reason = "parses a file")]

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{LONGEST_LIFE, SelfClientCode};
use crate::Moment;
use crate::scope::Scopes;
use crate::text::clean;
use crate::token_response::{json_in, text};
use crate::value::{ZohoValue, is_code};

/// The usable content of such a file.
#[derive(Clone, Debug)]
pub struct SelfClientFile {
    /// The client ID.
    pub client_id: String,
    /// The client secret, if present.
    pub client_secret: Option<SecretString>,
    /// The scopes of the code, if present.
    pub scopes: Scopes,
    code: Option<SecretString>,
    ends: Option<Moment>,
}

/// Whether the bytes are such a file, even if invalid otherwise: a JSON object with a client ID.
pub fn is_self_client(file: &[u8]) -> bool {
    json_in(file).is_some_and(|fields| fields.contains_key("client_id"))
}

impl SelfClientFile {
    /// Reads the file; `None` without a valid client ID.
    pub fn read(file: &[u8]) -> Option<Self> {
        let fields = json_in(file)?;
        let cleaned = |name: &str| text(&fields, name).map(|t| clean(&t)).filter(|t| !t.is_empty() && t.len() <= 200);
        Some(Self {
            client_id: cleaned("client_id").filter(|id| ZohoValue::of(id) == Some(ZohoValue::ClientId))?,
            client_secret: cleaned("client_secret").map(SecretString::from),
            scopes: scopes(&fields),
            code: cleaned("code").filter(|code| is_code(code)).map(SecretString::from),
            ends: fields.get("expiry_time").and_then(moment),
        })
    }

    /// Returns the code, if present. It expires when the file says, or else `minutes` after `now`.
    pub fn code(&self, minutes: u8, now: Moment) -> Option<SelfClientCode> {
        let mut found = SelfClientCode::pasted(self.code.as_ref()?.expose_secret(), minutes, now);
        if let Some(ends) = self.ends {
            found.ends = ends.min(now.plus(LONGEST_LIFE));
        }
        Some(found)
    }
}

fn scopes(fields: &Map<String, Value>) -> Scopes {
    match fields.get("scope") {
        Some(Value::String(listed)) => Scopes::granted(listed),
        Some(Value::Array(listed)) => listed
            .iter()
            .filter_map(Value::as_str)
            .flat_map(|s| Scopes::granted(s).iter().cloned().collect::<Vec<_>>())
            .collect(),
        _ => Scopes::default(),
    }
}

/// Reads a time in milliseconds, or in seconds when milliseconds would mean the first months of 1970.
fn moment(value: &Value) -> Option<Moment> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }?;
    let millis = if number < 10_000_000_000 { number.saturating_mul(1000) } else { number };
    Some(Moment::from_millis(millis))
}
