//! The first line of a vault's body: the number of the save, and proof that a holder of the vault's private key wrote
//! it.
//!
//! `<generation> <HMAC-SHA-256 in hex>`, a line feed, then the sealed bytes. The generation is a decimal number that
//! each save raises by one. The HMAC covers the format's version, the generation and the sealed bytes.
//!
//! **Invariant:** the seal does not prove who sealed, since colleagues have the public key. So a file is used only if
//! its HMAC matches, which is compared in constant time.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "derives the key of the HMAC")]

use age::x25519::Identity;
use hmac::digest::Key;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};

/// The purpose of the derived key, so that no other use of the identity yields the same one.
const PURPOSE: &[u8] = b"keyfob vault authenticity 1";

/// What the HMAC covers before the line itself.
const TITLE: &[u8] = b"keyfob vault 2\n";

const HEX_DIGITS: usize = 64;

/// The symmetric key of the HMAC. It is derived from the private key, so it needs no storage.
#[derive(Clone, Debug)]
pub(super) struct Secret(SecretSlice<u8>);

/// A body whose HMAC matches.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authentic<'a> {
    pub(super) generation: u64,
    pub(super) sealed: &'a [u8],
}

impl Secret {
    /// Derives the key: the HMAC-SHA-256 of the purpose under the identity's text.
    pub(super) fn of(identity: &Identity) -> Self {
        // The text is longer than the hash's block, and HMAC uses the hash of such a key (RFC 2104, section 2).
        let key = Sha256::digest(identity.to_string().expose_secret());
        Self(keyed(&key).chain_update(PURPOSE).finalize().into_bytes().to_vec().into())
    }

    /// Returns the body of a vault file.
    pub(super) fn stamp(&self, generation: u64, sealed: &[u8]) -> Vec<u8> {
        let proof = self.over(&generation.to_string(), sealed).finalize().into_bytes();
        let mut body = format!("{generation} {proof:x}\n").into_bytes();
        body.extend_from_slice(sealed);
        body
    }

    /// Verifies a body; `None` when no holder of the secret wrote it.
    pub(super) fn check<'a>(&self, body: &'a [u8]) -> Option<Authentic<'a>> {
        let (line, sealed) = split(body)?;
        let (generation, proof) = std::str::from_utf8(line).ok()?.split_once(' ')?;
        self.over(generation, sealed).verify_slice(&bytes_of(proof)?).ok()?;
        Some(Authentic { generation: generation.parse().ok()?, sealed })
    }

    fn over(&self, generation: &str, sealed: &[u8]) -> Hmac<Sha256> {
        let head = [generation.as_bytes(), b"\n"].concat();
        keyed(self.0.expose_secret()).chain_update(TITLE).chain_update(head).chain_update(sealed)
    }
}

/// The sealed bytes, without checking the proof.
pub(super) fn sealed_in(body: &[u8]) -> &[u8] {
    split(body).map_or(body, |(_, sealed)| sealed)
}

fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = body.iter().position(|byte| *byte == b'\n')?;
    Some((&body[..end], &body[end + 1..]))
}

/// Pads a key that is shorter than the hash's block with zeros (RFC 2104, section 2).
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let mut block = Key::<Hmac<Sha256>>::default();
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    Hmac::new(&block)
}

/// Accepts lower-case digits only, so that an authentic file has a single form.
fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != HEX_DIGITS || !hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    (0..HEX_DIGITS).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}
