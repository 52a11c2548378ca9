//! The name a file is proposed under.

/// Of the connection's name, only letters and digits of any script, joined by hyphens. What stands before them keeps
/// the name from being empty, hidden, or one that Windows reserves.
pub(crate) fn for_connection(name: &str, ending: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let whole = ["zoho-cliq"].into_iter().chain(words).collect::<Vec<_>>().join("-");
    let short = whole[..whole.floor_char_boundary(LONGEST)].trim_end_matches('-');
    format!("{short}.{ending}")
}

/// Bytes before the ending; file systems allow 255 in all, some encryptions 143.
const LONGEST: usize = 100;
