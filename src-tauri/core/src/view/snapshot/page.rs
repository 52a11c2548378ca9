//! What only a connection's own page shows.

use serde::Serialize;

use crate::Moment;
use crate::domain::activity::Entry;
use crate::domain::connection::ConnectionId;
use crate::domain::quota::Totals;

/// The open page of a connection, besides its card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The connection's number.
    pub id: ConnectionId,
    /// The command with which a script gets the access token.
    pub command: String,
    /// The use of Zoho's limits, as far as Keyfob knows.
    pub meters: Vec<Meter>,
    /// All that Keyfob has ever spent with this client.
    pub totals: Totals,
    /// The latest entries, newest first.
    pub activity: Vec<Entry>,
    /// The number of older entries.
    pub older: u32,
}

/// The use of a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// The limited quantity.
    pub what: Metered,
    /// How much is used.
    pub used: u32,
    /// The limit.
    pub most: u32,
    /// How near the limit is.
    pub level: Level,
    /// When the next is free, if none is now and waiting helps.
    pub free_at: Option<Moment>,
}

/// A quantity that Zoho limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Metered {
    /// Sign-ins that Zoho keeps: a user's refresh tokens for a client.
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
