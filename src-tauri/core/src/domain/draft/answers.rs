//! What was answered to a try and is shown beside its field.

use serde::Serialize;
use zoho_oauth::region::RegionCode;

use crate::domain::credential_hints::Hint;
use crate::domain::fields::PasteField;
use crate::domain::problem::Problem;
use crate::domain::quota::ClientKey;
use crate::domain::redirect_refused::RedirectRefused;
use crate::domain::typed_scopes::ScopeRefused;

/// What was answered to a try and is shown beside its field; never kept.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) guess: Option<Guess>,
    pub(crate) region_refused: Option<Problem>,
    /// The port that was free when the redirect was last checked.
    pub(crate) port: Option<u16>,
    /// What was typed in the place of the client's redirect URI.
    pub(crate) redirect_refused: Option<RedirectRefused>,
    /// What was typed in the place of the organisation's number.
    pub(crate) organisation_refused: Option<Hint>,
    pub(crate) scope_refused: Option<ScopeRefused>,
    pub(crate) paste_refused: Option<PasteRefused>,
    /// Adding permissions was tried; the next sign-in asks for all of them.
    pub(crate) asks_for_all: bool,
    /// A callback without a `state` has caused this attempt's one refresh.
    pub(crate) looked: bool,
    /// The client whose oldest sign-in may be ended for one more.
    pub(crate) may_retire: Option<ClientKey>,
}

/// What an address bar told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Guess {
    /// The region; `None` when the address is no Zoho's.
    pub region: Option<RegionCode>,
}

/// Another region, and whether it knows the client.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OtherRegion {
    /// Which.
    pub region: RegionCode,
    /// Its accounts server, where it is one the user added: it is asked by a press of its own. `None` for Zoho's own.
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
    /// It does not.
    DoesNotKnow,
    /// No answer came, or one that tells neither.
    NotTold,
}

/// A text on the clipboard that was not taken into a field. The text itself is not kept.
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
