//! Scopes: their grammar, what one covers, and the catalogue.
//!
//! Invariant: a scope is sent exactly as the catalogue spells it (`messages` and `Messages` are two resources; Zoho's
//! case rules are unknown). Deliberately absent: descriptions for users.

mod catalogue;
mod read;
mod without_user;

pub use catalogue::{CATALOGUE, IDENTITY, NOT_REAL, OWN_STATUS, Resource};
pub use read::{FIRST_ONLY, Read};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A scope, such as `ZohoCliq.Channels.READ`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct Scope(String);

/// The error for a text that is not a scope: Zoho's scopes are words of letters, digits and underscores joined by dots.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a permission looks like ZohoCliq.Channels.READ")]
pub struct NotAScope;

impl Scope {
    /// Reads one scope. `openid`, `email` and `profile` are scopes without a dot.
    pub fn new(text: &str) -> Result<Self, NotAScope> {
        let text = text.trim();
        let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let dotted = text.split('.').count() >= 2 || matches!(text, "openid" | "email" | "profile");
        if dotted && text.len() <= 100 && text.split('.').all(part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAScope)
        }
    }

    /// The scope as Zoho spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The service it belongs to, such as `ZohoCliq`: the part before the first dot.
    pub fn service(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// Whether a token with this scope may do what `wanted` allows: the same scope, or `.ALL` of the same resource.
    pub fn covers(&self, wanted: &Self) -> bool {
        let all_of = |s: &Self| s.0.strip_suffix(".ALL").map(str::to_owned);
        let resource = wanted.0.rsplit_once('.').map(|(resource, _)| resource);
        self == wanted || all_of(self).as_deref().is_some_and(|mine| Some(mine) == resource)
    }
}

impl TryFrom<String> for Scope {
    type Error = NotAScope;
    fn try_from(text: String) -> Result<Self, NotAScope> {
        Self::new(&text)
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.0
    }
}

impl Resource {
    /// Iterates over its scopes.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.verbs.iter().map(|verb| Scope(format!("{}.{verb}", self.name)))
    }
}

/// Iterates over every scope of the catalogue, in order.
pub fn listed() -> impl Iterator<Item = Scope> {
    CATALOGUE.iter().flat_map(Resource::scopes)
}

/// Whether the catalogue lists this scope.
pub fn is_known(scope: &Scope) -> bool {
    let parts = scope.0.rsplit_once('.');
    parts.is_some_and(|(name, verb)| CATALOGUE.iter().any(|r| r.name == name && r.verbs.contains(&verb)))
}

/// A set of scopes in a stable order.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads the scopes that Zoho granted, separated by spaces (in responses) or commas (in requests). Anything else is
    /// skipped.
    pub fn granted(text: &str) -> Self {
        text.split(|c: char| c.is_whitespace() || c == ',').filter_map(|s| Scope::new(s).ok()).collect()
    }

    /// The form for requests to Zoho: separated by commas, without spaces.
    pub fn asked(&self) -> String {
        self.iter().map(Scope::as_str).collect::<Vec<_>>().join(",")
    }

    /// Adds or removes a scope.
    pub fn set(&mut self, scope: Scope, on: bool) {
        if on {
            self.0.insert(scope);
        } else {
            self.0.remove(&scope);
        }
    }

    /// Returns the services besides Cliq and the account itself; Cliq when there is no other.
    pub fn other_services(&self) -> Vec<String> {
        const OWN: [&str; 6] = ["ZohoCliq", "AaaServer", "Profile", "openid", "email", "profile"];
        let mut services: Vec<String> = self.iter().map(|scope| scope.service().to_owned()).collect();
        services.retain(|service| !OWN.contains(&service.as_str()));
        services.dedup();
        if services.is_empty() { vec![OWN[0].to_owned()] } else { services }
    }

    /// Whether one of the scopes covers `wanted`.
    pub fn allow(&self, wanted: &Scope) -> bool {
        self.iter().any(|held| held.covers(wanted))
    }

    /// Returns the scopes of `asked` that these do not cover.
    #[must_use]
    pub fn missing(&self, asked: &Self) -> Self {
        asked.iter().filter(|s| !self.allow(s)).cloned().collect()
    }

    /// Whether the set contains `scope` itself.
    pub fn has(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// Iterates in order.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.0.iter()
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Self(scopes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests;
