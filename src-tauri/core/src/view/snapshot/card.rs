//! A connection, as it is shown.

use serde::Serialize;
use zoho_oauth::client::OrganisationId;
use zoho_oauth::probe::Identity;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Scopes;

use super::Masked;
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::FileFormat;
use crate::domain::problem::Problem;
use crate::domain::script_access::ScriptAccess;
use crate::domain::standing::{ScopeProbe, Standing, TestResult};
use crate::view::action::Action;

/// A connection on the home screen and on its page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the page shows")]
pub struct Card {
    /// Its number.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// Where it was approved.
    pub region: RegionCode,
    /// The accounts server its tokens are sent to, where the region is one the user added.
    pub host: Option<String>,
    /// Whose it is.
    pub identity: Option<Identity>,
    /// The client id; not a secret.
    pub client_id: String,
    /// The access token's last four characters.
    pub access: Masked,
    /// The refresh token's; `None` when there is none.
    pub refresh: Option<Masked>,
    /// The organisation that it stands for; `None` when it stands for an account.
    pub organisation: Option<OrganisationId>,
    /// Whether another access token can be had without a user.
    pub renews: bool,
    /// Whether the registration has a client secret.
    pub has_secret: bool,
    /// What Zoho granted.
    pub granted: Scopes,
    /// What was asked for and not granted.
    pub missing: Scopes,
    /// It is refreshed by itself, unless that is paused for all.
    pub keep_fresh: bool,
    /// Whether programs may have its token.
    pub scripts: ScriptAccess,
    /// The file that is kept up to date with its token.
    pub live_file: Option<LiveFile>,
    /// How it stands.
    pub standing: Standing,
    /// What the user can do about that; `None` when nothing is in the way.
    pub action: Option<Action>,
    /// The access token's end.
    pub expires_at: Moment,
    /// When Keyfob refreshes it; `None` when it never does.
    pub refreshes_at: Option<Moment>,
    /// What is being done with it.
    pub doing: Option<Doing>,
    /// The last test.
    pub tested: Option<TestResult>,
    /// What the user can do about that test's problem.
    pub test_action: Option<Action>,
    /// What each granted permission showed when it was tried; only while the connection's own page is shown.
    pub probes: Vec<ScopeProbe>,
    /// The Zoho inside the app issued it: it ends when Keyfob quits.
    pub practice: bool,
}

/// A file that is kept up to date.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LiveFile {
    /// Where it is.
    pub path: String,
    /// In which form.
    pub format: FileFormat,
    /// When it was last written; nothing before the first time.
    pub written_at: Option<Moment>,
    /// Why the last writing failed.
    pub problem: Option<Problem>,
    /// What the user can do about that.
    pub action: Option<Action>,
    /// It is being written.
    pub writing: bool,
}

/// Work under way for a connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Doing {
    /// Asking for a new access token.
    Refreshing,
    /// Making the test call.
    Testing,
    /// Trying its permissions, one by one.
    Probing,
    /// Asking Zoho to revoke.
    Revoking,
}
