//! The wizard's draft as the page shows it.

use serde::Serialize;
use zoho_oauth::client::{ClientType, OrganisationId};
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::{Scope, Scopes};

use super::{CandidateView, Masked, Meter, Step};
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::credential_hints::{Hint, Hints};
use crate::domain::draft::{Guess, OtherRegion, PasteRefused};
use crate::domain::problem::Problem;
use crate::domain::redirect_method::RedirectMethod;
use crate::domain::redirect_refused::RedirectRefused;
use crate::domain::typed_scopes::ScopeRefused;
use crate::view::action::{Action, PreparedIntent};
use crate::view::qr::Qr;

/// The wizard's draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// The last step that the user can go to.
    pub furthest: Step,
    /// The connection that the draft signs in again, if any.
    pub replaces: Option<ConnectionId>,
    /// The scopes that this connection has or asked for and would lose by the choices here.
    pub gives_up: Scopes,
    /// The chosen region.
    pub region: Option<RegionCode>,
    /// The accounts server of a region that the user added.
    pub host: Option<String>,
    /// The region guessed from the address bar, if the user pasted it.
    pub guess: Option<Guess>,
    /// Why the typed region was not added.
    pub region_problem: Option<Problem>,
    /// Zoho's client type.
    pub client_type: ClientType,
    /// How this client's authorization response returns.
    pub redirect_method: RedirectMethod,
    /// The client's own redirect URI; `None` when it uses Keyfob's.
    pub own_redirect: Option<String>,
    /// Why the typed redirect URI was rejected.
    pub redirect_refused: Option<RedirectRefused>,
    /// The values for Zoho's form.
    pub form: ZohoForm,
    /// The redirect URI of the pending authorization request, or of one that would begin now; `None` if it has none.
    pub redirect_uri: Option<String>,
    /// The client ID as entered.
    pub client_id: String,
    /// The client secret, masked, once entered.
    pub client_secret: Option<Masked>,
    /// The secrets of other data centres, masked.
    pub secrets_elsewhere: Vec<SecretElsewhere>,
    /// Hints about the client ID and secret.
    pub hints: Hints,
    /// Why the clipboard's text was not accepted into a field.
    pub paste_refused: Option<PasteRefused>,
    /// The tasks, and which are chosen.
    pub tasks: Vec<TaskChoice>,
    /// The listed scopes, then those the user added, and which are chosen.
    pub scopes: Vec<ScopeChoice>,
    /// Why a typed scope was refused.
    pub scope_refused: Option<ScopeRefused>,
    /// Whether the sign-in only adds permissions, and keeps the existing tokens.
    pub adds: bool,
    /// Whether to request a refresh token.
    pub keep_access: bool,
    /// The client's use of Zoho's limits; empty when nothing is spent yet.
    pub meters: Vec<Meter>,
    /// The requested scopes in the format of Zoho's console.
    pub asked: String,
    /// The lifetime in minutes of a code made in the console; one of the console's choices.
    pub lifetime: u8,
    /// The organisation for which a token without a user was last requested.
    pub organisation: Option<OrganisationId>,
    /// What the rejected organisation number looks like.
    pub organisation_refused: Option<Hint>,
    /// The chosen permissions that Cliq is not known to accept without a user.
    pub unproven_without_user: Scopes,
    /// A code made in the console that is not used yet.
    pub console_code: Option<CodeShown>,
    /// The approval.
    pub approval: ApprovalView,
    /// Whether the last attempt showed that the redirect method does not work; another client type's may.
    pub redirect_closed: bool,
    /// When the region does not know the client, what the others say; empty when they are not to be asked.
    pub other_regions: Vec<OtherRegion>,
    /// The tokens to be confirmed.
    pub candidate: Option<CandidateView>,
    /// The connection just kept, at the last step.
    pub kept: Option<ConnectionId>,
}

/// A client secret for one data centre only.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SecretElsewhere {
    /// The data centre's region.
    pub region: RegionCode,
    /// The secret, masked.
    pub secret: Masked,
}

/// The values for Zoho's client form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ZohoForm {
    /// "Client Name".
    pub name: String,
    /// "Homepage URL".
    pub homepage: String,
    /// "Authorized Redirect URIs"; empty when Zoho asks for none.
    pub redirect_uris: Vec<String>,
}

/// A task to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TaskChoice {
    /// The ID by which the page looks up its text.
    pub id: String,
    /// The scopes it needs.
    pub scopes: Vec<String>,
    /// The harm it could do in the wrong hands.
    pub risk: crate::domain::tasks::Risk,
    /// Whether it is chosen, as all of its scopes are.
    pub on: bool,
}

/// A scope to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScopeChoice {
    /// As Zoho spells it.
    pub scope: Scope,
    /// Whether it is chosen.
    pub on: bool,
    /// Whether it is always requested.
    pub fixed: bool,
    /// Whether Keyfob knows it; an unknown one may still be real.
    pub known: bool,
}

/// The progress of the approval.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ApprovalView {
    /// No attempt is in progress; holds the last attempt's problem, what its button does, and other ways to continue.
    Ready { problem: Option<Problem>, action: Option<Action>, ways_round: Vec<PreparedIntent> },
    /// The redirect and the keyring are being checked.
    Checking,
    /// The browser is open. `by_hand`: the address has to be pasted.
    Waiting { began: Moment, ends: Moment, problem: Option<Problem>, action: Option<Action>, by_hand: bool },
    /// The code is being exchanged.
    Exchanging,
    /// Requesting a device code from Zoho.
    AskingForCode,
    /// A device code is pending.
    Device(DeviceView),
    /// Requesting a token with an existing refresh token, or with the client alone.
    AskingForToken,
}

/// A pending device code, and the progress of polling.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    /// The code to type.
    pub user_code: String,
    /// The page to type it on.
    pub page: String,
    /// A QR code of the page, for a phone.
    pub qr: Option<Qr>,
    /// When the code was issued.
    pub began: Moment,
    /// When it expires.
    pub ends: Moment,
    /// When Zoho was last polled; `None` before the first time.
    pub asked_at: Option<Moment>,
    /// When it is polled next; `None` while a poll is in flight.
    pub asks_at: Option<Moment>,
    /// The region that is polled.
    pub region: RegionCode,
    /// Why the last poll failed.
    pub problem: Option<Problem>,
    /// What the user can do about it; `None` when Keyfob's next poll suffices.
    pub action: Option<Action>,
}

/// A code that is not used yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CodeShown {
    /// The code, masked.
    pub code: Masked,
    /// When it was received.
    pub began: Moment,
    /// When it expires.
    pub ends: Moment,
}
