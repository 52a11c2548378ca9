//! Intents about the vault.

use secrecy::SecretString;
use serde::Deserialize;

/// An intent about the vault.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum VaultIntent {
    /// Try again to open the vault with the keyring.
    TryVaultAgain,
    /// Protect the vault's key with this passphrase, or open the vault with it.
    UsePassphrase {
        #[cfg_attr(test, ts(type = "string"))]
        passphrase: SecretString,
    },
    /// Save nothing: everything is lost when Keyfob quits.
    UseThisRunOnly,
    /// Retry a failed save.
    RetrySave,
}
