//! The length and the kinds of characters of a text, without the characters.

/// The class of a text, such as `1000.<hex 32>.<hex 32>`.
pub fn class(text: &str) -> String {
    if text.contains("://") {
        return format!("<address, {}>", text.chars().count());
    }
    let parts: Vec<&str> = text.split('.').collect();
    let is_plain =
        |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if !parts.iter().all(is_plain) {
        return format!("<text, {}>", text.chars().count());
    }
    let head = parts.first().filter(|head| parts.len() > 1 && is_head(head));
    let rest = parts.iter().skip(usize::from(head.is_some())).map(|part| run(part));
    head.map(|head| (*head).to_owned()).into_iter().chain(rest).collect::<Vec<_>>().join(".")
}

/// Whether a part is the number with which Zoho's IDs, codes and tokens begin.
fn is_head(part: &str) -> bool {
    part.len() == 4 && part.starts_with("100") && part.bytes().all(|b| b.is_ascii_digit())
}

fn run(part: &str) -> String {
    let all = |of: fn(&u8) -> bool| part.as_bytes().iter().all(of);
    let of = if all(u8::is_ascii_digit) {
        "digits"
    } else if all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b)) {
        "hex"
    } else if all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
        "capitals or digits"
    } else if all(u8::is_ascii_alphabetic) {
        "letters"
    } else {
        "letters, digits, _ or -"
    };
    format!("<{of}, {}>", part.len())
}
