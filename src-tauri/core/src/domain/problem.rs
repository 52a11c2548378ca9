//! What can go wrong, as codes the user's words are found by.
//!
//! Invariant: a `Problem` never holds a secret, and text from outside is cut short before it gets in. Deliberately
//! absent: sentences; the page's message catalogue has them, in each language.

/// Any of these problems, whatever is in it. A new problem that is in none of the lists does not compile.
macro_rules! any_of {
    ($($problem:ident)+) => { $(Self::$problem { .. })|+ };
}

mod class;
mod from_zoho;
mod pasted;
pub(crate) mod remedy;
pub(crate) mod told;

pub use pasted::PastedProblem;
pub use zoho_oauth::error::Class;

use serde::{Deserialize, Serialize};
use zoho_oauth::region::RegionCode;

use crate::Moment;

/// One thing that went wrong, told apart wherever the user should do something different.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Problem {
    // The redirect.
    /// The user pressed Reject, or Zoho had given too many codes (its code for both is `access_denied`).
    Denied,
    /// Zoho sent another error back through the browser.
    SentBack { error: String },
    /// `no_org`: the account does not use a product that a permission is of; the services those permissions begin with.
    NoAccount { services: Vec<String> },
    /// Ten minutes passed.
    ConsentExpired,
    /// A device code ran out, or was used, before the user had approved.
    DeviceCodeExpired,
    /// The answer names a server outside the region table; nothing was sent to it.
    UnknownRegion { server: String },
    /// The account is in a region that the client secret was not given for, and the user did not confirm it; nothing was sent.
    RegionNotConfirmed { region: RegionCode, host: String },
    /// A pasted text is not the address Zoho came back with.
    NotTheAddress { why: PastedProblem },
    /// A pasted text is not a code of Zoho's console.
    NotTheCode { why: PastedProblem },
    /// A pasted text is not a refresh token.
    NotTheRefreshToken { why: PastedProblem },
    /// `invalid_code` to a refresh with the token that the user already had: it was revoked, is another client's, or is no refresh
    /// token at all.
    RefreshTokenRefused,
    /// A code of Zoho's console was used, or is too old.
    ConsoleCodeOver,
    /// A file holds a client and a code, but a sign-in is not finished yet.
    SignInPending,
    /// The link scheme belongs to another program, or to none.
    LinkNotOurs { owner: Option<String> },
    /// The browser came back to the port of this computer with `https`.
    AskedByHttps,
    /// Other programs use the ports the answer would come to.
    PortsBusy { ports: Vec<u16> },
    /// No browser could be started.
    BrowserNotOpened,

    /// Zoho did not understand the address: the browser, or what was copied into it, changed it on the way.
    RequestMangled,

    // Zoho's limits, as far as Keyfob knows what it spent.
    /// As many codes were given as Zoho gives for now.
    TooManyCodes { until: Moment },
    /// As many access tokens were asked for as Zoho gives for now, so no more was asked. `uncertain`: only if all those whose
    /// answer was lost were issued.
    TooManyTokens {
        until: Moment,
        #[serde(default)]
        uncertain: bool,
    },
    /// Zoho keeps so many sign-ins; one more ends the oldest.
    WouldRetire { kept: u32 },

    // What Zoho's token endpoint says.
    /// `invalid_code` to an exchange: the code was used or too old.
    CodeSpent,
    /// Keyfob ended while a code was being exchanged: the code is spent, and a grant that never came may be left at Zoho.
    ExchangeCutOff,
    /// `invalid_client`: this region does not know the client id.
    ClientUnknown { region: RegionCode },
    /// `invalid_client_secret`.
    SecretWrong,
    /// `invalid_client_secret`, from a region other than the registration's own.
    SecretWrongThere { region: RegionCode },
    /// `invalid_client`, from a region other than the registration's own: the client is not open for it.
    MultiDcOff { home: RegionCode, region: RegionCode },
    /// `invalid_redirect_uri`.
    RedirectMismatch { redirect_uri: String },
    /// `missing_org_info`: Zoho does not know the organisation's number, or the client may not act for it.
    OrganisationUnknown,
    /// `invalid_scope`.
    ScopeUnknown,
    /// "too many requests continuously", in any language.
    Throttled { until: Moment },
    /// `invalid_code` to a refresh: the refresh token was revoked, retired or never this client's.
    GrantEnded,
    /// An error code without a meaning of its own here; whether it is final says [`Problem::class`].
    Refused { error: String },
    /// An answer without an access token and without an error.
    NoToken,
    /// The grant lasts an hour only.
    NoRefreshToken,
    /// A refresh does not name the permissions that were to be added. They may have been added all the same.
    NotAdded,
    /// The lifetime Zoho named was absurd; an hour is assumed.
    OddLifetime,
    /// A web page came instead of an answer, or a status by which a proxy or a network wants a sign-in.
    WebPage { host: String },
    /// Nothing came.
    EmptyAnswer { host: String },
    /// Something came that cannot be read, or was cut short.
    Garbled { host: String },
    /// More than 64 KiB came.
    TooLong { host: String },

    // The network.
    /// No connection.
    Unreachable { host: String },
    /// A region is at plain http on this computer, and another user's program listens there; nothing was sent to it.
    NotThisUsers { host: String },
    /// No answer in time.
    TimedOut { host: String },
    /// Who answers did not prove who it is: its certificate is not trusted, or its TLS too old.
    Untrusted { host: String },
    /// A redirect came; none is followed.
    Redirected { host: String },
    /// A 5xx answer.
    ServerTrouble { host: String, status: u16 },

    // Cliq.
    /// Cliq does not accept the token.
    TokenDead,
    /// Nor one that Zoho has only just issued for the same connection.
    NewTokenDead,
    /// Cliq accepts the token, but not for this.
    ScopeMissing,
    /// Cliq locked the call for a while.
    CliqBusy { until: Moment },
    /// Cliq said something else.
    CliqUnclear { status: u16 },

    // Keeping.
    /// No keyring service answers.
    KeyringAbsent,
    /// The keyring is locked.
    KeyringLocked,
    /// The keyring did not answer in time.
    KeyringSlow,
    /// The keyring answered with something else.
    KeyringFaulty,
    /// The vault is there, its key is not.
    KeyMissing,
    /// The vault's key is behind a passphrase.
    PassphraseNeeded,
    /// The passphrase does not open the vault.
    PassphraseWrong,
    /// The vault was damaged and set aside.
    VaultDamaged { set_aside: String, recovered: bool },
    /// Keyfob did not write the vault file that was found; it was not used, and was set aside.
    VaultNotAuthentic { set_aside: String, recovered: bool },
    /// The vault in use is older than the one that is kept beside it.
    VaultOlder,
    /// A save found a vault file that was not as Keyfob had written it; it was not used, and was set aside.
    VaultChanged { set_aside: String },
    /// A newer Keyfob wrote the vault.
    VaultNewer { version: u32 },
    /// The vault cannot be read.
    VaultUnreadable { reason: String },
    /// Saving failed; what was to be saved holds for this run.
    NotSaved { reason: String },

    // Files and the desk.
    /// `regions.json` was not used.
    RegionsFile { line: u32, reason: String },
    /// `regions.json` was not used, since another user may change what is at this path: the file or its folder.
    RegionsFileNotPrivate { path: String },
    /// `regions.json` is there and could not be read.
    RegionsFileNotRead { reason: String },
    /// A `regions.json` that Keyfob had not read, or that was changed since, was set aside when a region was added.
    RegionsFileSetAside { set_aside: String },
    /// A region the user typed was not added.
    RegionRefused { reason: String },
    /// Nor was one whose code is in use with other addresses: by these connections, by name, and by what is not finished.
    RegionInUse { region: RegionCode, users: Vec<String>, unfinished: bool },
    /// An added region has other addresses now than when secrets were given to it; nothing was sent to the new ones.
    RegionMoved { region: RegionCode, was: String, now: String },
    /// A file was not read.
    FileNotRead { reason: String },
    /// A file was read, and is none that Keyfob knows.
    FileUnknown,
    /// A newer Keyfob wrote the file.
    FileNewer { version: u32 },
    /// A file of Keyfob's that is damaged, or that somebody changed.
    FileDamaged,
    /// The file is for a region that is in no table here.
    FileRegion { region: RegionCode },
    /// A handover whose day is over.
    HandoverExpired { at: Moment },
    /// The passphrase does not open the handover.
    HandoverLocked,
    /// The handover is sealed to somebody else's key.
    HandoverNotForYou,
    /// The handover was made for another server than this region has here; which one, where it tells.
    HandoverElsewhere { region: RegionCode, made_for: Option<String>, here: String },
    /// The handover holds the tokens of a connection that is here already.
    HandoverHere { name: String },
    /// A passphrase that could be guessed.
    PassphraseWeak,
    /// What was typed is not a handover key.
    KeyUnknown,
    /// A file was not written.
    FileNotWritten { reason: String },
    /// A file could not be kept up to date; the token is good all the same.
    LiveFileNotWritten { reason: String },
    /// A file that is kept up to date is no longer what Keyfob wrote, so it was left as it is.
    LiveFileReplaced { path: String },
    /// Another connection, of this name, keeps that file up to date.
    LiveFileTaken { name: String },
    /// The file of a connection that was removed could not be removed with it.
    LiveFileLeft { path: String, reason: String },
    /// What starts at login was not changed.
    LoginUnchanged { reason: String },
    /// The clipboard did not take or give a text.
    ClipboardClosed,
    /// The Zoho inside the app did not start.
    PracticeNotStarted { reason: String },
}

#[cfg(test)]
mod tests;
