//! The time that age takes for a vault; the rest of opening it is one file read and one request to the keyring.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use age::x25519::Identity;

use crate::stopwatch::row;

pub fn rows(bytes: &[u8]) {
    let identity = Identity::generate();
    let sealed = age::encrypt(&identity.to_public(), bytes).unwrap();
    row("unseal the vault", || (), |()| age::decrypt(&identity, &sealed).unwrap());
    row("seal it", || (), |()| age::encrypt(&identity.to_public(), bytes).unwrap());
    row("  at least: a copy of it", || (), |()| bytes.to_vec());
}
