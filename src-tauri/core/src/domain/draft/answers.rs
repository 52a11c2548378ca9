//! The results of the user's input, shown beside the fields.

use serde::Serialize;
use zoho_oauth::region::RegionCode;

use crate::domain::credential_hints::Hint;
use crate::domain::fields::PasteField;
use crate::domain::problem::Problem;
use crate::domain::quota::ClientKey;
use crate::domain::redirect_refused::RedirectRefused;
use crate::domain::typed_scopes::ScopeRefused;

/// The results of the user's input, shown beside the fields; never saved.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) guess: Option<Guess>,
    pub(crate) region_refused: Option<Problem>,
    /// The port that was free when the redirect was last checked.
    pub(crate) port: Option<u16>,
    /// Why the typed redirect URI was rejected.
    pub(crate) redirect_refused: Option<RedirectRefused>,
    /// What the rejected organisation number looks like.
    pub(crate) organisation_refused: Option<Hint>,
    pub(crate) scope_refused: Option<ScopeRefused>,
    pub(crate) paste_refused: Option<PasteRefused>,
    /// Adding permissions was already tried; the next sign-in asks for all of them.
    pub(crate) asks_for_all: bool,
    /// A callback without a `state` has already triggered this attempt's only refresh.
    pub(crate) looked: bool,
    /// The client whose oldest sign-in the user allows one more to end.
    pub(crate) may_retire: Option<ClientKey>,
}

/// What the address bar's content says about the region.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Guess {
    /// The region; `None` when the address is not one of Zoho's.
    pub region: Option<RegionCode>,
}

/// Another region, and whether it knows the client.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OtherRegion {
    /// Which.
    pub region: RegionCode,
    /// The accounts server of a region that the user added, which is asked by a separate button. `None` for Zoho's own.
    pub host: Option<String>,
    /// What it said.
    pub said: RegionSaid,
}

/// What a region said about a client.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RegionSaid {
    /// It was not asked.
    NotAsked,
    /// Others are asked first.
    Waiting,
    /// It is being asked.
    Asking,
    /// It knows the client.
    Knows,
    /// It does not know the client.
    DoesNotKnow,
    /// There was no response, or an inconclusive one.
    NotTold,
}

/// A clipboard text that was not accepted into a field. The text itself is not kept.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PasteRefused {
    /// The field.
    pub field: PasteField,
    /// The data centre, for a secret of one data centre only.
    pub region: Option<RegionCode>,
    /// What the text looks like.
    pub hint: Hint,
}
