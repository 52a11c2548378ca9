//! A token for the client itself, on behalf of its organisation: no user approves
//! (zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html). The page is about Self Clients; Zoho's
//! response to other types is unknown, so any client may request one here.
//!
//! *Invariant:* it comes without a refresh token.

use super::{Reply, Zoho, scopes, token};
use crate::{Asked, Turned};

/// The ID of Practice's organisation.
pub(crate) const ORGANISATION: &str = "60012345678";

/// The scopes that Cliq accepts in such a token; the token endpoint grants any that exists.
const HONOURED: [&str; 3] = ["ZohoCliq.Webhooks.CREATE", "ZohoCliq.Users.READ", "ZohoCliq.Channels.READ"];

/// Handles one request of an authenticated client.
pub(super) fn answer(zoho: &mut Zoho, asked: &Asked, client_id: &str, now: u64) -> Reply {
    let wanted = scopes::split(asked.either("scope").unwrap_or_default());
    if scopes::first_unknown(&wanted).is_some() {
        return Reply::error("invalid_scope");
    }
    let organisation = asked.either("soid").and_then(|soid| soid.strip_prefix("ZohoCliq."));
    if organisation != Some(ORGANISATION) && !zoho.dialect.has(Turned::ClientCredentialsFree) {
        return Reply::error("missing_org_info");
    }
    let access_token = zoho.issued.client_token(client_id, &wanted, now);
    Reply::ok(token::success(zoho, &access_token, &wanted))
}

/// Whether Cliq accepts this scope in a token without a user.
pub(super) fn may(zoho: &Zoho, scope: &str) -> bool {
    zoho.dialect.has(Turned::ClientCredentialsFree) || HONOURED.contains(&scope) || scope.starts_with("ZohoCliq.Bots.")
}
