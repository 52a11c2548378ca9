//! The facts that a machine reports. It does not know which machines act on them.

use oauth2::AuthorizationCode;
use secrecy::SecretString;
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::region::Region;
use zoho_oauth::token_response::Ended;

use crate::domain::connection::ConnectionId;
use crate::domain::live_file::LiveFile;
use crate::domain::problem::Problem;
use crate::domain::revocation::TokenToRevoke;

/// A fact that a machine reports.
#[derive(Debug)]
pub(super) enum Fact {
    /// A connection needs a new access token.
    TokenWanted(ConnectionId),
    /// The connection's tokens are to be revoked.
    RevocationWanted(ConnectionId),
    /// A test call is requested.
    TestWanted(ConnectionId),
    /// A connection has a new access token in place of this one.
    Renewed { id: ConnectionId, replaced: SecretString },
    /// A connection got no new access token.
    NotRenewed { id: ConnectionId, problem: Problem },
    /// The tokens of a connection are being replaced or removed: work in flight with them ends.
    TokensEnd(ConnectionId),
    /// The same, and nothing waits for a revocation of the old ones any more.
    TokensReplaced(ConnectionId),
    /// Whether the redirect of this client type can reach Keyfob.
    RedirectMethod(Result<(), Problem>),
    /// Zoho allows permissions to be added, with this token for its page. `anyway` skips the check of the redirect.
    MayAdd { anyway: bool, token: SecretString },
    /// Zoho does not allow any to be added.
    MayNotAdd { anyway: bool },
    /// The sign-in continues in this region, with this code.
    CodeGoesTo(Region, Box<AuthorizationRequest>, AuthorizationCode),
    /// Polling for the device code continues in this region.
    DeviceGoesTo(Region),
    /// The user accepts a colleague's handover.
    HandoverTaken,
    /// Tokens arrived that no connection keeps; the name is for the list of revocations.
    Unkept { name: String, what: TokenToRevoke },
    /// A connection is deleted; `live_file` is the file that was kept up to date with it.
    Removed { id: ConnectionId, live_file: Option<LiveFile> },
    /// A connection has tokens that the user has confirmed.
    Kept(ConnectionId),
    /// Zoho ended the tokens of a connection, which is deleted.
    Revoked(ConnectionId, Ended),
    /// Zoho did not end them.
    NotRevoked { id: ConnectionId, problem: Problem, needs_you: bool },
}
