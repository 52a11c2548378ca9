//! The wizard's draft, as it is shown.

use serde::Serialize;
use zoho_oauth::client::{ClientType, OrganisationId};
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::{Scope, Scopes};

use super::{Candidate, Masked, Meter, Step};
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
pub struct Draft {
    /// How far the user may go.
    pub furthest: Step,
    /// The connection this signs in again, if it does.
    pub replaces: Option<ConnectionId>,
    /// What that connection may do now and would lose by what is chosen here.
    pub gives_up: Scopes,
    /// The region chosen.
    pub region: Option<RegionCode>,
    /// Its accounts server, where it is one the user added.
    pub host: Option<String>,
    /// What the address bar told, when asked.
    pub guess: Option<Guess>,
    /// Why the typed region was not added.
    pub region_problem: Option<Problem>,
    /// Zoho's client type.
    pub client_type: ClientType,
    /// How the answer of such a client returns.
    pub redirect_method: RedirectMethod,
    /// The redirect URI that the client has; `None` when that is Keyfob's.
    pub own_redirect: Option<String>,
    /// What was typed as one and is none.
    pub redirect_refused: Option<RedirectRefused>,
    /// What to type into Zoho's form.
    pub form: ZohoForm,
    /// Where the answer of the pending consent goes, or of one that would begin now; none where nothing is sent back.
    pub redirect_uri: Option<String>,
    /// The client id as it stands.
    pub client_id: String,
    /// The secret's last four characters, once it is there.
    pub client_secret: Option<Masked>,
    /// The secrets of other data centres, masked.
    pub secrets_elsewhere: Vec<SecretElsewhere>,
    /// What the two look like.
    pub hints: Hints,
    /// Why the clipboard's text was not taken into a field.
    pub paste_refused: Option<PasteRefused>,
    /// The jobs, with those chosen.
    pub tasks: Vec<TaskChoice>,
    /// The listed scopes, with those chosen; then those the user added.
    pub scopes: Vec<ScopeChoice>,
    /// Why a typed scope was not taken.
    pub scope_refused: Option<ScopeRefused>,
    /// Zoho is asked for what is new only, and the tokens that are there stay.
    pub adds: bool,
    /// A refresh token too.
    pub keep_access: bool,
    /// What is left of the client's limits; `None` when nothing is spent yet.
    pub meters: Vec<Meter>,
    /// The permissions the way Zoho's console takes them.
    pub asked: String,
    /// How many minutes a code made in the console lives, of the choices there are.
    pub lifetime: u8,
    /// The organisation that a token was last asked for without a user.
    pub organisation: Option<OrganisationId>,
    /// What was typed as its number and is none.
    pub organisation_refused: Option<Hint>,
    /// Chosen permissions that Cliq is not known to honour without a user.
    pub unproven_without_user: Scopes,
    /// A code made in the console that waits to be used.
    pub console_code: Option<CodeShown>,
    /// The approval.
    pub approval: Approval,
    /// The last attempt showed that no answer can come back this way; one to a client of another type may.
    pub redirect_closed: bool,
    /// Where the region does not know the client, what the others say; none where they are not to be asked.
    pub other_regions: Vec<OtherRegion>,
    /// What came of it, to be confirmed.
    pub candidate: Option<Candidate>,
    /// The connection just kept, at the last step.
    pub kept: Option<ConnectionId>,
}

/// A secret for one data centre only.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SecretElsewhere {
    /// Whose.
    pub region: RegionCode,
    /// Its last four characters.
    pub secret: Masked,
}

/// The values for Zoho's registration form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ZohoForm {
    /// "Client Name".
    pub name: String,
    /// "Homepage URL".
    pub homepage: String,
    /// "Authorized Redirect URIs"; none where Zoho asks for none.
    pub redirect_uris: Vec<String>,
}

/// A job to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TaskChoice {
    /// Its words are found by this.
    pub id: String,
    /// What it needs.
    pub scopes: Vec<String>,
    /// How far it reaches.
    pub risk: crate::domain::tasks::Risk,
    /// Chosen: each of its scopes is.
    pub on: bool,
}

/// A scope to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScopeChoice {
    /// As Zoho spells it.
    pub scope: Scope,
    /// Chosen.
    pub on: bool,
    /// Always asked for.
    pub fixed: bool,
    /// Whether Keyfob knows it; one it does not know may be real all the same.
    pub known: bool,
}

/// How the approval stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Approval {
    /// Nothing is under way; the last attempt's problem, if there was one, what its button does, and other ways to continue.
    Ready { problem: Option<Problem>, action: Option<Action>, ways_round: Vec<PreparedIntent> },
    /// The redirect and the keyring are being checked.
    Checking,
    /// The browser is open. `by_hand`: the address has to be pasted.
    Waiting { began: Moment, ends: Moment, problem: Option<Problem>, action: Option<Action>, by_hand: bool },
    /// The code came back and is being exchanged.
    Exchanging,
    /// Zoho is asked for a code to type.
    AskingForCode,
    /// The code to type is there.
    Device(Device),
    /// Zoho is asked for a token with what the user already has: a refresh token, or the client alone.
    AskingForToken,
}

/// A code to type in any browser, and how the asking goes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// What to type.
    pub user_code: String,
    /// Where to.
    pub page: String,
    /// The way there for a telephone.
    pub qr: Option<Qr>,
    /// When the code was given.
    pub began: Moment,
    /// When it ends.
    pub ends: Moment,
    /// When Zoho was last asked whether it was typed; nothing before the first time.
    pub asked_at: Option<Moment>,
    /// When it is asked again; nothing while an answer is awaited.
    pub asks_at: Option<Moment>,
    /// Where it is asked.
    pub region: RegionCode,
    /// Why the last question was not answered.
    pub problem: Option<Problem>,
    /// What the user can do about that; `None` where Keyfob asks again and that is enough.
    pub action: Option<Action>,
}

/// A code that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CodeShown {
    /// Its last four characters.
    pub code: Masked,
    /// When it came.
    pub began: Moment,
    /// When it is over.
    pub ends: Moment,
}
