//! The content of the vault, as one versioned record.
//!
//! Invariant: this and the request body are the only places where secrets become plain text, and the text is only ever
//! sealed. An unknown version is refused, never rewritten. Practice connections are left out: the Zoho that knows them
//! ends with the app.
#![expect(clippy::disallowed_methods, reason = "reads the opened vault")]

mod parts;

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretSlice};
use serde::{Deserialize, Serialize};
use zoho_oauth::text::shown;

use crate::domain::connection::Connection;
use crate::domain::draft::Draft;
use crate::domain::kept::{Kept, Numbers};
use crate::domain::problem::Problem;
use crate::domain::quota::{ClientKey, Quotas};
use crate::domain::settings::Settings;

use parts::{ConnectionPart, DraftPart, RevocationPart, or_nothing};

/// The version that this Keyfob writes. Version 1 had fewer fields; the missing ones have defaults.
const VERSION: u32 = 2;
const OLDEST: u32 = 1;

#[derive(Deserialize, Serialize)]
struct Record {
    version: u32,
    next_id: u64,
    connections: Vec<ConnectionPart>,
    #[serde(default)]
    revocations: Vec<RevocationPart>,
    draft: Option<DraftPart>,
    shelved: Option<DraftPart>,
    /// Missing in records from before it was saved.
    #[serde(default, deserialize_with = "or_nothing")]
    ledger: Option<Quotas>,
    /// The drafts shelved before `shelved`, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shelved_before: Vec<DraftPart>,
    #[serde(default, deserialize_with = "or_nothing")]
    settings: Settings,
}

/// The version alone, readable whatever else a newer one holds.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

pub(crate) fn write(kept: &Kept) -> SecretSlice<u8> {
    let draft = |d: &Draft| (!d.is_practice()).then(|| DraftPart::from(d));
    let mut shelved: Vec<DraftPart> = kept.shelved.iter().filter_map(draft).collect();
    let record = Record {
        version: VERSION,
        next_id: kept.numbers.last,
        connections: kept.connections.values().filter(|c| !c.is_practice()).map(ConnectionPart::from).collect(),
        revocations: kept.revocations.values().filter(|r| !r.is_practice()).map(RevocationPart::from).collect(),
        draft: kept.draft.as_ref().and_then(draft),
        ledger: Some(kept.ledger.to_keep()),
        shelved: shelved.pop(),
        shelved_before: shelved,
        settings: kept.settings,
    };
    // Strings, numbers and lists only, which always serialise to JSON.
    serde_json::to_vec(&record).unwrap_or_default().into()
}

pub(crate) fn read(record: &SecretSlice<u8>) -> Result<Kept, Problem> {
    // serde_json's message may quote the offending value, so only its position is reported.
    let unreadable = |e: serde_json::Error| Problem::VaultUnreadable {
        reason: shown(&format!("line {} column {}", e.line(), e.column())),
    };
    let bytes = record.expose_secret();
    let Version { version } = serde_json::from_slice(bytes).map_err(unreadable)?;
    if version > VERSION {
        return Err(Problem::VaultNewer { version });
    }
    if version < OLDEST {
        return Err(Problem::VaultUnreadable { reason: format!("version {version}") });
    }
    let record: Record = serde_json::from_slice(bytes).map_err(unreadable)?;
    let (connections, revocations) = (record.connections.iter(), record.revocations.iter());
    let numbers = connections.map(|part| part.id.0).chain(revocations.map(|part| part.id.0));
    let last = numbers.fold(record.next_id, u64::max);
    let connections: BTreeMap<_, Connection> =
        record.connections.into_iter().map(|part| (part.id, part.into())).collect();
    Ok(Kept {
        numbers: Numbers { last },
        ledger: record.ledger.unwrap_or_else(|| begun(connections.values())),
        connections: connections.into(),
        revocations: record.revocations.into_iter().map(|part| (part.id, part.into())).collect(),
        draft: record.draft.map(Into::into),
        shelved: record.shelved_before.into_iter().chain(record.shelved).map(Into::into).collect(),
        settings: record.settings,
    })
}

/// A new ledger for connections from before one was saved, which counts their existing refresh tokens.
fn begun<'a>(connections: impl Iterator<Item = &'a Connection>) -> Quotas {
    let mut ledger = Quotas::default();
    for connection in connections.filter(|c| c.grant.refresh.is_some()) {
        let whose = connection.identity.as_ref().map(|who| who.email.as_str());
        ledger.count(&ClientKey::from(&connection.registration)).living(connection.grant.since, whose);
    }
    ledger
}

#[cfg(test)]
mod tests;
