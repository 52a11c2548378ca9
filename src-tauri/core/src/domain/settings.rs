//! What a person chose for Keyfob as a whole, kept with everything else.

use serde::{Deserialize, Serialize};

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
