//! How secrets are kept.

use serde::Serialize;

/// How secrets are kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Keeping {
    /// The vault is not open.
    NotYet,
    /// The OS keyring holds the vault's key.
    Keyring,
    /// A passphrase does.
    Passphrase,
    /// Nothing is kept after this run.
    ThisRun,
}
