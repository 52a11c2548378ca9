//! The text outside the window, from the same catalogue as the window's.

pub mod confirmation;
pub mod notification;
pub mod tray_menu;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The language of the catalogue.
pub const LANGUAGE: &str = "en";

static CATALOGUE: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../ui/src/words/en.json")).unwrap_or_default());

/// The text of a key; empty when the catalogue has none.
pub fn words(key: &str) -> &'static str {
    CATALOGUE.get(key).map(String::as_str).unwrap_or_default()
}

/// The text of a key, with each `{name}` replaced.
pub fn filled(key: &str, values: &[(&str, &str)]) -> String {
    // One pass over the text, so that a value that looks like a name stays as it is.
    let mut text = String::new();
    let mut rest = words(key);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        text.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    text + rest
}

/// The text for a count, in the singular or plural of English.
pub fn counted(stem: &str, count: u64, values: &[(&str, &str)]) -> String {
    let form = if count == 1 { "one" } else { "other" };
    let number = count.to_string();
    let all: Vec<_> = values.iter().copied().chain([("count", number.as_str())]).collect();
    filled(&format!("{stem}.{form}"), &all)
}
