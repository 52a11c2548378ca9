//! The bytes of the vault, and of a sealed file.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::sync::LazyLock;

use age::x25519::Identity;
use keyfob_core::effect::NotUnsealed;
use secrecy::ExposeSecret;

use authenticity::{Secret, sealed_in};
use envelope::{FileKind, Read, UNAUTHENTICATED, VERSION, Whole, unwrap, wrap};
use seal::{Unsealed, unseal};
use transfer::open_with;

// The modules of the vault that read bytes, and of the others only what these name.
#[path = "../../../src-tauri/storage/vault/authenticity.rs"]
mod authenticity;
#[path = "../../../src-tauri/storage/vault/envelope.rs"]
mod envelope;
#[path = "../../../src-tauri/storage/vault/seal.rs"]
mod seal;
#[path = "../../../src-tauri/storage/vault/transfer.rs"]
mod transfer;

const WORK_FACTOR: u8 = 18;

mod key {
    pub const MOST_WORK: u8 = 20;
}

enum VaultProblem {
    SaveFailed { kind: std::io::ErrorKind },
}

static KEY: LazyLock<Identity> =
    LazyLock::new(|| include_str!("../../vault/version-1.key").trim().parse().expect("a key"));

static SECRET: LazyLock<Secret> = LazyLock::new(|| Secret::of(&KEY));

/// A whole file equals its wrapped form byte by byte. An authentic body equals its stamped form, and no random bytes
/// are authentic. Random bytes under a valid checksum, or as a sealed file, are at most told apart.
pub fn vault(bytes: &[u8]) {
    for kind in [FileKind::Vault, FileKind::Key] {
        if let Read::Whole(whole) = unwrap(kind, bytes.to_vec()) {
            assert_eq!(wrap(kind, &whole), bytes, "a whole file has one form");
            opens(&whole.body);
            is_stamped_as_read(&whole.body);
        }
    }
    for version in UNAUTHENTICATED..=VERSION {
        let file = wrap(FileKind::Vault, &Whole { version, body: bytes.to_vec() });
        let Read::Whole(whole) = unwrap(FileKind::Vault, file) else { panic!("a wrapped file is not whole") };
        assert_eq!((whole.version, &whole.body[..]), (version, bytes));
        opens(sealed_in(&whole.body));
        is_stamped_as_read(&whole.body);
    }
    let stamped = SECRET.stamp(7, bytes);
    let read = SECRET.check(&stamped).expect("a stamped body is authentic");
    assert_eq!((read.generation, read.sealed), (7, bytes));
    match open_with(Some(&*KEY), bytes) {
        Ok(content) => assert!(content.expose_secret().len() < bytes.len(), "the content is as long as its file"),
        Err(why) => assert_ne!(why, NotUnsealed::WrongPassphrase, "no passphrase was given"),
    }
}

/// Bytes by chance carry no proof; the one who finds some that do has stamped them.
fn is_stamped_as_read(body: &[u8]) {
    if let Some(read) = SECRET.check(body) {
        assert_eq!(SECRET.stamp(read.generation, read.sealed), body, "a body that is authentic has one form");
    }
}

fn opens(sealed: &[u8]) {
    if let Unsealed::Contents(contents) = unseal(&*KEY, sealed) {
        assert!(contents.expose_secret().len() < sealed.len(), "the content is as long as its file");
    }
}
