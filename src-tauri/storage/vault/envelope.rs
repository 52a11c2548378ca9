//! The first line of the vault's files: the kind, the version, and a checksum of these and of everything that follows.
//!
//! `keyfob vault 2 <SHA-256 in hex>`, a line feed, then the body. A vault's body is a line of [`super::authenticity`]
//! and the sealed bytes, so `tail -n +3 vault.age | age -d` opens it; in version 1 it was only the sealed bytes. A key
//! file's body is the sealed bytes in both versions.
//!
//! **Invariant:** damage, a newer version and a missing key can be distinguished without the key, because the checksum
//! covers the version as well. All future versions keep the format of this line. It protects against accidents only;
//! the second line of a vault proves who wrote it.

use sha2::{Digest, Sha256};

/// The version that is written.
pub(super) const VERSION: u32 = 2;

/// The version without proof of who wrote a vault.
pub(super) const UNAUTHENTICATED: u32 = 1;

/// The kind of file.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileKind {
    Vault,
    Key,
}

/// The result of reading a file.
#[derive(Debug)]
pub(super) enum Read {
    Whole(Whole),
    Newer(u32),
    Damaged,
}

/// A file whose checksum matches.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) version: u32,
    pub(super) body: Vec<u8>,
}

pub(super) fn wrap(kind: FileKind, Whole { version, body }: &Whole) -> Vec<u8> {
    let mut file = format!("{} {}\n", title(kind, *version), checksum(kind, *version, body)).into_bytes();
    file.extend_from_slice(body);
    file
}

pub(super) fn unwrap(kind: FileKind, mut file: Vec<u8>) -> Read {
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

fn title(kind: FileKind, version: u32) -> String {
    let name = match kind {
        FileKind::Vault => "vault",
        FileKind::Key => "key",
    };
    format!("keyfob {name} {version}")
}

fn checksum(kind: FileKind, version: u32, body: &[u8]) -> String {
    let mut sum = Sha256::new();
    sum.update(title(kind, version));
    sum.update(b"\n");
    sum.update(body);
    format!("{:x}", sum.finalize())
}
