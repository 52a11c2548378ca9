//! What a connection may be called.

use zoho_oauth::region::{RegionCode, Regions};
use zoho_oauth::text::is_invisible;

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::connections::Connections;
use crate::domain::draft::Draft;

/// The longest name of a connection, in characters.
const LONGEST_NAME: usize = 60;

/// What a connection in a region is called until the user names it.
pub(crate) fn proposed_name(regions: &Regions, code: &RegionCode) -> String {
    format!("Cliq {}", regions.find(code).map_or(code.as_str(), |region| &region.name))
}

impl Draft {
    /// What its connection is called until the user names it: as a colleague calls it, where one handed it on.
    pub(crate) fn proposed_name(&self, regions: &Regions, code: &RegionCode) -> String {
        if self.name.is_empty() { proposed_name(regions, code) } else { self.name.clone() }
    }
}

impl Connections {
    /// The connection that is meant: by its name as it is, else in small and large letters, else by its number after a `#`.
    pub(crate) fn named(&self, name: &str) -> Option<&Connection> {
        let all = || self.values();
        let alike = |c: &&Connection| c.name.to_lowercase() == name.to_lowercase();
        let numbered = name.strip_prefix('#').and_then(|number| number.parse().ok());
        all().find(|c| c.name == name).or_else(|| all().find(alike)).or_else(|| self.get(&ConnectionId(numbered?)))
    }

    /// A name fit to be shown that no other connection has; `None` when it is empty.
    pub(crate) fn free_name(&self, wanted: &str, of: Option<ConnectionId>) -> Option<String> {
        let seen: String =
            wanted.chars().filter(|c| c.is_whitespace() || !c.is_control() && !is_invisible(*c)).collect();
        let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = words.chars().take(LONGEST_NAME).collect();
        let tidy = cut.trim_end().to_owned();
        let taken = |name: &str| self.values().any(|c| Some(c.id) != of && c.name == name);
        let numbered = (2..).map(|n| format!("{tidy} {n}"));
        let free = std::iter::once(tidy.clone()).chain(numbered).find(|name| !taken(name));
        free.filter(|_| !tidy.is_empty())
    }
}
