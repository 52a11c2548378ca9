//! `.env` lines that a POSIX shell reads, as do other readers of `.env` files.
//!
//! A value of harmless characters stays unquoted, since Docker's `--env-file` does not support quotes. Any other is in
//! single quotes, or, if it contains one, in double quotes with a backslash before what a shell would expand.

use super::values::Named;

/// The text, with one line per value.
pub(super) fn lines(values: &[Named]) -> String {
    let line = |named: &Named| format!("{}={}", variable(named.name), quoted(&named.value.text()));
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `ZOHO_CLIQ_` and the name, which gives the names that public Cliq bots read: `ZOHO_CLIQ_CLIENT_ID`,
/// `ZOHO_CLIQ_CLIENT_SECRET`, `ZOHO_CLIQ_REFRESH_TOKEN` and `ZOHO_CLIQ_DC` (such as `EU`), without which a bot asks the
/// United States. The two servers have the names that public programs for Zoho use.
fn variable(name: &str) -> String {
    match name {
        "accounts" => "ZOHO_ACCOUNTS_URL".to_owned(),
        "cliq" => "ZOHO_CLIQ_URL".to_owned(),
        name => format!("ZOHO_CLIQ_{}", name.to_ascii_uppercase()),
    }
}

fn quoted(text: &str) -> String {
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || "_-.,:/@%+=".contains(c);
    if text.chars().all(is_harmless) {
        text.to_owned()
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else {
        in_double_quotes(text)
    }
}

fn in_double_quotes(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        if matches!(letter, '\\' | '"' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted + "\""
}
