//! Commands to paste: each reads the user's own status, and works as it is.
//!
//! Cliq's own examples and Zoho's SDKs send `Zoho-oauthtoken`; so does every snippet.

use zoho_oauth::region::Region;
use zoho_oauth::request::own_status_at;

/// The header that Zoho's SDKs send.
pub(super) fn header(token: &str) -> String {
    format!("Authorization: Zoho-oauthtoken {token}")
}

/// The command with which a script gets the token.
pub(super) fn command(name: &str) -> String {
    let end_of_options = if name.starts_with('-') { "-- " } else { "" };
    format!("keyfob token {end_of_options}{}", quoted(name))
}

/// Quotes a text so that a POSIX shell takes it literally.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A command for a POSIX shell.
pub(super) fn curl(region: &Region, token: &str) -> String {
    format!("curl --silent --show-error --header {} {}", quoted(&header(token)), quoted(own_status_at(region).as_str()))
}

/// A command for PowerShell 5.1 and later.
pub(super) fn power_shell(region: &Region, token: &str) -> String {
    format!(
        "$headers = @{{ Authorization = {} }}\nInvoke-RestMethod -Uri {} -Headers $headers",
        power_shell_text(&format!("Zoho-oauthtoken {token}")),
        power_shell_text(own_status_at(region).as_str())
    )
}

/// A snippet for a Zoho function.
pub(super) fn deluge(region: &Region, token: &str) -> String {
    format!(
        "headers = Map();\n\
         headers.put(\"Authorization\", {});\n\
         response = invokeurl\n\
         [\n\
         \turl: {}\n\
         \ttype: GET\n\
         \theaders: headers\n\
         ];\n\
         info response;",
        deluge_text(&format!("Zoho-oauthtoken {token}")),
        deluge_text(own_status_at(region).as_str())
    )
}

/// Puts a text in single quotes, where only the quote is special and is doubled; PowerShell accepts typographic quotes
/// too.
fn power_shell_text(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        if matches!(letter, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(letter);
        }
        quoted.push(letter);
    }
    quoted + "'"
}

fn deluge_text(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n").replace('\r', r"\r");
    format!("\"{escaped}\"")
}
