//! How secrets are stored.

use serde::Serialize;

/// How secrets are stored.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Keeping {
    /// The vault is not open.
    NotYet,
    /// The OS keyring holds the vault's key.
    Keyring,
    /// A passphrase protects the vault's key.
    Passphrase,
    /// Nothing is stored after this run.
    ThisRun,
}
