//! What the user asks of the vault.

use secrecy::SecretString;
use serde::Deserialize;

/// What the user asks of the vault.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum VaultIntent {
    /// Open the vault again, with the keyring.
    TryVaultAgain,
    /// Keep the vault's key behind this passphrase, or open it with it.
    UsePassphrase {
        #[cfg_attr(test, ts(type = "string"))]
        passphrase: SecretString,
    },
    /// Keep nothing: everything is gone when Keyfob quits.
    UseThisRunOnly,
    /// Save again what could not be saved.
    RetrySave,
}
