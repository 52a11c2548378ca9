//! Intents about the sign-in.

use secrecy::SecretString;
use serde::Deserialize;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;

use crate::domain::connection::ConnectionId;
use crate::domain::fields::{FormField, PasteField, ZohoPage};
use crate::domain::step::Step;

use super::TypedText;

/// An intent about the sign-in.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SignInIntent {
    /// Start or continue the wizard.
    Start,
    /// Open the console of Practice, the Zoho inside the app.
    OpenPractice,
    /// Show the cards; the draft is kept.
    GoHome,
    /// Show a connection's page.
    Open { id: ConnectionId },
    /// Go to another step of the wizard, as far as the draft is filled in.
    GoTo { step: Step },
    /// Go to the next step.
    Next,
    /// Go to the previous step.
    Back,
    /// Discard the draft.
    ForgetDraft,
    /// Choose this region.
    ChooseRegion { region: RegionCode },
    /// Choose the type of client that the user has, or is about to register.
    ChooseClientType { client_type: ClientType },
    /// Open a file that the user picks.
    OpenFile,
    /// Guess the region from the address in the browser's address bar.
    GuessRegion { address: String },
    /// Copy a value for Zoho's form.
    CopyForForm { field: FormField },
    /// Use the client's own redirect URI instead of Keyfob's; an empty one restores Keyfob's.
    UseRedirectUri {
        #[cfg_attr(test, ts(type = "string"))]
        address: TypedText,
    },
    /// Open Zoho's console in the browser.
    OpenConsole,
    /// Open Zoho's page of connected apps.
    OpenConnectedApps,
    /// Set the client ID, as typed.
    TypeClientId { text: String },
    /// Set the client secret, as typed; the page never gets it back.
    TypeClientSecret {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// Set the client secret of another region, as typed; an empty one removes it.
    TypeSecretFor {
        region: RegionCode,
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// The same, from the clipboard.
    PasteSecretFor { region: RegionCode },
    /// Take a field's value from the clipboard.
    Paste { field: PasteField },
    /// Choose a task, or drop it.
    ChooseTask { task: String, on: bool },
    /// Choose a scope, or drop it; also one that is not in the list.
    ChooseScope {
        #[cfg_attr(test, ts(type = "string"))]
        scope: TypedText,
        on: bool,
    },
    /// Request a refresh token too, or access for an hour only.
    KeepAccess { on: bool },
    /// Open the browser for the approval. `anyway` skips the check of the redirect.
    SignIn { anyway: bool },
    /// Open the browser although Zoho then ends the oldest of the sign-ins that it keeps.
    RetireOldest,
    /// Open the same address again.
    OpenAgain,
    /// Copy the address, for another browser.
    CopyLink,
    /// Copy the user code to type at Zoho.
    CopyUserCode,
    /// Check for the permissions that the user added on Zoho's page.
    HaveAdded,
    /// Take the address that Zoho redirected to, as the user pasted it.
    PasteAddress {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// Report a page that the browser shows instead of a redirect. It ends the attempt, since no answer can follow.
    Saw { page: ZohoPage },
    /// Ask every other region whether it knows the client: each is sent the client's ID and secret, and no token.
    AskOtherRegions,
    /// Ask one region that the user added whether it knows the draft's client; nothing else asks it that.
    AskRegion { region: RegionCode },
    /// Stop asking regions.
    StopAsking,
    /// Sign in at this region instead, which knows the client.
    SwitchRegion { region: RegionCode },
    /// Use a code from Zoho's console, for a Self Client.
    PasteCode {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// Use a refresh token that the user already has for this client.
    UseRefreshToken {
        #[cfg_attr(test, ts(type = "string"))]
        text: SecretString,
    },
    /// Get a token for this organisation with the client credentials alone.
    UseClientCredentials {
        #[cfg_attr(test, ts(type = "string"))]
        organisation: TypedText,
    },
    /// Set the code lifetime that was chosen in the console, in minutes.
    ChooseLifetime { minutes: u8 },
    /// Copy the permissions in the form that Zoho's console takes.
    CopyScopes,
    /// Cancel the attempt.
    CancelConsent,
    /// Ask Zoho again for the owner of the token, and test it again.
    CheckAgain,
    /// Confirm the account: keep the tokens under this name.
    Keep { name: String },
    /// Reject the account: revoke the tokens and go back.
    NotMe,
    /// Sign in again, for the same registration.
    SignInAgain { id: ConnectionId },
    /// Sign in again, for more permissions.
    AddPermissions { id: ConnectionId },
    /// Open the sealed file with this passphrase.
    OpenSealed {
        #[cfg_attr(test, ts(type = "string"))]
        passphrase: SecretString,
    },
    /// Accept the offer.
    TakeOffer,
    /// Discard the offer.
    LeaveOffer,
}
