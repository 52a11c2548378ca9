//! Adding scopes to an existing refresh token: an enhance token for the app, then a page for the user
//! (Zoho Accounts, "Incremental authorization").
//!
//! *Invariant:* an enhance token adds scopes once, and only to the refresh token that it was issued for.

use std::collections::BTreeMap;

use serde_json::json;

use super::consent::{self, Request, Stop};
use super::issue::RefreshToken;
use super::limits::MINUTE;
use super::{Reply, Zoho, mint, token, trouble::Trouble};
use crate::{Asked, ClientType, journal::first};

const LIVES: u64 = 10 * MINUTE;

/// All enhance tokens of this data centre.
#[derive(Default)]
pub(crate) struct Enhancing(BTreeMap<String, Enhancement>);

struct Enhancement {
    refresh_token: String,
    until: u64,
}

/// Issues an enhance token.
pub(crate) fn begin(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    let client_id = match token::authenticate(zoho, asked) {
        Ok(client_id) => client_id,
        Err(reply) => return reply,
    };
    let text = |name| asked.either(name).unwrap_or_default();
    if text("grant_type") != "update_scopes_token" {
        return Reply::error("invalid_client");
    }
    let kind = zoho.registry.find(&client_id).map(|known| known.application.client_type);
    if kind != Some(ClientType::ServerBased) || zoho.troubles.contains(&Trouble::NoEnhancing) {
        // Only Server-based clients may; the error code for others is unconfirmed.
        return Reply::error("invalid_client_type");
    }
    let refresh_token = text("refresh_token").to_owned();
    if zoho.issued.find_refresh(&refresh_token).is_none_or(|known| known.client_id != client_id) {
        return Reply::error("invalid_code");
    }
    let enhance_token = mint::token();
    zoho.enhancing.0.retain(|_, known| known.until > now);
    let until = now.saturating_add(LIVES);
    zoho.enhancing.0.insert(enhance_token.clone(), Enhancement { refresh_token, until });
    Reply::ok(json!({
        "access_token": enhance_token,
        "token_type": "update_scope",
        "expires_in": LIVES / 1_000,
    }))
}

/// Reads the URL of the page. Scopes that the refresh token already has are not requested again, so none may be left.
pub(crate) fn read(zoho: &Zoho, query: &[(String, String)], now: u64) -> Result<Request, Stop> {
    let request = consent::sound(zoho, query, "update_scopes")?;
    let enhance_token = first(query, "enhance_token").unwrap_or_default();
    let grant = grant(zoho, enhance_token, now).filter(|grant| grant.client_id == request.client_id);
    let grant = grant.ok_or(Stop::InvalidEnhanceToken)?;
    Ok(Request {
        scopes: request.scopes.into_iter().filter(|scope| !grant.scopes.contains(scope)).collect(),
        enhance_token: Some(enhance_token.to_owned()),
        offline: true,
        prompt: true,
        challenge: None,
        ..request
    })
}

/// The refresh token that a valid enhance token adds to, while that is valid too.
pub(crate) fn grant<'a>(zoho: &'a Zoho, enhance_token: &str, now: u64) -> Option<&'a RefreshToken> {
    let known = zoho.enhancing.0.get(enhance_token).filter(|known| known.until > now)?;
    zoho.issued.find_refresh(&known.refresh_token)
}

/// Handles the user's answer: consumes the enhance token, and adds the scopes if the user agreed. Existing access
/// tokens keep their scopes; a refresh returns one with all.
pub(crate) fn answer(zoho: &mut Zoho, enhance_token: &str, scopes: &[String], agreed: bool) {
    if let Some(known) = zoho.enhancing.0.remove(enhance_token)
        && agreed
    {
        zoho.issued.add_scopes(&known.refresh_token, scopes);
    }
}
