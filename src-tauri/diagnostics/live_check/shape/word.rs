//! Which texts of an answer may be written as they are: an error code, and the name of a key.

use zoho_oauth::text::has_base64;
use zoho_oauth::value::ZohoValue;

const LONGEST: usize = 64;

/// No part of a code is longer, and every token, code and client secret has one that is; a `state` or a verifier may not.
const LONGEST_PART: usize = 24;

/// A part with more digits is a number or a key.
const MOST_DIGITS: usize = 3;

/// A text that is an error code and cannot be a token or an address: letters, digits, `_`, `-` and blanks, in short parts.
pub fn word(text: &str) -> Option<String> {
    let is_short = (1..=LONGEST).contains(&text.len());
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b));
    let is_of_words = text.split(['_', '-', ' ']).all(is_of_a_word);
    (is_short && is_plain && is_of_words && !has_base64(text) && ZohoValue::of(text).is_none()).then(|| text.to_owned())
}

/// A text that is the name of a key.
pub fn key(text: &str) -> Option<&str> {
    word(text).map(|_| text)
}

fn is_of_a_word(part: &str) -> bool {
    part.len() <= LONGEST_PART && part.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}
