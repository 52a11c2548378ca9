//! A connection, as it is shown.

use serde::Serialize;

use super::Masked;
use crate::Moment;
use crate::cliq::{Identity, Proof};
use crate::connection::ConnectionId;
use crate::export::FileFormat;
use crate::problem::Problem;
use crate::region::RegionCode;
use crate::registration::OrganisationId;
use crate::scope::{Scope, Scopes};
use crate::script::ScriptAccess;

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
    /// The accounts server its tokens are sent to, where the region is one a person added.
    pub host: Option<String>,
    /// Whose it is.
    pub identity: Option<Identity>,
    /// The client id; not a secret.
    pub client_id: String,
    /// The access token's last four characters.
    pub access: Masked,
    /// The refresh token's; nothing where there is none.
    pub refresh: Option<Masked>,
    /// The organisation that it stands for; nothing where it stands for an account.
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
    /// The access token's end.
    pub expires_at: Moment,
    /// When it refreshes by itself; nothing when it will not.
    pub refreshes_at: Option<Moment>,
    /// What is being done with it.
    pub doing: Option<Doing>,
    /// The last test.
    pub tested: Option<TestResult>,
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
    /// It is being written.
    pub writing: bool,
}

/// How a connection stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Standing {
    /// The access token is good.
    Fresh,
    /// It is about to be refreshed.
    Due,
    /// Its hour is nearly or wholly over, and it is refreshed only when a token is asked for.
    Resting,
    /// It has no refresh token and its hour is over.
    Ended,
    /// Something is in the way; it is tried again.
    Waiting { problem: Problem, again_at: Moment },
    /// A person is needed.
    NeedsYou { problem: Problem },
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

/// A granted permission, and what its harmless read showed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScopeProbe {
    /// As Zoho spells it.
    pub scope: Scope,
    /// How far it was tried.
    pub probed: Probed,
}

/// How far a permission was tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Probed {
    /// Nothing harmless needs it.
    NoRead,
    /// Not in this run.
    NotYet,
    /// Others are tried first.
    Waiting,
    /// The call is under way.
    Running,
    /// The call was made, or held back.
    Told { result: TestResult },
}

/// What a test call showed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// When.
    pub at: Moment,
    /// What it proved, or nothing.
    pub proof: Option<Proof>,
    /// What went wrong, or nothing.
    pub problem: Option<Problem>,
}
