//! Zoho's data centres, from one table, and the regions added to it.
//!
//! Invariant: every request goes to an address of this table. A server that Zoho or a browser names is looked up here
//! and never used itself. Deliberately absent: deriving one host name from another; Canada's hosts (`zohocloud.ca`,
//! `zohoapis.ca`) show why that fails.

mod origin;
mod origins;
mod table;

pub use origin::{Origin, OriginRefused};
pub use origins::Origins;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A region's short name, such as `eu`: Zoho's own `location` value if it has one.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct RegionCode(Cow<'static, str>);

impl RegionCode {
    /// Reads a code; `None` when the text is not two to sixteen lower-case letters, digits or hyphens.
    pub fn new(text: &str) -> Option<Self> {
        is_code(text.as_bytes()).then(|| Self(Cow::Owned(text.to_owned())))
    }

    /// Creates a code from a literal.
    ///
    /// # Panics
    ///
    /// Panics when `text` is not two to sixteen lower-case letters, digits or hyphens; at compile time in a constant.
    pub const fn from_static(text: &'static str) -> Self {
        assert!(is_code(text.as_bytes()), "a region's code has two to sixteen lower-case letters, digits or hyphens");
        Self(Cow::Borrowed(text))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_code(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9' | b'-') {
            return false;
        }
        at += 1;
    }
    2 <= at && at <= 16
}

/// One Zoho data centre and its four origins.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Region {
    /// Zoho's `location` value.
    pub code: RegionCode,
    /// Its name in English.
    pub name: String,
    /// Where sign-in, tokens and revocation live.
    pub accounts: Origin,
    /// The general API host Zoho names as `api_domain`; kept to recognise, never called.
    pub api: Origin,
    /// Where Cliq's own API lives.
    pub cliq: Origin,
    /// Where OAuth clients are registered.
    pub console: Origin,
}

impl Region {
    /// Returns the page where users see which programs can access their account, and revoke that access. In Zoho's
    /// words (its page on revoking OAuth tokens) it is under "Sessions", then "Connected Apps". The fragment is the one
    /// that Zoho's mobile SDK links to; without it, the page above it opens.
    pub fn connected_apps(&self) -> url::Url {
        let mut page = self.accounts.at("/home");
        page.set_fragment(Some("sessions/userconnectedapps"));
        page
    }
}

/// Zoho's ten regions and any added ones.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Regions {
    known: Vec<Region>,
    built_in: usize,
    unlisted: BTreeSet<RegionCode>,
}

/// Why a region was not added.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RegionConflict {
    /// A built-in region has that code.
    #[error("a region with that code is built in")]
    CodeTaken,
    /// Another region has that accounts server.
    #[error("another region has that accounts address")]
    AccountsTaken,
}

impl Regions {
    /// Returns Zoho's ten regions.
    pub fn built_in() -> Self {
        let known = table::built_in();
        let built_in = known.len();
        Self { known, built_in, unlisted: BTreeSet::new() }
    }

    /// Adds a region, or replaces an added one with the same code; the caller knows whether that one is in use. A
    /// built-in region cannot be replaced, and no two regions share an accounts server, so that each server belongs to
    /// one region.
    pub fn add(&mut self, region: Region) -> Result<(), RegionConflict> {
        let clash = self.known.iter().position(|r| r.code == region.code);
        if clash.is_some_and(|at| at < self.built_in) {
            return Err(RegionConflict::CodeTaken);
        }
        let shares = |r: &Region| r.code != region.code && r.accounts == region.accounts;
        if self.known.iter().any(shares) {
            return Err(RegionConflict::AccountsTaken);
        }
        match clash {
            Some(at) => self.known[at] = region,
            None => self.known.push(region),
        }
        Ok(())
    }

    /// Adds a region that [`Self::added`], [`Self::host`] and [`Self::origins`] leave out: a server of the program
    /// itself, which the user did not add.
    pub fn add_unlisted(&mut self, region: Region) -> Result<(), RegionConflict> {
        let code = region.code.clone();
        self.add(region)?;
        self.unlisted.insert(code);
        Ok(())
    }

    /// Whether a client secret given for one region may be sent to the other: both are built in, or they are the same.
    pub fn share_secrets(&self, one: &RegionCode, other: &RegionCode) -> bool {
        one == other || self.is_zohos_own(one) && self.is_zohos_own(other)
    }

    /// Returns the region with this code.
    pub fn find(&self, code: &RegionCode) -> Option<&Region> {
        self.known.iter().find(|r| &r.code == code)
    }

    /// Returns the region whose accounts server is exactly this text (RFC 9700, section 2.1: the issuer must be known).
    pub fn by_accounts(&self, server: &str) -> Option<&Region> {
        self.known.iter().find(|r| r.accounts.as_str() == server)
    }

    /// Returns the region of the URL in an address bar, such as `https://cliq.zoho.eu/company/…`: the one that owns the
    /// longest matching suffix of the host.
    pub fn in_address_bar(&self, text: &str) -> Option<&Region> {
        let typed = typed(text)?;
        // An added region may name Zoho's own hosts but cannot take them over.
        let (zohos_own, added) = self.known.split_at(self.built_in);
        owner(zohos_own, &typed).or_else(|| owner(added, &typed))
    }

    /// Iterates over all regions, built-in ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.known.iter()
    }

    /// Iterates over the added regions without the unlisted ones.
    pub fn added(&self) -> impl Iterator<Item = &Region> {
        self.known[self.built_in..].iter().filter(|r| !self.unlisted.contains(&r.code))
    }

    /// Whether this region is built in.
    pub fn is_zohos_own(&self, code: &RegionCode) -> bool {
        self.known[..self.built_in].iter().any(|r| &r.code == code)
    }

    /// Returns the accounts server of an added region, to be shown wherever the region is named; `None` for any other
    /// code.
    pub fn host(&self, code: &RegionCode) -> Option<String> {
        self.origins(code).map(|origins| origins.host().to_owned())
    }

    /// Returns the current addresses of an added region; `None` for any other code.
    pub fn origins(&self, code: &RegionCode) -> Option<Origins> {
        self.added().find(|r| &r.code == code).map(Origins::from)
    }
}

/// Returns the region that owns the longest suffix of the address's host.
fn owner<'a>(regions: &'a [Region], address: &url::Url) -> Option<&'a Region> {
    let origins = |r: &'a Region| [&r.accounts, &r.api, &r.cliq, &r.console].map(|origin| (r, origin.owns(address)));
    let owning = regions.iter().flat_map(origins).filter_map(|(region, owned)| Some((region, owned?)));
    owning.max_by_key(|(_, owned)| *owned).map(|(region, _)| region)
}

fn typed(text: &str) -> Option<url::Url> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    url::Url::parse(&whole).ok()
}

#[cfg(test)]
mod tests;
