//! Revocation, by the older path and by the newer one.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{Reply, Zoho};
use crate::Asked;

/// `/oauth/v2/token/revoke`: possession of the token suffices.
pub(crate) fn by_token(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    end(zoho, asked.either("token").unwrap_or_default(), None, asked, now)
}

/// `/oauth/v2/revoke/token`: the client authenticates with HTTP Basic.
pub(crate) fn by_client(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    let Some(client_id) = basic(zoho, asked.authorization.as_deref()) else {
        return Reply { status: 401, body: json!({ "error": "invalid_client" }) };
    };
    end(zoho, asked.either("token").unwrap_or_default(), Some(&client_id), asked, now)
}

fn end(zoho: &mut Zoho, token: &str, owner: Option<&str>, asked: &Asked, now: u64) -> Reply {
    let belongs = |client_id: &str| owner.is_none_or(|owner| owner == client_id);
    let kind = asked.either("token_type");
    let may_be = |named: &str| kind.is_none_or(|kind| kind == named);
    let issued = &mut zoho.issued;
    if may_be("refresh_token") && issued.find_refresh(token).is_some_and(|known| belongs(&known.client_id)) {
        issued.revoke_refresh(token);
    } else if may_be("access_token") && issued.find_access(token, now).is_some_and(|known| belongs(&known.client_id)) {
        issued.revoke_access(token);
    } else {
        return Reply { status: 400, body: json!({ "error": "invalid_token", "status": "failure" }) };
    }
    Reply::ok(json!({ "status": "success" }))
}

fn basic(zoho: &Zoho, header: Option<&str>) -> Option<String> {
    let decoded = STANDARD.decode(header?.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (client_id, secret) = text.split_once(':')?;
    let known = zoho.registry.find(client_id)?;
    (known.keys.client_secret == secret).then(|| client_id.to_owned())
}
