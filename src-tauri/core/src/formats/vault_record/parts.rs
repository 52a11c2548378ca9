//! The record's parts: the same facts as the types they mirror, with their secrets written out.

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

/// What is known of a connection's troubles is not worth its tokens: a problem this Keyfob has no word for is let go.
pub(super) fn or_nothing<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(part: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(part)?).unwrap_or_default())
}
