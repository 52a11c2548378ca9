//! What a machine reports. It does not know which machines act on it.

use oauth2::AuthorizationCode;
use secrecy::SecretString;
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::region::Region;
use zoho_oauth::token_response::Ended;

use crate::domain::connection::ConnectionId;
use crate::domain::live_file::LiveFile;
use crate::domain::problem::Problem;
use crate::domain::revocation::TokenToRevoke;

/// What happened.
#[derive(Debug)]
pub(super) enum Fact {
    /// A new access token is wanted.
    TokenWanted(ConnectionId),
    /// The connection's tokens are to be revoked.
    RevocationWanted(ConnectionId),
    /// A test call is wanted.
    TestWanted(ConnectionId),
    /// A connection has a new access token in place of this one.
    Renewed { id: ConnectionId, replaced: SecretString },
    /// A connection got none.
    NotRenewed { id: ConnectionId, problem: Problem },
    /// The tokens of a connection are about to be others, or none: what is under way with them ends.
    TokensEnd(ConnectionId),
    /// The same, and a revocation of the old ones is no longer waited for.
    TokensReplaced(ConnectionId),
    /// Whether the answer can return to Keyfob in the way of this client type.
    RedirectMethod(Result<(), Problem>),
    /// Zoho lets permissions be added, with this token for its page. `anyway` skips the check of the redirect.
    MayAdd { anyway: bool, token: SecretString },
    /// Zoho does not let any be added.
    MayNotAdd { anyway: bool },
    /// The sign-in continues in this region, with this code.
    CodeGoesTo(Region, Box<AuthorizationRequest>, AuthorizationCode),
    /// Polling for the device code continues in this region.
    DeviceGoesTo(Region),
    /// The user takes what a colleague handed over.
    HandoverTaken,
    /// Tokens came that nobody keeps; the name is for the list of those that are to end.
    Unkept { name: String, what: TokenToRevoke },
    /// A connection is gone, and whatever was kept up to date with it.
    Removed { id: ConnectionId, live_file: Option<LiveFile> },
    /// A connection has tokens that the user has seen.
    Kept(ConnectionId),
    /// Zoho ended the tokens of a connection, which is gone.
    Revoked(ConnectionId, Ended),
    /// It did not.
    NotRevoked { id: ConnectionId, problem: Problem, needs_you: bool },
}
