//! Which texts of a response may be written unchanged: error codes and key names.

use zoho_oauth::text::has_base64;
use zoho_oauth::value::ZohoValue;

const LONGEST: usize = 64;

/// The longest part of an error code. Every token, authorization code and client secret has a longer part; a `state` or
/// a verifier may not.
const LONGEST_PART: usize = 24;

/// A part with more digits is a number or a secret.
const MOST_DIGITS: usize = 3;

/// Returns a text that looks like an error code and cannot be a token or an address: letters, digits, `_`, `-` and
/// blanks, in short parts.
pub fn word(text: &str) -> Option<String> {
    let is_short = (1..=LONGEST).contains(&text.len());
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b));
    let is_of_words = text.split(['_', '-', ' ']).all(is_of_a_word);
    (is_short && is_plain && is_of_words && !has_base64(text) && ZohoValue::of(text).is_none()).then(|| text.to_owned())
}

/// Returns a text that looks like the name of a key.
pub fn key(text: &str) -> Option<&str> {
    word(text).map(|_| text)
}

fn is_of_a_word(part: &str) -> bool {
    part.len() <= LONGEST_PART && part.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}
