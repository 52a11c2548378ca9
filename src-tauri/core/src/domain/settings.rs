//! What the user chose for Keyfob as a whole, kept with everything else.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::standing::Standing;

/// The choices.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// What closing the window does; nothing until it was asked once.
    pub on_close: Option<OnClose>,
    /// No token is refreshed by itself.
    pub paused: bool,
}

impl Settings {
    /// Whether a connection is refreshed without a user asking.
    pub(crate) fn keeps_fresh(self, connection: &Connection) -> bool {
        connection.keep_fresh && !self.paused
    }

    /// How a connection stands. What nobody keeps fresh is not about to be refreshed.
    pub(crate) fn standing(self, connection: &Connection, now: Moment) -> Standing {
        match connection.standing(now) {
            Standing::Due if !self.keeps_fresh(connection) => Standing::Resting,
            standing => standing,
        }
    }
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum OnClose {
    /// Keyfob goes on without its window and keeps tokens fresh.
    Stay,
    /// Keyfob quits.
    Quit,
}

/// What the question about closing needs to know.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Closing {
    /// The desktop shows Keyfob's icon.
    pub tray: bool,
}
