//! The desktop's keyring, through the crate `keyring`; only this file uses it.
//!
//! **Invariant:** each call opens the store again. Opening costs some 40 ms on Linux, and finds a keyring that was
//! missing before: `keyring` alone remembers its first failure for the life of the process.
#![expect(clippy::disallowed_methods, reason = "the keychain stores the vault's key")]

use super::KeychainProblem;
use keyring::{Entry, Error};
use keyring_core::api::CredentialStoreApi;
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use zbus_secret_service_keyring_store::Store;

const SERVICE: &str = "app.keyfob.cliq";
const KEY: &str = "vault key";
const PROBE: &str = "probe";

pub(super) fn load() -> Result<Option<SecretString>, KeychainProblem> {
    let Some(bytes) = read(&entry(KEY)?)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| KeychainProblem::Refused { reason: "what it keeps under our name is not text" })?;
    Ok(Some(text.into()))
}

pub(super) fn store(secret: &SecretString) -> Result<(), KeychainProblem> {
    let entry = entry(KEY)?;
    entry.set_secret(secret.expose_secret().as_bytes()).map_err(problem)
}

pub(super) fn delete() -> Result<(), KeychainProblem> {
    forget(&entry(KEY)?)
}

pub(super) fn probe() -> Result<(), KeychainProblem> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let value = format!("{} {count}", process::id()).into_bytes();

    let entry = entry(PROBE)?;
    entry.set_secret(&value).map_err(problem)?;
    let kept = read(&entry)?;
    forget(&entry)?;
    let gone = read(&entry)?.is_none();
    if kept == Some(value) && gone { Ok(()) } else { Err(KeychainProblem::Unfaithful) }
}

fn entry(name: &str) -> Result<Entry, KeychainProblem> {
    let store = Store::new().map_err(|_| KeychainProblem::Absent)?;
    let label = format!("Keyfob for Zoho Cliq, {name}");
    // Only the Secret Service shows a label to the user; the other stores do not accept one.
    let requests = cfg!(all(unix, not(target_os = "macos"))).then(|| HashMap::from([("label", label.as_str())]));
    let inner = store.build(SERVICE, name, requests.as_ref()).map_err(problem)?;
    Ok(Entry { inner })
}

fn read(entry: &Entry) -> Result<Option<Vec<u8>>, KeychainProblem> {
    match entry.get_secret() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(problem(error)),
    }
}

fn forget(entry: &Entry) -> Result<(), KeychainProblem> {
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(problem(error)),
    }
}

/// Maps the kind of error without its text: some kinds carry the stored bytes.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes values")]
fn problem(error: Error) -> KeychainProblem {
    let reason = match error {
        // The keyring ended during the call and was not replaced.
        Error::PlatformFailure(_) if Store::new().is_err() => return KeychainProblem::Absent,
        Error::NoStorageAccess(_) => return KeychainProblem::Locked,
        Error::NoDefaultStore => return KeychainProblem::Absent,
        Error::NoEntry => "it lost an entry between two steps",
        Error::Ambiguous(_) => "it keeps several entries under our name",
        Error::TooLong(..) | Error::Invalid(..) => "the entry is too long or of the wrong shape for it",
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => "what it keeps is damaged",
        _ => "the call to it failed",
    };
    KeychainProblem::Refused { reason }
}
