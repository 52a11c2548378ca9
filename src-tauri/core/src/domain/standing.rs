//! How a connection stands, and what its test calls showed.

use serde::Serialize;
use zoho_oauth::probe::Proof;
use zoho_oauth::scope::Scope;

use crate::Moment;
use crate::domain::problem::Problem;

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
    /// Zoho's limit on access tokens is reached. Keyfob asks for the next one at this time.
    HeldBack { again_at: Moment },
    /// Something is in the way; it is tried again.
    Waiting { problem: Problem, again_at: Moment },
    /// The user is needed.
    NeedsYou { problem: Problem },
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
