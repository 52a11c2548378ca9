//! What can go wrong, as codes for which the page has the text.
//!
//! Invariant: a `Problem` never holds a secret, and text from outside is truncated before it gets in. Deliberately
//! absent: sentences, which are in the page's message catalogue, in each language.

/// Any of these problems, whatever their fields. A new problem that is in no list does not compile.
macro_rules! any_of {
    ($($problem:ident)+) => { $(Self::$problem { .. })|+ };
}

mod class;
pub(crate) mod disclosure;
mod from_zoho;
mod pasted;
pub(crate) mod remedy;

pub use pasted::PastedProblem;
pub use zoho_oauth::error::Class;

use serde::{Deserialize, Serialize};
use zoho_oauth::region::RegionCode;

use crate::Moment;

/// One thing that went wrong. Two causes are distinct wherever the user should do something different.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Problem {
    // The redirect.
    /// The user pressed Reject, or Zoho had issued too many codes (its code for both is `access_denied`).
    Denied,
    /// Zoho redirected the browser with another error.
    SentBack { error: String },
    /// `no_org`: the account does not use a product that a permission belongs to; `services`: of those permissions.
    NoAccount { services: Vec<String> },
    /// The user did not approve within ten minutes.
    ConsentExpired,
    /// A device code expired, or was used, before the user approved.
    DeviceCodeExpired,
    /// The response names a server outside the region table; nothing was sent to it.
    UnknownRegion { server: String },
    /// The account is in a region that the client secret was not given for, and the user did not confirm it; nothing
    /// was sent.
    RegionNotConfirmed { region: RegionCode, host: String },
    /// A pasted text is not the address that Zoho redirected to.
    NotTheAddress { why: PastedProblem },
    /// A pasted text is not a code from Zoho's console.
    NotTheCode { why: PastedProblem },
    /// A pasted text is not a refresh token.
    NotTheRefreshToken { why: PastedProblem },
    /// `invalid_code` for a refresh with the user's existing token: it was revoked, belongs to another client, or is
    /// not a refresh token.
    RefreshTokenRefused,
    /// A code from Zoho's console was used, or has expired.
    ConsoleCodeOver,
    /// A file holds a client and a code, but another sign-in is not finished.
    SignInPending,
    /// The link scheme is registered to another program, or to none.
    LinkNotOurs { owner: Option<String> },
    /// The browser requested the loopback port with `https`.
    AskedByHttps,
    /// Other programs use the loopback ports.
    PortsBusy { ports: Vec<u16> },
    /// No browser could be started.
    BrowserNotOpened,

    /// Zoho did not understand the address: it was changed by the browser or when it was copied.
    RequestMangled,

    // Zoho's limits, as far as Keyfob has counted.
    /// Zoho's quota of codes is used up.
    TooManyCodes { until: Moment },
    /// Zoho's quota of access tokens is used up, so none was requested. `uncertain`: only if all those whose response
    /// was lost were issued.
    TooManyTokens {
        until: Moment,
        #[serde(default)]
        uncertain: bool,
    },
    /// Zoho keeps this many sign-ins; one more ends the oldest.
    WouldRetire { kept: u32 },

    // Zoho's token endpoint.
    /// `invalid_code` for an exchange: the code was used or has expired.
    CodeSpent,
    /// Keyfob quit while a code was being exchanged: the code is spent, and Zoho may keep a grant that never arrived.
    ExchangeCutOff,
    /// `invalid_client`: this region does not know the client ID.
    ClientUnknown { region: RegionCode },
    /// `invalid_client_secret`.
    SecretWrong,
    /// `invalid_client_secret`, from a region other than the client's own.
    SecretWrongThere { region: RegionCode },
    /// `invalid_client`, from a region other than the client's own: the client is not enabled there.
    MultiDcOff { home: RegionCode, region: RegionCode },
    /// `invalid_redirect_uri`.
    RedirectMismatch { redirect_uri: String },
    /// `missing_org_info`: Zoho does not know the organisation's number, or the client may not act for it.
    OrganisationUnknown,
    /// `invalid_scope`.
    ScopeUnknown,
    /// "too many requests continuously", in any language.
    Throttled { until: Moment },
    /// `invalid_code` for a refresh: the refresh token was revoked, retired or never this client's.
    GrantEnded,
    /// An error code that has no problem of its own; [`Problem::class`] says whether it is final.
    Refused { error: String },
    /// A response with neither an access token nor an error.
    NoToken,
    /// The grant has no refresh token, so it lasts only an hour.
    NoRefreshToken,
    /// The response to a refresh does not name the permissions to add. They may have been added all the same.
    NotAdded,
    /// The lifetime Zoho named was absurd; an hour is assumed.
    OddLifetime,
    /// The response is a web page, or a status by which a proxy or a network requests a sign-in.
    WebPage { host: String },
    /// The response is empty.
    EmptyAnswer { host: String },
    /// The response is malformed or truncated.
    Garbled { host: String },
    /// The response is over 64 KiB.
    TooLong { host: String },

    // The network.
    /// No connection could be made.
    Unreachable { host: String },
    /// A region is at plain http on this computer, where another user's program listens; nothing was sent to it.
    NotThisUsers { host: String },
    /// The request timed out.
    TimedOut { host: String },
    /// The server did not prove its identity: its certificate is not trusted, or its TLS is too old.
    Untrusted { host: String },
    /// The response is a redirect; none is followed.
    Redirected { host: String },
    /// A 5xx response.
    ServerTrouble { host: String, status: u16 },

    // Cliq.
    /// Cliq does not accept the token.
    TokenDead,
    /// Cliq does not even accept a token that Zoho has just issued for the same connection.
    NewTokenDead,
    /// Cliq accepts the token, but not for this call.
    ScopeMissing,
    /// Cliq locked the call for a while.
    CliqBusy { until: Moment },
    /// Cliq answered unexpectedly.
    CliqUnclear { status: u16 },

    // The vault.
    /// No keyring service answers.
    KeyringAbsent,
    /// The keyring is locked.
    KeyringLocked,
    /// The keyring did not answer in time.
    KeyringSlow,
    /// The keyring answered unexpectedly.
    KeyringFaulty,
    /// The vault exists, but its key does not.
    KeyMissing,
    /// The vault's key is protected by a passphrase.
    PassphraseNeeded,
    /// The passphrase does not open the vault.
    PassphraseWrong,
    /// The vault was damaged and set aside.
    VaultDamaged { set_aside: String, recovered: bool },
    /// Keyfob did not write the vault file it found; the file was not used, and was set aside.
    VaultNotAuthentic { set_aside: String, recovered: bool },
    /// The vault in use is older than the copy beside it.
    VaultOlder,
    /// A save found a vault file that was not as Keyfob wrote it; the file was not used, and was set aside.
    VaultChanged { set_aside: String },
    /// A newer Keyfob wrote the vault.
    VaultNewer { version: u32 },
    /// The vault cannot be read.
    VaultUnreadable { reason: String },
    /// Saving failed; the changes last for this run only.
    NotSaved { reason: String },

    // Files and the desktop.
    /// `regions.json` has an error and was not used.
    RegionsFile { line: u32, reason: String },
    /// `regions.json` was not used, since another user can change what is at this path: the file or its folder.
    RegionsFileNotPrivate { path: String },
    /// `regions.json` exists and could not be read.
    RegionsFileNotRead { reason: String },
    /// A `regions.json` that Keyfob had not read, or that had changed since, was set aside when a region was added.
    RegionsFileSetAside { set_aside: String },
    /// The region that the user typed was not added.
    RegionRefused { reason: String },
    /// The region was not added, as its code is in use with other addresses: by `users`, connections by name, or by
    /// something `unfinished`.
    RegionInUse { region: RegionCode, users: Vec<String>, unfinished: bool },
    /// An added region's addresses changed since it was given secrets; nothing was sent to the new ones.
    RegionMoved { region: RegionCode, was: String, now: String },
    /// A file could not be read.
    FileNotRead { reason: String },
    /// A file was read, but is not of a kind that Keyfob knows.
    FileUnknown,
    /// A newer Keyfob wrote the file.
    FileNewer { version: u32 },
    /// A Keyfob file is damaged or was changed.
    FileDamaged,
    /// The file is for a region that is not in the table here.
    FileRegion { region: RegionCode },
    /// The handover has expired.
    HandoverExpired { at: Moment },
    /// The passphrase does not open the handover.
    HandoverLocked,
    /// The handover is sealed to another user's key.
    HandoverNotForYou,
    /// The handover was made for a server other than this region's here; `made_for`: which one, if it says so.
    HandoverElsewhere { region: RegionCode, made_for: Option<String>, here: String },
    /// The handover holds the tokens of a connection that already exists here.
    HandoverHere { name: String },
    /// A passphrase is guessable.
    PassphraseWeak,
    /// The input is not a handover key.
    KeyUnknown,
    /// A file could not be written.
    FileNotWritten { reason: String },
    /// A live file could not be written; the token is valid all the same.
    LiveFileNotWritten { reason: String },
    /// A live file is no longer what Keyfob wrote, so it was left as it is.
    LiveFileReplaced { path: String },
    /// The file is the live file of another connection, which has this name.
    LiveFileTaken { name: String },
    /// The live file of a removed connection could not be removed.
    LiveFileLeft { path: String, reason: String },
    /// The login entry was not changed.
    LoginUnchanged { reason: String },
    /// The clipboard could not be written or read.
    ClipboardClosed,
    /// Practice, the Zoho inside the app, did not start.
    PracticeNotStarted { reason: String },
}

#[cfg(test)]
mod tests;
