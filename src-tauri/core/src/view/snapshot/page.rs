//! What only a connection's own page shows.

use serde::Serialize;

use crate::Moment;
use crate::domain::activity::Entry;
use crate::domain::connection::ConnectionId;
use crate::domain::quota::Totals;

/// The page that is open, beside its card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The connection's number.
    pub id: ConnectionId,
    /// What a script runs to be given the access token.
    pub command: String,
    /// How much of Zoho's limits is spent, as far as Keyfob knows.
    pub meters: Vec<Meter>,
    /// All that Keyfob ever spent with this client.
    pub totals: Totals,
    /// What happened last, the newest first.
    pub activity: Vec<Entry>,
    /// How many older entries there are.
    pub older: u32,
}

/// So much of a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// Of which.
    pub what: Metered,
    /// How much is spent.
    pub used: u32,
    /// How much there is.
    pub most: u32,
    /// What that means.
    pub level: Level,
    /// When the next is free, where none is now and time is all it takes.
    pub free_at: Option<Moment>,
}

/// What Zoho limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Metered {
    /// Sign-ins that Zoho keeps: refresh tokens of the user with a client.
    SignIns,
    /// New access tokens in ten minutes.
    AccessTokens,
    /// Approvals in ten minutes.
    Codes,
}

/// How near a limit is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Far.
    Free,
    /// Near.
    Near,
    /// Reached.
    Full,
}
