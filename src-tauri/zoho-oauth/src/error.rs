//! What can go wrong between a client and Zoho.
//!
//! Invariant: an [`Error`] never holds a secret, and text from outside is cut short before it gets in. Deliberately absent:
//! sentences for a user (`Display` is for a developer's log), and what only an application knows of.

mod class;

pub use class::{Class, is_final};

use crate::Moment;
use crate::region::RegionCode;

/// A request that failed, told apart wherever something different is to be done.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Error {
    // The network.
    /// No connection.
    #[error("{host} cannot be reached")]
    Unreachable { host: String },
    /// The server is at plain http on this computer, and another user's program listens there; nothing was sent to it.
    #[error("another user's program listens where {host} is expected")]
    NotThisUsers { host: String },
    /// No answer in time.
    #[error("{host} did not answer in time")]
    TimedOut { host: String },
    /// Who answers did not prove who it is: its certificate is not trusted, or its TLS too old.
    #[error("the connection to {host} is not trusted")]
    Untrusted { host: String },
    /// A redirect came; none is followed.
    #[error("{host} redirected the request, and redirects are not followed")]
    Redirected { host: String },
    /// A web page came instead of an answer, or a status by which a proxy or a network wants a sign-in.
    #[error("a web page came instead of an answer of {host}")]
    WebPage { host: String },
    /// Nothing came.
    #[error("the answer of {host} was empty")]
    EmptyAnswer { host: String },
    /// Something came that cannot be read, or was cut short.
    #[error("the answer of {host} cannot be read")]
    Garbled { host: String },
    /// More than 64 KiB came.
    #[error("the answer of {host} was longer than an answer is")]
    TooLong { host: String },
    /// A 5xx answer.
    #[error("{host} failed with HTTP {status}")]
    ServerTrouble { host: String, status: u16 },

    // What Zoho's token endpoint says.
    /// The user did not approve.
    #[error("the user did not approve")]
    Denied,
    /// A device code ran out, or was used, before the user had approved.
    #[error("the device code has expired or was used")]
    DeviceCodeExpired,
    /// `invalid_code` to an exchange: the code was used or is too old.
    #[error("the authorization code was used or has expired")]
    CodeSpent,
    /// `invalid_code` to a refresh: the refresh token was revoked, retired or never this client's.
    #[error("the refresh token was revoked, has expired or is not this client's")]
    GrantEnded,
    /// `invalid_client`: this region does not know the client ID.
    #[error("region {} does not know the client ID", region.as_str())]
    ClientUnknown { region: RegionCode },
    /// `invalid_client`, from a region other than the client's own: the client is not open for it.
    #[error("the client of region {} is not open for region {}", home.as_str(), region.as_str())]
    MultiDcOff { home: RegionCode, region: RegionCode },
    /// `invalid_client_secret`.
    #[error("the client secret is wrong")]
    SecretWrong,
    /// `invalid_client_secret`, from a region other than the client's own.
    #[error("the client secret is not the one of region {}", region.as_str())]
    SecretWrongThere { region: RegionCode },
    /// `invalid_redirect_uri`.
    #[error("the redirect URI {redirect_uri} is not registered for the client")]
    RedirectMismatch { redirect_uri: String },
    /// `missing_org_info`: Zoho does not know the organisation's number, or the client may not act for it.
    #[error("Zoho does not know the organization, or the client may not act for it")]
    OrganisationUnknown,
    /// `invalid_scope`.
    #[error("Zoho does not know one of the scopes")]
    ScopeUnknown,
    /// "too many requests continuously", in any language.
    #[error("Zoho issues no new tokens before {}", until.rfc3339())]
    Throttled { until: Moment },
    /// An error code without a meaning of its own here; [`Error::class`] says whether it is final.
    #[error("Zoho refused the request: {error}")]
    Refused { error: String },
    /// An answer without an access token and without an error.
    #[error("the answer has neither a token nor an error")]
    NoToken,

    // Cliq.
    /// Cliq does not accept the token.
    #[error("Cliq does not accept the access token")]
    TokenDead,
    /// The token lacks a permission.
    #[error("the access token lacks a scope")]
    ScopeMissing,
    /// Cliq limits its calls; not before this moment.
    #[error("Cliq limits its calls until {}", until.rfc3339())]
    CliqBusy { until: Moment },
    /// Cliq answered in a way that its documentation does not describe.
    #[error("Cliq answered HTTP {status}, which is not documented")]
    CliqUnclear { status: u16 },
}
