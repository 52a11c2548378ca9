//! Problems in the catalogue's words, for a terminal.

use keyfob_core::{Moment, Problem};
use serde_json::Value;

use crate::text::filled;

/// What happened and why. Times are in RFC 3339 format, because they end up in logs.
pub fn in_words(problem: &Problem) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(problem) else { return String::new() };
    let code = fields.get("code").and_then(Value::as_str).unwrap_or_default();
    let uncertain = fields.get("uncertain") == Some(&Value::Bool(true));
    let code = if uncertain { format!("{code}.uncertain") } else { code.to_owned() };
    let named = |(name, value): (String, Value)| match (name.as_str(), value) {
        ("at", Value::Number(at)) => Some(("at".to_owned(), time(at.as_u64()?))),
        ("until", Value::Number(until)) => Some(("time".to_owned(), time(until.as_u64()?))),
        (_, Value::String(text)) => Some((name, text)),
        (_, Value::Number(number)) => Some((name, number.to_string())),
        _ => None,
    };
    let values: Vec<(String, String)> = fields.into_iter().filter_map(named).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let title = filled(&format!("problem.{code}"), &values);
    let why = filled(&format!("problem.{code}.why"), &values);
    format!("{title}. {why}").trim_end().to_owned()
}

fn time(millis: u64) -> String {
    Moment::from_millis(millis).rfc3339()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_states_what_happened_why_and_until_when() {
        assert_eq!(
            in_words(&Problem::Unreachable { host: "accounts.zoho.eu".to_owned() }),
            "accounts.zoho.eu cannot be reached. The computer may be offline, or a firewall or proxy is in the way. What you have is kept."
        );
        let told =
            in_words(&Problem::TooManyTokens { until: Moment::from_millis(1_795_424_400_000), uncertain: false });
        assert!(told.ends_with("The next one is free at 2026-11-23T09:00:00Z."), "{told}");
        let lost = in_words(&Problem::TooManyTokens { until: Moment::from_millis(0), uncertain: true });
        assert!(lost.starts_with("Zoho's limit for new tokens may be used up. "), "{lost}");
    }
}
