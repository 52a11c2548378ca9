//! Intents about Keyfob as a whole.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::custom_regions::RegionForm;
use crate::domain::report_place::ReportAbout;
use crate::domain::settings::OnClose;

/// An intent about Keyfob as a whole.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum AppIntent {
    /// Dismiss a notice.
    Dismiss { notice: u32 },
    /// Choose what closing the window does from now on; applies immediately to a close that waits for the choice.
    ChooseOnClose { on_close: OnClose },
    /// Keep the window open, and Keyfob running.
    StayOpen,
    /// Pause automatic refreshing, or resume it.
    PauseRefreshing { on: bool },
    /// Start Keyfob hidden at login, or stop doing so.
    StartAtLogin { on: bool },
    /// Quit Keyfob; asks first when something could not be saved.
    Quit,
    /// Quit anyway, and lose what could not be saved.
    QuitUnsaved,
    /// Start the wizard with Practice, the Zoho inside the app.
    Practise,
    /// Add a custom region; the user confirms its servers.
    AddRegion { form: RegionForm },
    /// Rename a connection.
    Rename { id: ConnectionId, name: String },
    /// Copy the public key that colleagues may seal to.
    CopyOwnKey,
    /// Copy a report of the problem shown in this place.
    CopyReport { about: ReportAbout },
}
