//! Tokens that are not kept yet, as they are shown.

use serde::Serialize;
use zoho_oauth::client::OrganisationId;
use zoho_oauth::probe::Identity;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Scopes;

use crate::domain::draft::CandidateSource;
use crate::domain::problem::Problem;
use crate::domain::standing::TestResult;
use crate::view::action::Action;

/// Who says what a token may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GrantedBy {
    /// Zoho named the permissions, or they are those that it was asked for.
    Zoho,
    /// Nobody: the user already had the token, and the permissions are those that were chosen here.
    Choice,
}

/// Something to know before a candidate is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Note {
    /// What.
    pub problem: Problem,
    /// What its button does; `None` where it is enough to know.
    pub action: Option<Action>,
}

/// What came of a consent, before it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The name it would have.
    pub name: String,
    /// Where it was approved.
    pub region: RegionCode,
    /// Its accounts server, where it is one the user added.
    pub host: Option<String>,
    /// Whether that is another region than the registration's.
    pub elsewhere: bool,
    /// Whose it is; nothing while that is asked.
    pub identity: Option<Identity>,
    /// Why that could not be told.
    pub identity_problem: Option<Problem>,
    /// Another account than the connection it replaces had.
    pub was: Option<Identity>,
    /// What Zoho granted.
    pub granted: Scopes,
    /// Who named them.
    pub granted_by: GrantedBy,
    /// What was asked for and not granted.
    pub missing: Scopes,
    /// The test call; nothing while it runs.
    pub tested: Option<TestResult>,
    /// Things to know before keeping it: an hour only, an odd lifetime.
    pub notes: Vec<Note>,
    /// Whether it has a refresh token.
    pub lasts: bool,
    /// Where its tokens are from.
    pub source: CandidateSource,
    /// The organisation that it stands for; `None` when it stands for an account.
    pub organisation: Option<OrganisationId>,
    /// The test call is under way.
    pub testing: bool,
    /// Not on disk: it holds for this run.
    pub unsaved: Option<Problem>,
}
