//! What can go wrong between a client and Zoho.
//!
//! Invariant: an [`Error`] never holds a secret, and text from outside is truncated before it is stored. Deliberately
//! absent: messages for users (`Display` is for a developer's log), and errors that only an application knows.

mod class;

pub use class::{Class, is_final};

use crate::Moment;
use crate::region::RegionCode;

/// A failed request, with one variant for each failure that a caller handles differently.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Error {
    // The network.
    /// No connection could be made.
    #[error("{host} cannot be reached")]
    Unreachable { host: String },
    /// The server is at plain http on this computer, and another user's program listens there; nothing was sent.
    #[error("another user's program listens where {host} is expected")]
    NotThisUsers { host: String },
    /// No answer in time.
    #[error("{host} did not answer in time")]
    TimedOut { host: String },
    /// The server did not prove its identity: its certificate is not trusted, or its TLS is too old.
    #[error("the connection to {host} is not trusted")]
    Untrusted { host: String },
    /// The server redirected the request; redirects are not followed.
    #[error("{host} redirected the request, and redirects are not followed")]
    Redirected { host: String },
    /// A web page came instead of a response, or a status with which a proxy or network demands a sign-in.
    #[error("a web page came instead of an answer of {host}")]
    WebPage { host: String },
    /// The body was empty.
    #[error("the answer of {host} was empty")]
    EmptyAnswer { host: String },
    /// The body cannot be parsed, or was truncated.
    #[error("the answer of {host} cannot be read")]
    Garbled { host: String },
    /// The body was over 64 KiB.
    #[error("the answer of {host} was longer than an answer is")]
    TooLong { host: String },
    /// HTTP status 5xx.
    #[error("{host} failed with HTTP {status}")]
    ServerTrouble { host: String, status: u16 },

    // Zoho's token endpoint.
    /// The user did not approve.
    #[error("the user did not approve")]
    Denied,
    /// The device code expired or was used before the user approved.
    #[error("the device code has expired or was used")]
    DeviceCodeExpired,
    /// `invalid_code` in response to an exchange: the code was used or has expired.
    #[error("the authorization code was used or has expired")]
    CodeSpent,
    /// `invalid_code` in response to a refresh: the refresh token was revoked, has expired or was never this client's.
    #[error("the refresh token was revoked, has expired or is not this client's")]
    GrantEnded,
    /// `invalid_client`: this region does not know the client ID.
    #[error("region {} does not know the client ID", region.as_str())]
    ClientUnknown { region: RegionCode },
    /// `invalid_client` from a region other than the client's own: the client is not enabled for it.
    #[error("the client of region {} is not open for region {}", home.as_str(), region.as_str())]
    MultiDcOff { home: RegionCode, region: RegionCode },
    /// `invalid_client_secret`.
    #[error("the client secret is wrong")]
    SecretWrong,
    /// `invalid_client_secret` from a region other than the client's own.
    #[error("the client secret is not the one of region {}", region.as_str())]
    SecretWrongThere { region: RegionCode },
    /// `invalid_redirect_uri`.
    #[error("the redirect URI {redirect_uri} is not registered for the client")]
    RedirectMismatch { redirect_uri: String },
    /// `missing_org_info`: Zoho does not know the organisation's ID, or the client may not act for it.
    #[error("Zoho does not know the organization, or the client may not act for it")]
    OrganisationUnknown,
    /// `invalid_scope`.
    #[error("Zoho does not know one of the scopes")]
    ScopeUnknown,
    /// "Too many requests continuously", in any language.
    #[error("Zoho issues no new tokens before {}", until.rfc3339())]
    Throttled { until: Moment },
    /// Any other error code; [`Error::class`] says whether it is final.
    #[error("Zoho refused the request: {error}")]
    Refused { error: String },
    /// A response with neither an access token nor an error.
    #[error("the answer has neither a token nor an error")]
    NoToken,

    // Cliq.
    /// Cliq does not accept the token.
    #[error("Cliq does not accept the access token")]
    TokenDead,
    /// The token lacks a scope.
    #[error("the access token lacks a scope")]
    ScopeMissing,
    /// Cliq's rate limit is exceeded until this moment.
    #[error("Cliq limits its calls until {}", until.rfc3339())]
    CliqBusy { until: Moment },
    /// Cliq's response is not documented.
    #[error("Cliq answered HTTP {status}, which is not documented")]
    CliqUnclear { status: u16 },
}
