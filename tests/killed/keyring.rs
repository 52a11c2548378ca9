//! A keyring in a file, so that a key outlives the process that created it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::Duration;

use keyfob::storage::keychain::{Keychain, KeychainProblem};
use secrecy::{ExposeSecret, SecretString};

pub struct FileKeyring(pub PathBuf);

/// The extension of the file that is written first: a real keyring stores a key completely or not at all.
const NEXT: &str = "next";

fn refused(_: io::Error) -> KeychainProblem {
    KeychainProblem::Refused { reason: "its file failed" }
}

fn or_nothing<T>(done: io::Result<T>) -> Result<Option<T>, KeychainProblem> {
    match done {
        Err(failed) if failed.kind() == ErrorKind::NotFound => Ok(None),
        other => other.map(Some).map_err(refused),
    }
}

impl Keychain for FileKeyring {
    fn load(&self, _: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        Ok(or_nothing(fs::read_to_string(&self.0))?.map(SecretString::from))
    }

    fn store(&self, secret: &SecretString, _: Duration) -> Result<(), KeychainProblem> {
        let next = self.0.with_extension(NEXT);
        fs::write(&next, secret.expose_secret()).and_then(|()| fs::rename(&next, &self.0)).map_err(refused)
    }

    fn delete(&self, _: Duration) -> Result<(), KeychainProblem> {
        or_nothing(fs::remove_file(&self.0)).map(drop)
    }

    fn probe(&self, _: Duration) -> Result<(), KeychainProblem> {
        Ok(())
    }
}
