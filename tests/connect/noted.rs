//! A keychain that keeps the key in memory and answers immediately.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::sync::Mutex;
use std::time::Duration;

use keyfob::storage::keychain::{Keychain, KeychainProblem};
use secrecy::SecretString;

#[derive(Default)]
pub struct Noted(Mutex<Option<SecretString>>);

impl Keychain for Noted {
    fn load(&self, _: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn store(&self, secret: &SecretString, _: Duration) -> Result<(), KeychainProblem> {
        *self.0.lock().unwrap() = Some(secret.clone());
        Ok(())
    }

    fn delete(&self, _: Duration) -> Result<(), KeychainProblem> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }

    fn probe(&self, _: Duration) -> Result<(), KeychainProblem> {
        Ok(())
    }
}
