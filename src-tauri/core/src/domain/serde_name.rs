//! The names that records and the page know things by: the same from one Keyfob to the next.

use serde::Serialize;
use serde_json::Value;

/// The name of a plain value, or of one that has it in its field `tag`.
pub(crate) fn word<T: Serialize>(of: &T, tag: &str) -> String {
    match serde_json::to_value(of) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields.get(tag).and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
