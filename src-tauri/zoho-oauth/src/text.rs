//! Makes text from outside fit to be shown.

/// The maximum length, in characters, of text from outside that is shown.
const SHOWN: usize = 80;

/// Returns the printable part of a text, truncated to eighty characters.
pub fn shown(text: &str) -> String {
    let mut printable = text.chars().filter(|c| !c.is_control() && !is_invisible(*c));
    let mut kept: String = printable.by_ref().take(SHOWN).collect();
    if printable.next().is_some() {
        kept.push('…');
    }
    kept
}

/// Replaces a word that is left out.
pub const LEFT_OUT: &str = "…";

/// Returns a server's error text, fit to be shown. It may repeat the request, so words that may be credentials are left
/// out.
pub fn said(text: &str) -> String {
    let tell = |word| if may_be_credential(word) { LEFT_OUT } else { word };
    shown(&text.split_whitespace().map(tell).collect::<Vec<_>>().join(" "))
}

/// Whether a word may be a credential. Zoho's IDs, tokens and secrets have thirty characters or more, `state` and the
/// PKCE verifier have forty-three of base64url; Zoho's error codes are words.
pub fn may_be_credential(word: &str) -> bool {
    let is_long = |run: &str| run.len() >= 20 || run.len() >= 16 && run.contains(|c: char| c.is_ascii_digit());
    word.split(|c: char| !c.is_ascii_alphanumeric()).any(is_long) || has_base64(word)
}

/// Whether a part of a text may be a random value in base64 or base64url: twenty characters or more that are not all
/// words and numbers.
pub fn has_base64(text: &str) -> bool {
    let is_joint = |c: char| matches!(c, '-' | '_' | '+' | '/' | '=');
    text.split(|c: char| !c.is_ascii_alphanumeric() && !is_joint(c))
        .any(|run| run.len() >= 20 && !run.split(is_joint).all(is_a_word_or_number))
}

/// Accepts `scope`, `Scope`, `SCOPE`, `oauth2` and `1000`, but neither `tVeq` nor `PoH63Mo`.
fn is_a_word_or_number(part: &str) -> bool {
    let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let after_the_first = word.get(1..).unwrap_or_default();
    word.is_empty()
        || part.len() - word.len() <= 2
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && (after_the_first.bytes().all(|b| b.is_ascii_lowercase()) || word.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Whether a character is invisible, breaks a line or changes the writing direction.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Removes the noise that copying adds to a value: spaces, line breaks, quotes, invisible characters.
pub fn clean(pasted: &str) -> String {
    let noise = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›' | '<' | '>' | ',' | ';')
            || is_invisible(c)
    };
    pasted.chars().filter(|c| !noise(*c)).collect()
}

#[cfg(test)]
mod tests;
