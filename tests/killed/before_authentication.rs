//! A vault and its key from before vaults were authenticated: an age file after a first line.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;

use age::x25519::Identity;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::home::{Home, WORK_FACTOR};
use crate::story::{HeldBy, Story};

pub fn furnish(home: &Home, story: &Story) {
    let identity = Identity::generate();
    fs::create_dir(home.folder()).unwrap();
    let text = identity.to_string();
    match story.held_by {
        HeldBy::Keyring => fs::write(home.keyring(), text.expose_secret()).unwrap(),
        HeldBy::Passphrase => {
            let mut lock = age::scrypt::Recipient::new("open sesame".into());
            lock.set_work_factor(WORK_FACTOR);
            let sealed = age::encrypt(&lock, text.expose_secret().as_bytes()).unwrap();
            write(home, "vault.key.age", "keyfob key 1", &sealed);
        }
    }
    for (number, name) in [(1, "vault.previous.age"), (2, "vault.age")] {
        let sealed = age::encrypt(&identity.to_public(), &story.content(number)).unwrap();
        write(home, name, "keyfob vault 1", &sealed);
    }
}

fn write(home: &Home, name: &str, title: &str, sealed: &[u8]) {
    let sum = Sha256::digest([title.as_bytes(), b"\n", sealed].concat());
    let file = [format!("{title} {sum:x}\n").as_bytes(), sealed].concat();
    let place = home.folder().join(name);
    fs::write(&place, file).unwrap();
    fs::set_permissions(place, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}
