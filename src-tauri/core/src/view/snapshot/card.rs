//! A connection as the page shows it.

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
    /// The region that issued the tokens.
    pub region: RegionCode,
    /// The accounts server that the tokens are sent to, for a region that the user added.
    pub host: Option<String>,
    /// The account; `None` when unknown.
    pub identity: Option<Identity>,
    /// The client ID, which is not secret.
    pub client_id: String,
    /// The access token, masked.
    pub access: Masked,
    /// The refresh token, masked; `None` when there is none.
    pub refresh: Option<Masked>,
    /// The organisation of a client's own token; `None` for an account's.
    pub organisation: Option<OrganisationId>,
    /// Whether a new access token can be obtained without a user.
    pub renews: bool,
    /// Whether the client has a secret for its region.
    pub has_secret: bool,
    /// The granted scopes.
    pub granted: Scopes,
    /// The scopes that were requested and not granted.
    pub missing: Scopes,
    /// Whether it is refreshed automatically, unless that is paused for all.
    pub keep_fresh: bool,
    /// Whether programs may read its token.
    pub scripts: ScriptAccess,
    /// The file that is kept up to date with its token.
    pub live_file: Option<LiveFileView>,
    /// Its state.
    pub standing: Standing,
    /// What the user can do about the state; `None` when there is no problem.
    pub action: Option<Action>,
    /// When the access token expires.
    pub expires_at: Moment,
    /// When Keyfob refreshes it; `None` when it never does.
    pub refreshes_at: Option<Moment>,
    /// The operation in progress.
    pub doing: Option<Doing>,
    /// The result of the last test call.
    pub tested: Option<TestResult>,
    /// What the user can do about the problem of the test call.
    pub test_action: Option<Action>,
    /// The probe of each granted permission; empty unless the connection's own page is open.
    pub probes: Vec<ScopeProbe>,
    /// Whether it belongs to Practice, so that it ends when Keyfob quits.
    pub practice: bool,
}

/// A live file as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LiveFileView {
    /// Its path.
    pub path: String,
    /// The file format.
    pub format: FileFormat,
    /// When it was last written; `None` before the first time.
    pub written_at: Option<Moment>,
    /// Why the last write failed.
    pub problem: Option<Problem>,
    /// What the user can do about it.
    pub action: Option<Action>,
    /// Whether it is being written.
    pub writing: bool,
}

/// The operation in progress for a connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Doing {
    /// Requesting a new access token.
    Refreshing,
    /// Making the test call.
    Testing,
    /// Probing its permissions, one by one.
    Probing,
    /// Revoking its tokens at Zoho.
    Revoking,
}
