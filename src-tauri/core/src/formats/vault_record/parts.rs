//! The record's parts: they mirror the domain types, with the secrets in plain text.

mod connection;
mod device;
mod draft;
mod revocation;

pub(super) use connection::ConnectionPart;
pub(super) use draft::DraftPart;
pub(super) use revocation::RevocationPart;

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zoho_oauth::region::RegionCode;

use crate::domain::sealed::Sealed;

fn seal(secret: Option<&SecretString>) -> Option<Sealed> {
    secret.cloned().map(Sealed)
}

fn unseal(sealed: Option<Sealed>) -> Option<SecretString> {
    sealed.map(|s| s.0)
}

fn seal_each(secrets: &BTreeMap<RegionCode, SecretString>) -> BTreeMap<RegionCode, Sealed> {
    secrets.iter().map(|(region, secret)| (region.clone(), Sealed(secret.clone()))).collect()
}

fn unseal_each(sealed: BTreeMap<RegionCode, Sealed>) -> BTreeMap<RegionCode, SecretString> {
    sealed.into_iter().map(|(region, secret)| (region, secret.0)).collect()
}

/// Reads a part, or its default when this Keyfob does not understand it: losing a problem is better than losing tokens.
pub(super) fn or_nothing<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(part: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(part)?).unwrap_or_default())
}
