//! The serde names of values, as used in records and by the page: the same in every version of Keyfob.

use serde::Serialize;
use serde_json::Value;

/// The name of a value: the value itself if it serialises as a string, else its field `tag`.
pub(crate) fn word<T: Serialize>(of: &T, tag: &str) -> String {
    match serde_json::to_value(of) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields.get(tag).and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
