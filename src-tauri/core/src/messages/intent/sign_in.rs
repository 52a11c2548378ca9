//! What the user asks while they sign in.

use secrecy::SecretString;
use serde::Deserialize;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;

use crate::domain::connection::ConnectionId;
use crate::domain::fields::{FormField, PasteField, ZohoPage};
use crate::domain::step::Step;

use super::TypedText;

/// What the user asks while they sign in.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SignInIntent {
    /// Begin or go on with the wizard.
    Start,
    /// Open the console of the Zoho inside the app.
    OpenPractice,
    /// To the cards; the draft is kept.
    GoHome,
    /// To a connection's page.
    Open { id: ConnectionId },
    /// To another step of the wizard; those ahead of what is filled in are not reached.
    GoTo { step: Step },
    /// To the next step.
    Next,
    /// To the step before.
    Back,
    /// Throw the draft away.
    ForgetDraft,
    /// This data centre.
    ChooseRegion { region: RegionCode },
    /// The type of client the user has, or wants to make.
    ChooseClientType { client_type: ClientType },
    /// Take what a file of the user's holds.
    OpenFile,
    /// Tell the data centre from what stands in the address bar.
    GuessRegion { address: String },
    /// Copy a value for Zoho's form.
    CopyForForm { field: FormField },
    /// The client has this redirect URI and not Keyfob's; an empty one takes it back.
    UseRedirectUri {
        #[cfg_attr(test, ts(type = "string"))]
        address: TypedText,
    },
    /// Open Zoho's console in the browser.
    OpenConsole,
    /// Open Zoho's page of the programs that have access.
    OpenConnectedApps,
    /// The client id, as typed.
    TypeClientId { text: String },
    /// The client secret, as typed; it never comes back.
    TypeClientSecret {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// The client secret of another data centre, as typed; an empty one takes it away.
    TypeSecretFor {
        region: RegionCode,
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// The same, from the clipboard.
    PasteSecretFor { region: RegionCode },
    /// Take a field's value from the clipboard.
    Paste { field: PasteField },
    /// A job, wanted or not.
    ChooseTask { task: String, on: bool },
    /// A scope, wanted or not; also one the list does not have.
    ChooseScope {
        #[cfg_attr(test, ts(type = "string"))]
        scope: TypedText,
        on: bool,
    },
    /// Ask for a refresh token too, or for an hour only.
    KeepAccess { on: bool },
    /// Open the browser for the approval. `anyway`: also when the redirect did not pass its check.
    SignIn { anyway: bool },
    /// Open the browser although Zoho then ends the oldest of the sign-ins it keeps.
    RetireOldest,
    /// Open the same address again.
    OpenAgain,
    /// Copy the address, for another browser.
    CopyLink,
    /// Copy the short code to type at Zoho.
    CopyUserCode,
    /// The permissions were added on Zoho's page: look whether they are there.
    HaveAdded,
    /// The address Zoho came back with, pasted by hand.
    PasteAddress {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// What the browser shows instead of a way back: it ends the attempt, for no answer can come of it.
    Saw { page: ZohoPage },
    /// Ask every other region whether it knows the client: each is sent its id and secret, and no token.
    AskOtherRegions,
    /// Asks one region that the user added whether it knows the draft's client; nothing else asks it that.
    AskRegion { region: RegionCode },
    /// Ask no more of them.
    StopAsking,
    /// Sign in at this region instead, which knows the client.
    SwitchRegion { region: RegionCode },
    /// A code from Zoho's console, for a Self Client.
    PasteCode {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// A refresh token that the user already has for this client.
    UseRefreshToken {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// Get a token for this organisation with the client alone.
    UseClientCredentials {
        #[cfg_attr(test, ts(type = "string"))]
        organisation: TypedText,
    },
    /// How many minutes the console was told that a code lives.
    ChooseLifetime { minutes: u8 },
    /// Copy the permissions the way Zoho's console takes them.
    CopyScopes,
    /// Stop waiting.
    CancelConsent,
    /// Ask again whose token it is, and test it again.
    CheckAgain,
    /// Yes, this is me: keep it, under this name.
    Keep { name: String },
    /// No: revoke it and go back.
    NotMe,
    /// Through the browser again, for the same registration.
    SignInAgain { id: ConnectionId },
    /// Through the browser again, for more than it may do now.
    AddPermissions { id: ConnectionId },
    /// Open the sealed file with this.
    OpenSealed {
        #[cfg_attr(test, ts(type = "string"))]
        passphrase: SecretString,
    },
    /// Take what the file offers.
    TakeOffer,
    /// Leave it.
    LeaveOffer,
}
