//! What can go wrong between a client and Zoho.
//!
//! Invariant: an [`Error`] never holds a secret, and text from outside is cut short before it gets in. Deliberately absent:
//! sentences, and what only an application knows of.

mod class;

pub use class::{Class, is_final};

use crate::Moment;
use crate::region::RegionCode;

/// A request that failed, told apart wherever something different is to be done.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Error {
    // The network.
    /// No connection.
    Unreachable { host: String },
    /// The server is at plain http on this computer, and another user's program listens there; nothing was sent to it.
    NotThisUsers { host: String },
    /// No answer in time.
    TimedOut { host: String },
    /// Who answers did not prove who it is: its certificate is not trusted, or its TLS too old.
    Untrusted { host: String },
    /// A redirect came; none is followed.
    Redirected { host: String },
    /// A web page came instead of an answer, or a status by which a proxy or a network wants a sign-in.
    WebPage { host: String },
    /// Nothing came.
    EmptyAnswer { host: String },
    /// Something came that cannot be read, or was cut short.
    Garbled { host: String },
    /// More than 64 KiB came.
    TooLong { host: String },
    /// A 5xx answer.
    ServerTrouble { host: String, status: u16 },

    // What Zoho's token endpoint says.
    /// The user did not approve.
    Denied,
    /// A device code ran out, or was used, before the user had approved.
    DeviceCodeExpired,
    /// `invalid_code` to an exchange: the code was used or is too old.
    CodeSpent,
    /// `invalid_code` to a refresh: the refresh token was revoked, retired or never this client's.
    GrantEnded,
    /// `invalid_client`: this region does not know the client ID.
    ClientUnknown { region: RegionCode },
    /// `invalid_client`, from a region other than the client's own: the client is not open for it.
    MultiDcOff { home: RegionCode, region: RegionCode },
    /// `invalid_client_secret`.
    SecretWrong,
    /// `invalid_client_secret`, from a region other than the client's own.
    SecretWrongThere { region: RegionCode },
    /// `invalid_redirect_uri`.
    RedirectMismatch { redirect_uri: String },
    /// `missing_org_info`: Zoho does not know the organisation's number, or the client may not act for it.
    OrganisationUnknown,
    /// `invalid_scope`.
    ScopeUnknown,
    /// "too many requests continuously", in any language.
    Throttled { until: Moment },
    /// An error code without a meaning of its own here; [`Error::class`] says whether it is final.
    Refused { error: String },
    /// An answer without an access token and without an error.
    NoToken,

    // Cliq.
    /// Cliq does not accept the token.
    TokenDead,
    /// The token lacks a permission.
    ScopeMissing,
    /// Cliq limits its calls; not before this moment.
    CliqBusy { until: Moment },
    /// Cliq answered in a way that its documentation does not describe.
    CliqUnclear { status: u16 },
}
