//! What is shown: one picture for the window, free of secrets.
//!
//! Invariant: no field holds a token, a code, a verifier, a passphrase or a client secret; the longest piece of one is
//! the last four characters in [`Masked`]. Deliberately absent: words, which the page has by code.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::cliq::{Identity, Proof};
use crate::connection::ConnectionId;
use crate::export::Shape;
use crate::intent::FormField;
use crate::problem::Problem;
use crate::region::{Region, RegionCode};
use crate::registration::{ClientType, Hints};
use crate::scope::{Scope, Scopes};

/// The whole picture at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// When it was drawn.
    pub now: Moment,
    /// What fills the window.
    pub screen: Screen,
    /// Every connection, by name.
    pub connections: Vec<Card>,
    /// The wizard's draft, also while another screen is shown.
    pub draft: Option<Draft>,
    /// Every region.
    pub regions: Vec<Region>,
    /// What the person should know, whatever the screen.
    pub notices: Vec<Notice>,
    /// What went to the clipboard last, while it is there.
    pub copied: Option<Copied>,
    /// How secrets are kept in this run.
    pub keeping: Keeping,
    /// Links that were ignored: stray, forged or replayed.
    pub strays: u32,
}

/// What fills the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Screen {
    /// The vault is being opened.
    Starting,
    /// The vault is not open.
    Vault { problem: Problem, trying: bool },
    /// Nothing is here yet.
    Welcome,
    /// The wizard, at this step.
    Wizard { step: Step },
    /// The cards.
    Home,
    /// One connection's page.
    Connection { id: ConnectionId },
}

/// The wizard's steps, in order.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Where is your Zoho?
    Region,
    /// Register Keyfob at Zoho.
    Register,
    /// Paste what Zoho gave you.
    Credentials,
    /// What may it do?
    Scopes,
    /// Approve in your browser.
    Approve,
    /// Is this you?
    Confirm,
    /// Use it.
    Use,
}

/// How secrets are kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Keeping {
    /// The vault is not open.
    NotYet,
    /// The OS keyring holds the vault's key.
    Keyring,
    /// A passphrase does.
    Passphrase,
    /// Nothing is kept after this run.
    ThisRun,
}

/// A connection on the home screen and on its page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Its number.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// Where it was approved.
    pub region: RegionCode,
    /// Whose it is.
    pub identity: Option<Identity>,
    /// The client id; not a secret.
    pub client_id: String,
    /// The access token's last four characters.
    pub access: Masked,
    /// The refresh token's; nothing where there is none.
    pub refresh: Option<Masked>,
    /// Whether the registration has a client secret.
    pub has_secret: bool,
    /// What Zoho granted.
    pub granted: Scopes,
    /// What was asked for and not granted.
    pub missing: Scopes,
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
    /// The Zoho inside the app issued it: it ends when Keyfob quits.
    pub practice: bool,
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
    /// Asking Zoho to revoke.
    Revoking,
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

/// The wizard's draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// How far the person may go.
    pub furthest: Step,
    /// The connection this signs in again, if it does.
    pub replaces: Option<ConnectionId>,
    /// The region chosen.
    pub region: Option<RegionCode>,
    /// What the address bar told, when asked.
    pub guess: Option<Guess>,
    /// Why the typed region was not added.
    pub region_problem: Option<Problem>,
    /// Zoho's client type.
    pub client_type: ClientType,
    /// What to type into Zoho's form.
    pub form: ZohoForm,
    /// The client id as it stands.
    pub client_id: String,
    /// The secret's last four characters, once it is there.
    pub client_secret: Option<Masked>,
    /// What the two look like.
    pub hints: Hints,
    /// The jobs, with those chosen.
    pub tasks: Vec<TaskChoice>,
    /// The listed scopes, with those chosen; then those a person added.
    pub scopes: Vec<ScopeChoice>,
    /// Why a typed scope was not taken.
    pub scope_refused: Option<String>,
    /// A refresh token too.
    pub keep_access: bool,
    /// The approval.
    pub approval: Approval,
    /// What came of it, to be confirmed.
    pub candidate: Option<Candidate>,
    /// The connection just kept, at the last step.
    pub kept: Option<ConnectionId>,
}

/// What an address bar told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Guess {
    /// The region; nothing when the address is no Zoho's.
    pub region: Option<RegionCode>,
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
    /// "Authorized Redirect URIs".
    pub redirect_uri: String,
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
    pub risk: crate::scope::Risk,
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
}

/// How the approval stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Approval {
    /// Nothing is under way; the last attempt's problem, if there was one.
    Ready { problem: Option<Problem> },
    /// The way home and the keyring are being proven.
    Checking,
    /// The browser is open.
    Waiting { began: Moment, ends: Moment, problem: Option<Problem> },
    /// The code came back and is being exchanged.
    Exchanging,
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
    /// What was asked for and not granted.
    pub missing: Scopes,
    /// The test call; nothing while it runs.
    pub tested: Option<TestResult>,
    /// Things to know before keeping it: an hour only, an odd lifetime.
    pub notes: Vec<Problem>,
    /// Whether it has a refresh token.
    pub lasts: bool,
    /// Not on disk: it holds for this run.
    pub unsaved: Option<Problem>,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Notice {
    /// To dismiss it by.
    pub id: u32,
    /// What it says.
    pub what: NoticeKind,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum NoticeKind {
    /// Something went wrong.
    Trouble { problem: Problem },
    /// Revoked at Zoho and removed here.
    Revoked { name: String },
    /// Removed here; Zoho did not confirm.
    RemovedHere { name: String },
    /// Zoho did not answer; nothing was removed.
    NotRevoked { id: ConnectionId, name: String, problem: Problem },
    /// A file was written.
    FileSaved { file: String },
}

/// What went to the clipboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// What.
    pub what: CopiedWhat,
    /// When.
    pub at: Moment,
    /// When it is cleared; nothing for what is no secret.
    pub clears_at: Option<Moment>,
}

/// Which button put it there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum CopiedWhat {
    /// A connection's token, in a shape.
    Token { id: ConnectionId, shape: Shape },
    /// A value for Zoho's form.
    Form { field: FormField },
    /// The authorization address.
    Link,
}

/// A secret as it may be shown: dots of a fixed length and the last four characters.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Masks a secret; one too short to lose four characters is dots only.
    pub fn of(secret: &SecretString) -> Self {
        let text = secret.expose_secret();
        let count = text.chars().count();
        let tail: String = if count >= 16 { text.chars().skip(count - 4).collect() } else { String::new() };
        Self(format!("••••{tail}"))
    }
}
