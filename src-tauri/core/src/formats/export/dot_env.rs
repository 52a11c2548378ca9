//! `.env` lines that a POSIX shell reads, and with it what reads `.env` files elsewhere.
//!
//! A value of harmless letters stays bare, for Docker's `--env-file` knows no quotes. Everything else is in single
//! quotes; only what holds one itself is in double quotes, with a backslash before what a shell would act on.

use super::values::Named;

/// One line each.
pub(super) fn lines(values: &[Named]) -> String {
    let line = |named: &Named| format!("{}={}", variable(named.name), quoted(&named.value.text()));
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `ZOHO_CLIQ_` and the name, which gives the names that public Cliq bots read: `ZOHO_CLIQ_CLIENT_ID`,
/// `ZOHO_CLIQ_CLIENT_SECRET`, `ZOHO_CLIQ_REFRESH_TOKEN` and `ZOHO_CLIQ_DC`, such as `EU`. Without the last one such a bot
/// asks the United States. The two servers are called what public programs for Zoho call them.
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
