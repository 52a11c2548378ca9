//! A token for a client itself, with no person behind it (zoho.md section 5).
//!
//! *Invariant:* no refresh token comes with it.

use serde_json::json;

use super::{Reply, Zoho, scopes};
use crate::{Asked, Turned};

/// Answers one request. The reply names the scopes, yet Cliq refuses the token for lack of them.
pub(super) fn answer(zoho: &mut Zoho, asked: &Asked, client_id: &str, now: u64) -> Reply {
    let asked_for = scopes::split(asked.either("scope").unwrap_or_default());
    if scopes::first_unknown(&asked_for).is_some() {
        return Reply::error("invalid_scope");
    }
    let free = zoho.dialect.has(Turned::ClientCredentialsFree);
    if asked.either("soid").is_none() && !free {
        return Reply::error("missing_org_info");
    }
    let opens: &[String] = if free { &asked_for } else { &[] };
    let access_token = zoho.issued.access_token(client_id, opens, None, now);
    Reply::ok(json!({
        "access_token": access_token,
        "scope": asked_for.join(zoho.dialect.between_scopes()),
        "api_domain": zoho.home.origin,
        "token_type": "Bearer",
        "expires_in": 3600,
    }))
}
