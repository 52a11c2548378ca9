//! Zoho's data centres, from one table, and those that are added to it.
//!
//! Invariant: an address that a request goes to is always a constant of this table. What Zoho or a browser says of a
//! server is looked up here, never used. Deliberately absent: making one host name out of another; Canada's hosts
//! (`zohocloud.ca`, `zohoapis.ca`) show why that fails.

mod origin;
mod origins;
mod table;

pub use origin::{Origin, OriginRefused};
pub use origins::Origins;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A region's short name: Zoho's own `location` value where it has one, such as `eu`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct RegionCode(Cow<'static, str>);

impl RegionCode {
    /// The code that a text is; `None` when it is not two to sixteen lower-case letters, digits or hyphens.
    pub fn new(text: &str) -> Option<Self> {
        is_code(text.as_bytes()).then(|| Self(Cow::Owned(text.to_owned())))
    }

    /// A code that is known when the program is built.
    ///
    /// # Panics
    ///
    /// When it is not two to sixteen lower-case letters, digits or hyphens; in a constant, when it is built.
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
    /// The page where users see which programs have access to their account, and end it. Zoho's own words for the
    /// way there are "Sessions", then "Connected Apps" (its page on revoking OAuth tokens); the fragment is the one Zoho's
    /// mobile SDK links to, and without it the page before opens.
    pub fn connected_apps(&self) -> url::Url {
        let mut page = self.accounts.at("/home");
        page.set_fragment(Some("sessions/userconnectedapps"));
        page
    }
}

/// Zoho's ten regions and those that were added.
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
    /// The ten regions of Zoho.
    pub fn built_in() -> Self {
        let known = table::built_in();
        let built_in = known.len();
        Self { known, built_in, unlisted: BTreeSet::new() }
    }

    /// Adds a region, or replaces an added one of the same code: whether that one is in use, the caller knows. A built-in
    /// one cannot be replaced, and two regions never share an accounts server: an answer must lead to one place.
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

    /// Adds a region that [`Self::added`], [`Self::host`] and [`Self::origins`] leave out: a server of the program's own,
    /// which its user did not add.
    pub fn add_unlisted(&mut self, region: Region) -> Result<(), RegionConflict> {
        let code = region.code.clone();
        self.add(region)?;
        self.unlisted.insert(code);
        Ok(())
    }

    /// Whether a client secret that was given for one region may go to the other: both are Zoho's own, or the same one.
    pub fn share_secrets(&self, one: &RegionCode, other: &RegionCode) -> bool {
        one == other || self.is_zohos_own(one) && self.is_zohos_own(other)
    }

    /// The region of this code.
    pub fn find(&self, code: &RegionCode) -> Option<&Region> {
        self.known.iter().find(|r| &r.code == code)
    }

    /// The region whose accounts server is exactly this text (RFC 9700 2.1: the answer's issuer must be a known one).
    pub fn by_accounts(&self, server: &str) -> Option<&Region> {
        self.known.iter().find(|r| r.accounts.as_str() == server)
    }

    /// The region that an address bar shows, such as `https://cliq.zoho.eu/company/…`: the one that owns the
    /// longest matching ending of the host.
    pub fn in_address_bar(&self, text: &str) -> Option<&Region> {
        let typed = typed(text)?;
        // An added region may name hosts of Zoho's own, but not take them over.
        let (zohos_own, added) = self.known.split_at(self.built_in);
        owner(zohos_own, &typed).or_else(|| owner(added, &typed))
    }

    /// All of them, built-in ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.known.iter()
    }

    /// Those that were added, without the unlisted ones.
    pub fn added(&self) -> impl Iterator<Item = &Region> {
        self.known[self.built_in..].iter().filter(|r| !self.unlisted.contains(&r.code))
    }

    /// Whether Zoho has this region itself.
    pub fn is_zohos_own(&self, code: &RegionCode) -> bool {
        self.known[..self.built_in].iter().any(|r| &r.code == code)
    }

    /// The accounts server of an added region, to be shown wherever that is named; `None` for any other.
    pub fn host(&self, code: &RegionCode) -> Option<String> {
        self.origins(code).map(|origins| origins.host().to_owned())
    }

    /// The addresses that an added region has now; `None` for any other code.
    pub fn origins(&self, code: &RegionCode) -> Option<Origins> {
        self.added().find(|r| &r.code == code).map(Origins::from)
    }
}

/// The region that owns the longest ending of the address's host.
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
