//! Random strings in the shapes that Zoho uses.

use std::fmt::Write as _;

/// `1000.` and thirty upper-case letters or digits.
pub(crate) fn client_id() -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let letters = bytes::<30>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    format!("1000.{}", letters.iter().collect::<String>())
}

/// Forty-two hexadecimal digits.
pub(crate) fn client_secret() -> String {
    hex(&bytes::<21>())
}

/// A code, an access token or a refresh token, which share a shape.
pub(crate) fn token() -> String {
    format!("1000.{}.{}", hex(&bytes::<16>()), hex(&bytes::<16>()))
}

/// A webhook token of Cliq: the same shape with another first number.
pub(crate) fn webhook_token() -> String {
    format!("1001.{}.{}", hex(&bytes::<16>()), hex(&bytes::<16>()))
}

/// A device code, which begins with another number.
pub(crate) fn device_code() -> String {
    format!("1004.{}.{}", hex(&bytes::<16>()), hex(&bytes::<16>()))
}

/// A user code: without vowels, so that it forms no word, and without ambiguous characters.
pub(crate) fn user_code() -> String {
    const ALPHABET: &[u8; 16] = b"BCDFGHJKLMNPQRST";
    let letters = bytes::<8>().map(|byte| char::from(ALPHABET[usize::from(byte % 16)]));
    let (one, two) = letters.split_at(4);
    format!("{}-{}", one.iter().collect::<String>(), two.iter().collect::<String>())
}

/// An identifier of an open consent page.
pub(crate) fn ticket() -> String {
    hex(&bytes::<16>())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[expect(clippy::expect_used, reason = "a machine without randomness cannot play Zoho at all")]
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}
