//! The addresses of an added region at the time when secrets were sent to it.
//!
//! Invariant: they are compared with the table and shown; no request is built from them.

use serde::{Deserialize, Serialize};

use super::{Origin, Region};

/// The addresses to which a region's tokens and client secrets are sent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Origins {
    accounts: String,
    api: String,
    cliq: String,
}

impl Origins {
    /// The accounts server, for messages.
    pub fn host(&self) -> &str {
        shown(&self.accounts)
    }

    /// Returns the first address that differs, as `(self, other)`; `None` when all are equal.
    pub fn difference<'a>(&'a self, other: &'a Self) -> Option<(&'a str, &'a str)> {
        let pairs = [(&self.accounts, &other.accounts), (&self.api, &other.api), (&self.cliq, &other.cliq)];
        pairs.into_iter().find(|(one, other)| one != other).map(|(one, other)| (shown(one), shown(other)))
    }

    /// Whether each is a valid [`Origin`]; a file from outside may contain anything.
    pub fn are_addresses(&self) -> bool {
        [&self.accounts, &self.api, &self.cliq].iter().all(|text| Origin::new(text).is_ok())
    }
}

impl From<&Region> for Origins {
    fn from(region: &Region) -> Self {
        let text = |origin: &Origin| origin.as_str().to_owned();
        Self { accounts: text(&region.accounts), api: text(&region.api), cliq: text(&region.cliq) }
    }
}

/// Returns the host alone for an `https` origin; plain `http` is shown with its scheme.
pub(super) fn shown(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap_or(origin)
}
