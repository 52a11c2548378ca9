//! What the user asks of Keyfob as a whole.

use serde::Deserialize;

use crate::domain::connection::ConnectionId;
use crate::domain::custom_regions::RegionForm;
use crate::domain::report_place::ReportAbout;
use crate::domain::settings::OnClose;

/// What the user asks of Keyfob as a whole.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum AppIntent {
    /// Take a notice off the screen.
    Dismiss { notice: u32 },
    /// From now on closing the window does this; where it was just closed, it does it now.
    ChooseOnClose { on_close: OnClose },
    /// Rather leave the window open, and Keyfob running.
    StayOpen,
    /// Pause automatic refreshing, or resume it.
    PauseRefreshing { on: bool },
    /// Start Keyfob at login, out of sight; or not any more.
    StartAtLogin { on: bool },
    /// End Keyfob; where something could not be saved, that is asked about first.
    Quit,
    /// End it all the same, and lose what could not be saved.
    QuitUnsaved,
    /// Begin the wizard with the Zoho inside the app.
    Practise,
    /// Add a data centre of one's own; the user confirms its servers.
    AddRegion { form: RegionForm },
    /// Another name.
    Rename { id: ConnectionId, name: String },
    /// Copy the key that colleagues may seal to.
    CopyOwnKey,
    /// Copy a report of the problem that is shown there.
    CopyReport { about: ReportAbout },
}
