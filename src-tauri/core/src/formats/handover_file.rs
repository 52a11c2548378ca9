//! A handover of a whole connection: its setup with the client secret and the refresh token, until it expires.
//!
//! Invariant: this text is only ever sealed, and nothing read from it is used before its expiry, its region and, at
//! Zoho, its token are checked. Expiry binds Keyfob, not an attacker with the file and its passphrase, to whom the
//! secrets stay readable and useful until the token is revoked.
#![expect(clippy::disallowed_methods, reason = "writes and reads the sealed file")]

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
/// Version 1 had no `origins`, and is still written when there are none.
const VERSION: u32 = 2;

/// The maximum length of the recipient's name, in characters.
const LONGEST_TO: usize = 60;

/// How long a handover is valid.
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
    /// The lifetime as a duration.
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
    /// The client and the requested scopes.
    pub setup: Setup,
    /// The client secret, if there is one.
    pub client_secret: Option<SecretString>,
    /// The refresh token.
    pub refresh: SecretString,
    /// The scopes that Zoho granted.
    pub granted: Scopes,
    /// The region that issued the tokens, which may differ from the client's.
    pub region: RegionCode,
    /// The sender's addresses of its added regions: compared with the table here, and never used.
    pub origins: BTreeMap<RegionCode, Origins>,
    /// The recipient's name.
    pub to: String,
    /// When it was made.
    pub made: Moment,
    /// When it expires.
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
    /// The handover of a connection; `None` when it has no refresh token.
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

    /// The plain text to seal.
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
        // Strings, numbers and lists only, which always serialise to JSON.
        serde_json::to_vec(&file).unwrap_or_default().into()
    }

    /// Reads the opened plain text, which may come from anyone.
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

    /// The handover itself, unless it has expired.
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

/// The recipient's name, made displayable.
fn addressee(text: &str) -> String {
    shown(text.trim()).chars().take(LONGEST_TO).collect()
}

/// Whether a secret is visible ASCII and not too long, as all that Zoho issues are.
fn is_one_word(secret: &SecretString) -> bool {
    let text = secret.expose_secret();
    (1..=2_000).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Whether a file is sealed with age, in binary or armored form.
pub fn is_sealed(file: &[u8]) -> bool {
    let armored: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
    file.starts_with(b"age-encryption.org/v1") || file.trim_ascii_start().starts_with(armored)
}

#[cfg(test)]
mod tests;
