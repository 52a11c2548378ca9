//! Which regions were asked about a client, and what they said.

use std::collections::BTreeMap;

use zoho_oauth::client::Client;
use zoho_oauth::region::RegionCode;

use crate::domain::draft::RegionSaid;

/// The regions asked about one client.
#[derive(Debug)]
pub(in crate::machine) struct Search {
    pub(super) client: Client,
    pub(super) said: BTreeMap<RegionCode, RegionSaid>,
}

impl Search {
    /// Whether this region is being asked, or will be without another press.
    pub(in crate::machine) fn awaits(&self, code: &RegionCode) -> bool {
        matches!(self.said.get(code), Some(RegionSaid::Waiting | RegionSaid::Asking))
    }
}
