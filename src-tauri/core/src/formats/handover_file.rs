//! A connection handed over whole: its setup with the client secret and the refresh token, until a day.
//!
//! Invariant: this text goes nowhere but into the seal, and nothing read from one is used before its day, its region and,
//! at Zoho, its token are proven. Expiry binds Keyfob, not whoever holds the file and its passphrase: what is sealed stays
//! readable for them until the token is revoked.

mod lock;

pub use lock::{Lock, fit, tidy};

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::scope::Scopes;
use zoho_oauth::text::shown;

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::problem::Problem;
use crate::domain::sealed::Sealed;
use crate::formats::setup_file::{Head, Setup, SetupPart};

const KIND: &str = "hand-over";
/// Version 1 named no addresses, and is still what is written where there are none to name.
const VERSION: u32 = 2;

/// The longest name of whom it is for, in characters.
const LONGEST_TO: usize = 60;

/// How long a handover may be taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Lasts {
    /// 24 hours.
    Day,
    /// Seven days.
    #[default]
    Week,
    /// Thirty days.
    Month,
}

impl Lasts {
    /// As a span.
    pub fn span(self) -> Duration {
        let days = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        };
        Duration::from_hours(24 * days)
    }
}

/// A connection on its way to a colleague.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The client and what was asked for.
    pub setup: Setup,
    /// The client's secret half, where it has one.
    pub client_secret: Option<SecretString>,
    /// What the access is renewed with.
    pub refresh: SecretString,
    /// What Zoho granted.
    pub granted: Scopes,
    /// Where the tokens were issued, which may be elsewhere than the client's region.
    pub region: RegionCode,
    /// The addresses that its added regions have for whoever made it: compared with the table here, and never used.
    pub origins: BTreeMap<RegionCode, Origins>,
    /// Whom it is for, in words.
    pub to: String,
    /// When it was made.
    pub made: Moment,
    /// After this it is not taken any more.
    pub until: Moment,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    keyfob: String,
    version: u32,
    #[serde(rename = "setUp")]
    setup: SetupPart,
    client_secret: Option<Sealed>,
    refresh_token: Sealed,
    granted: Vec<String>,
    region: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    origins: BTreeMap<String, Origins>,
    to: String,
    made: Moment,
    until: Moment,
}

impl Handover {
    /// That of a connection, while it has something to renew its access with.
    pub fn of(connection: &Connection, to: &str, lasts: Lasts, now: Moment) -> Option<Self> {
        Some(Self {
            setup: Setup::of(connection),
            client_secret: connection.registration.secret_for(&connection.grant.region).cloned(),
            refresh: connection.grant.refresh.clone()?,
            granted: connection.grant.scopes.clone(),
            region: connection.grant.region.clone(),
            origins: connection.grant.origins.iter().map(|of| (connection.grant.region.clone(), of.clone())).collect(),
            to: addressee(to),
            made: now,
            until: now.plus(lasts.span()),
        })
    }

    /// What goes into the seal.
    pub fn write(&self) -> SecretSlice<u8> {
        let file = File {
            keyfob: KIND.to_owned(),
            version: if self.origins.is_empty() { 1 } else { VERSION },
            setup: SetupPart::from(&self.setup),
            client_secret: self.client_secret.clone().map(Sealed),
            refresh_token: Sealed(self.refresh.clone()),
            granted: self.granted.iter().map(|scope| scope.as_str().to_owned()).collect(),
            region: self.region.as_str().to_owned(),
            origins: self.origins.iter().map(|(code, of)| (code.as_str().to_owned(), of.clone())).collect(),
            to: self.to.clone(),
            made: self.made,
            until: self.until,
        };
        // Strings, numbers and lists only: there is nothing in it that JSON could refuse.
        serde_json::to_vec(&file).unwrap_or_default().into()
    }

    /// Reads what came out of a seal, whoever made it.
    pub fn read(opened: &SecretSlice<u8>, now: Moment) -> Result<Self, Problem> {
        let bytes = opened.expose_secret();
        let head: Head = serde_json::from_slice(bytes).map_err(|_| Problem::FileUnknown)?;
        if head.keyfob != KIND {
            return Err(Problem::FileUnknown);
        }
        if head.version > VERSION {
            return Err(Problem::FileNewer { version: head.version });
        }
        let file: File = serde_json::from_slice(bytes).map_err(|_| Problem::FileDamaged)?;
        let handover = file.read().ok_or(Problem::FileDamaged)?;
        handover.still_good(now)
    }

    /// Itself, unless its day is over.
    pub fn still_good(self, now: Moment) -> Result<Self, Problem> {
        if self.until > now { Ok(self) } else { Err(Problem::HandoverExpired { at: self.until }) }
    }
}

impl File {
    fn read(self) -> Option<Handover> {
        let fits = (1..=VERSION).contains(&self.version)
            && self.origins.values().all(Origins::are_addresses)
            && is_one_word(&self.refresh_token.0)
            && self.client_secret.as_ref().is_none_or(|secret| is_one_word(&secret.0));
        let handover = Handover {
            setup: self.setup.read()?,
            client_secret: self.client_secret.map(|secret| secret.0),
            refresh: self.refresh_token.0,
            granted: Scopes::granted(&self.granted.join(" ")),
            region: RegionCode::new(&self.region)?,
            origins: self
                .origins
                .into_iter()
                .map(|(code, of)| Some((RegionCode::new(&code)?, of)))
                .collect::<Option<_>>()?,
            to: addressee(&self.to),
            made: self.made,
            until: self.until,
        };
        fits.then_some(handover)
    }
}

/// Whom it is for, fit to be shown.
fn addressee(text: &str) -> String {
    shown(text.trim()).chars().take(LONGEST_TO).collect()
}

/// What Zoho gives is visible ASCII, and not long.
fn is_one_word(secret: &SecretString) -> bool {
    let text = secret.expose_secret();
    (1..=2_000).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Whether a file is sealed with age, as bytes or as text.
pub fn is_sealed(file: &[u8]) -> bool {
    let armored: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
    file.starts_with(b"age-encryption.org/v1") || file.trim_ascii_start().starts_with(armored)
}

#[cfg(test)]
mod tests;
