//! A token that a client gets by itself, for its organisation: no user approves
//! (zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html). The page is about Self Clients; what Zoho says to
//! others is not known, so any client may ask here.
//!
//! *Invariant:* no refresh token comes with it.

use super::{Reply, Zoho, scopes, token};
use crate::{Asked, Turned};

/// The number of Practice's organisation.
pub(crate) const ORGANISATION: &str = "60012345678";

/// What Cliq honours for such a token; the token endpoint grants whatever exists.
const HONOURED: [&str; 3] = ["ZohoCliq.Webhooks.CREATE", "ZohoCliq.Users.READ", "ZohoCliq.Channels.READ"];

/// Answers one request of a client that proved itself.
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

/// Whether Cliq lets a token without a user do what needs this scope.
pub(super) fn may(zoho: &Zoho, scope: &str) -> bool {
    zoho.dialect.has(Turned::ClientCredentialsFree) || HONOURED.contains(&scope) || scope.starts_with("ZohoCliq.Bots.")
}
