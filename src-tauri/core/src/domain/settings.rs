//! The user's settings for Keyfob as a whole, stored in the vault.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::standing::Standing;

/// The settings.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// What closing the window does; `None` until the user was asked.
    pub on_close: Option<OnClose>,
    /// Whether automatic refreshing is paused.
    pub paused: bool,
}

impl Settings {
    /// Whether a connection is refreshed automatically.
    pub(crate) fn keeps_fresh(self, connection: &Connection) -> bool {
        connection.keep_fresh && !self.paused
    }

    /// A connection's state. One that is not refreshed automatically is [`Standing::Resting`] instead of due.
    pub(crate) fn standing(self, connection: &Connection, now: Moment) -> Standing {
        match connection.standing(now) {
            Standing::Due if !self.keeps_fresh(connection) => Standing::Resting,
            standing @ (Standing::Fresh
            | Standing::Due
            | Standing::Resting
            | Standing::Ended
            | Standing::HeldBack { .. }
            | Standing::Waiting { .. }
            | Standing::NeedsYou { .. }) => standing,
        }
    }
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum OnClose {
    /// Keyfob keeps running without its window, and keeps tokens fresh.
    Stay,
    /// Keyfob quits.
    Quit,
}

/// What the dialog about closing the window needs to know.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Closing {
    /// Whether the desktop shows Keyfob's tray icon.
    pub tray: bool,
}
