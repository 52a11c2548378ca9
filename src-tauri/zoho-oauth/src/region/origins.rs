//! The addresses of an added region, as they were when secrets were given to it.
//!
//! Invariant: these texts are compared with the table and shown; no request is ever built from them.

use serde::{Deserialize, Serialize};

use super::{Origin, Region};

/// Where the tokens and client secrets of a region are sent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Origins {
    accounts: String,
    api: String,
    cliq: String,
}

impl Origins {
    /// The accounts server, for a sentence.
    pub fn host(&self) -> &str {
        shown(&self.accounts)
    }

    /// The first address that differs, here and there; `None` when all are the same.
    pub fn difference<'a>(&'a self, other: &'a Self) -> Option<(&'a str, &'a str)> {
        let pairs = [(&self.accounts, &other.accounts), (&self.api, &other.api), (&self.cliq, &other.cliq)];
        pairs.into_iter().find(|(one, other)| one != other).map(|(one, other)| (shown(one), shown(other)))
    }

    /// Whether each is an origin that a region may have; a file from outside may say anything.
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

/// A secure origin by its host alone; plain `http` is shown as what it is.
pub(super) fn shown(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap_or(origin)
}
