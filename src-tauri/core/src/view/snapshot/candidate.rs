//! A candidate as the page shows it.

use serde::Serialize;
use zoho_oauth::client::OrganisationId;
use zoho_oauth::probe::Identity;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Scopes;

use crate::domain::draft::CandidateSource;
use crate::domain::problem::Problem;
use crate::domain::standing::TestResult;
use crate::view::action::Action;

/// The source of a token's permissions.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GrantedBy {
    /// Zoho named the permissions, or they are the requested ones.
    Zoho,
    /// The user chose them here: the token is an existing one, whose permissions Zoho did not name.
    Choice,
}

/// A note on a candidate, for the user to know before keeping it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Note {
    /// What it says.
    pub problem: Problem,
    /// What its button does; `None` when it is only for information.
    pub action: Option<Action>,
}

/// The tokens of a sign-in, before the user keeps them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    /// The proposed name of the connection.
    pub name: String,
    /// The region that issued the tokens.
    pub region: RegionCode,
    /// The accounts server of a region that the user added.
    pub host: Option<String>,
    /// Whether that region differs from the client's.
    pub elsewhere: bool,
    /// The account; `None` until it is known.
    pub identity: Option<Identity>,
    /// Why the account is unknown.
    pub identity_problem: Option<Problem>,
    /// The account of the replaced connection, if it differs.
    pub was: Option<Identity>,
    /// The granted scopes.
    pub granted: Scopes,
    /// The source of the granted scopes.
    pub granted_by: GrantedBy,
    /// The scopes that were requested and not granted.
    pub missing: Scopes,
    /// The result of the test call; `None` until it ends.
    pub tested: Option<TestResult>,
    /// Notes, such as a missing refresh token or an odd lifetime.
    pub notes: Vec<Note>,
    /// Whether it has a refresh token.
    pub lasts: bool,
    /// The source of its tokens.
    pub source: CandidateSource,
    /// The organisation of a client's own token; `None` for an account's.
    pub organisation: Option<OrganisationId>,
    /// Whether the test call is in flight.
    pub testing: bool,
    /// Why it is not saved, so that it lasts only for this run.
    pub unsaved: Option<Problem>,
}
