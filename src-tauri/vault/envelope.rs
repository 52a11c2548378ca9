//! The first line of our files: what it is, which version, and a checksum of that and of all that follows.
//!
//! `keyfob vault 1 <SHA-256 in hex>`, a line feed, then the sealed bytes; `tail -n +2 vault.age | age -d` opens one.
//!
//! **Invariant:** damage, a newer version and a missing key are told apart without the key, because the checksum covers
//! the version as well. This line keeps its form in every version to come. It protects from accidents only; forgery is
//! the seal's business.

use sha2::{Digest, Sha256};

const VERSION: u32 = 1;

/// What kind of file it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Vault,
    Key,
}

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Read {
    Whole(Vec<u8>),
    Newer(u32),
    Damaged,
}

pub(super) fn wrap(kind: Kind, body: &[u8]) -> Vec<u8> {
    let mut file = format!("{} {}\n", title(kind, VERSION), checksum(kind, VERSION, body)).into_bytes();
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
        VERSION => Read::Whole(body),
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
