//! The proposed name of a file.

/// The letters and digits, of any script, of the connection's name, joined by hyphens. The prefix keeps the file name
/// from being empty, hidden, or reserved by Windows.
pub(crate) fn for_connection(name: &str, ending: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let whole = ["zoho-cliq"].into_iter().chain(words).collect::<Vec<_>>().join("-");
    let short = whole[..whole.floor_char_boundary(LONGEST)].trim_end_matches('-');
    format!("{short}.{ending}")
}

/// The maximum length in bytes before the ending; file systems allow 255 in all, some encrypted ones 143.
const LONGEST: usize = 100;
