//! The bytes of the vault, and of a file that somebody sealed.

use std::sync::LazyLock;

use age::x25519::Identity;
use keyfob_core::effect::NotUnsealed;
use secrecy::ExposeSecret;

use envelope::{Kind, Read, unwrap, wrap};
use hand_over::open_with;
use seal::{Unsealed, unseal};

// The rooms of the vault that read bytes, and of the others only what these name.
#[path = "../../../src-tauri/vault/envelope.rs"]
mod envelope;
#[path = "../../../src-tauri/vault/hand_over.rs"]
mod hand_over;
#[path = "../../../src-tauri/vault/seal.rs"]
mod seal;

const WORK_FACTOR: u8 = 18;

mod custody {
    pub const MOST_WORK: u8 = 20;
}

enum VaultProblem {
    SaveFailed { kind: std::io::ErrorKind },
}

static KEY: LazyLock<Identity> =
    LazyLock::new(|| include_str!("../../vault/version-1.key").trim().parse().expect("a key"));

/// What is whole is what was wrapped, byte by byte; and no bytes under the checksum, nor as a sealed file, are more than
/// told apart.
pub fn vault(bytes: &[u8]) {
    for kind in [Kind::Vault, Kind::Key] {
        if let Read::Whole(body) = unwrap(kind, bytes.to_vec()) {
            assert_eq!(wrap(kind, &body), bytes, "a file that is whole has one form");
            opens(&body);
        }
    }
    let Read::Whole(body) = unwrap(Kind::Vault, wrap(Kind::Vault, bytes)) else { panic!("what was wrapped is whole") };
    opens(&body);
    match open_with(Some(&*KEY), bytes) {
        Ok(content) => assert!(content.expose_secret().len() < bytes.len(), "no file holds more than it is long"),
        Err(why) => assert_ne!(why, NotUnsealed::WrongPassphrase, "no passphrase was given"),
    }
}

fn opens(sealed: &[u8]) {
    if let Unsealed::Contents(contents) = unseal(&*KEY, sealed) {
        assert!(contents.expose_secret().len() < sealed.len(), "no file holds more than it is long");
    }
}
