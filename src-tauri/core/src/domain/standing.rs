//! A connection's state, and the results of its test calls.

use serde::Serialize;
use zoho_oauth::probe::Proof;
use zoho_oauth::scope::Scope;

use crate::Moment;
use crate::domain::problem::Problem;

/// A connection's state.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Standing {
    /// The access token is valid.
    Fresh,
    /// The access token is about to be refreshed.
    Due,
    /// The access token is about to expire or has expired, and is refreshed only on demand.
    Resting,
    /// The access token has expired and cannot be renewed.
    Ended,
    /// Zoho's limit on access tokens is reached. Keyfob requests the next one at `again_at`.
    HeldBack { again_at: Moment },
    /// The last attempt failed; it is retried at `again_at`.
    Waiting { problem: Problem, again_at: Moment },
    /// The user is needed.
    NeedsYou { problem: Problem },
}

/// A granted permission, and the result of its harmless read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScopeProbe {
    /// As Zoho spells it.
    pub scope: Scope,
    /// The state of its probe.
    pub probed: Probed,
}

/// The state of a permission's probe.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Probed {
    /// No harmless read needs the permission.
    NoRead,
    /// It was not probed in this run.
    NotYet,
    /// It waits for other probes.
    Waiting,
    /// The call is in flight.
    Running,
    /// The call was made, or held back.
    Told { result: TestResult },
}

/// The result of a test call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// When the call ended.
    pub at: Moment,
    /// What it proved, if anything.
    pub proof: Option<Proof>,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
}
