//! A secret that may be written to the vault or a sealed file.
#![expect(clippy::disallowed_methods, reason = "writes secrets into the vault and sealed files")]

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

/// A secret that may be sealed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sealed(pub(crate) SecretString);

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}
