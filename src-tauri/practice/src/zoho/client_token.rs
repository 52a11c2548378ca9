//! A token that a Self Client gets by itself, for its organisation: no user approves and no refresh token comes
//! (zoho.com/accounts/protocol/oauth/self-client/client-credentials-flow.html).

use super::{Reply, Zoho, application::ClientType, scopes, token};
use crate::Asked;

/// The number of Practice's organisation.
pub(crate) const ORGANISATION: &str = "60012345678";

/// What Cliq honours for such a token; the token endpoint grants whatever exists.
const HONOURED: [&str; 3] = ["ZohoCliq.Webhooks.CREATE", "ZohoCliq.Users.READ", "ZohoCliq.Channels.READ"];

/// Answers one request of a client that proved itself.
pub(super) fn issue(zoho: &mut Zoho, asked: &Asked, client_id: &str, now: u64) -> Reply {
    let text = |name| asked.either(name).unwrap_or_default();
    let is_self_client =
        zoho.registry.find(client_id).is_some_and(|known| known.application.client_type == ClientType::SelfClient);
    if !is_self_client {
        return Reply::error("invalid_client");
    }
    if text("soid").strip_prefix("ZohoCliq.") != Some(ORGANISATION) {
        return Reply::error("missing_org_info");
    }
    let wanted = scopes::split(text("scope"));
    if scopes::first_unknown(&wanted).is_some() {
        return Reply::error("invalid_scope");
    }
    let access_token = zoho.issued.client_token(client_id, &wanted, now);
    Reply::ok(token::success(zoho, &access_token, &wanted))
}

/// Whether Cliq lets a token without a user do what needs this scope.
pub(super) fn may(scope: &str) -> bool {
    HONOURED.contains(&scope) || scope.starts_with("ZohoCliq.Bots.")
}
