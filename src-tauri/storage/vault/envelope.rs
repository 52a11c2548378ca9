//! The first line of our files: what it is, which version, and a checksum of that and of all that follows.
//!
//! `keyfob vault 2 <SHA-256 in hex>`, a line feed, then the body. A vault's body is a line of [`super::authenticity`]
//! and the sealed bytes, so `tail -n +3 vault.age | age -d` opens one; in version 1 it was the sealed bytes alone. A key
//! file's body is the sealed bytes in both versions.
//!
//! **Invariant:** damage, a newer version and a missing key are told apart without the key, because the checksum covers
//! the version as well. This line keeps its form in every version to come. It protects from accidents only; who wrote a
//! vault is shown by its second line.

use sha2::{Digest, Sha256};

/// What is written now.
pub(super) const VERSION: u32 = 2;

/// A vault of this version says nothing of who wrote it.
pub(super) const UNAUTHENTICATED: u32 = 1;

/// What kind of file it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Vault,
    Key,
}

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Read {
    Whole(Whole),
    Newer(u32),
    Damaged,
}

/// A file that nothing happened to by accident.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) version: u32,
    pub(super) body: Vec<u8>,
}

pub(super) fn wrap(kind: Kind, Whole { version, body }: &Whole) -> Vec<u8> {
    let mut file = format!("{} {}\n", title(kind, *version), checksum(kind, *version, body)).into_bytes();
    file.extend_from_slice(body);
    file
}

pub(super) fn unwrap(kind: Kind, mut file: Vec<u8>) -> Read {
    let Some(end) = file.iter().position(|byte| *byte == b'\n') else {
        return Read::Damaged;
    };
    let body = file.split_off(end + 1);
    let Some(version) = version_in(&file) else {
        return Read::Damaged;
    };
    let expected = format!("{} {}\n", title(kind, version), checksum(kind, version, &body));
    match version {
        _ if expected.as_bytes() != file => Read::Damaged,
        0 => Read::Damaged,
        UNAUTHENTICATED..=VERSION => Read::Whole(Whole { version, body }),
        newer => Read::Newer(newer),
    }
}

fn version_in(line: &[u8]) -> Option<u32> {
    std::str::from_utf8(line).ok()?.split(' ').nth(2)?.parse().ok()
}

fn title(kind: Kind, version: u32) -> String {
    let name = match kind {
        Kind::Vault => "vault",
        Kind::Key => "key",
    };
    format!("keyfob {name} {version}")
}

fn checksum(kind: Kind, version: u32, body: &[u8]) -> String {
    let mut sum = Sha256::new();
    sum.update(title(kind, version));
    sum.update(b"\n");
    sum.update(body);
    format!("{:x}", sum.finalize())
}
