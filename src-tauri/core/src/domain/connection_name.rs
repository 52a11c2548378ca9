//! The names of connections.

use zoho_oauth::region::{RegionCode, Regions};
use zoho_oauth::text::is_invisible;

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::connections::Connections;
use crate::domain::draft::Draft;

/// The longest name of a connection, in characters.
const LONGEST_NAME: usize = 60;

/// The name of a connection in a region until the user renames it.
pub(crate) fn proposed_name(regions: &Regions, code: &RegionCode) -> String {
    format!("Cliq {}", regions.find(code).map_or(code.as_str(), |region| &region.name))
}

impl Draft {
    /// The connection's name until the user renames it: a colleague's name for it, if it came from one.
    pub(crate) fn proposed_name(&self, regions: &Regions, code: &RegionCode) -> String {
        if self.name.is_empty() { proposed_name(regions, code) } else { self.name.clone() }
    }
}

impl Connections {
    /// Finds a connection by its exact name, else ignoring case, else by its number after a `#`.
    pub(crate) fn named(&self, name: &str) -> Option<&Connection> {
        let all = || self.values();
        let alike = |c: &&Connection| c.name.to_lowercase() == name.to_lowercase();
        let numbered = name.strip_prefix('#').and_then(|number| number.parse().ok());
        all().find(|c| c.name == name).or_else(|| all().find(alike)).or_else(|| self.get(&ConnectionId(numbered?)))
    }

    /// A displayable name that no other connection has; `None` when it would be empty.
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
