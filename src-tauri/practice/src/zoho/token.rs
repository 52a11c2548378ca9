//! The token endpoint: a code or a refresh token in, an access token out.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::consent::Challenge;
use super::{Reply, Zoho, client_credentials, trouble::Trouble};
use crate::{Asked, Turned};

/// Handles one request.
pub(crate) fn answer(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    let client_id = match authenticate(zoho, asked) {
        Ok(client_id) => client_id,
        Err(reply) => {
            if zoho.dialect.has(Turned::FailuresCount) {
                let _ = zoho.may_refresh(asked.either("refresh_token").unwrap_or_default(), now);
            }
            return reply;
        }
    };
    let text = |name| asked.either(name).unwrap_or_default();
    match text("grant_type") {
        "authorization_code" => exchange(zoho, asked, &client_id, now),
        "client_credentials" => client_credentials::answer(zoho, asked, &client_id, now),
        "refresh_token" => refresh(zoho, text("refresh_token"), &client_id, now),
        // Zoho's code for an invalid `grant_type`.
        _ => Reply::error("invalid_client"),
    }
}

/// Authenticates the client; fails when its ID or secret is wrong, or when tokens are withheld at present.
pub(super) fn authenticate(zoho: &Zoho, asked: &Asked) -> Result<String, Reply> {
    if let Some(withheld) = withheld(zoho) {
        return Err(withheld);
    }
    let text = |name| asked.either(name).unwrap_or_default();
    let known = zoho.registry.find(text("client_id")).ok_or_else(|| Reply::error("invalid_client"))?;
    let spared = zoho.dialect.has(Turned::SecretNotNeeded) && asked.either("client_secret").is_none();
    if !spared && known.keys.client_secret != text("client_secret") {
        return Err(Reply::error("invalid_client_secret"));
    }
    Ok(known.keys.client_id.clone())
}

/// The error while tokens are withheld from every client.
pub(super) fn withheld(zoho: &Zoho) -> Option<Reply> {
    if zoho.troubles.contains(&Trouble::Throttled) {
        return Some(Reply::throttled());
    }
    zoho.troubles.contains(&Trouble::GeneralError).then(|| Reply::error("general_error"))
}

fn exchange(zoho: &mut Zoho, asked: &Asked, client_id: &str, now: u64) -> Reply {
    let name = asked.either("code").unwrap_or_default();
    let Some(code) = zoho.issued.look_at_code(name, client_id, now).cloned() else {
        return Reply::error("invalid_code");
    };
    if code.redirect.as_deref() != asked.either("redirect_uri") {
        return Reply::error("invalid_redirect_uri");
    }
    zoho.issued.take_code(name);
    if !zoho.dialect.has(Turned::PkceIgnored) && !proven(code.challenge.as_ref(), asked.either("code_verifier")) {
        return Reply::error("invalid_code");
    }
    grant(zoho, client_id, &code.scopes, code.brings_refresh_token, now)
}

/// Issues tokens for the scopes that the user granted.
pub(super) fn grant(zoho: &mut Zoho, client_id: &str, scopes: &[String], lasting: bool, now: u64) -> Reply {
    let keeps = lasting && !zoho.troubles.contains(&Trouble::NoRefreshToken);
    let refresh_token = keeps.then(|| zoho.issued.refresh_token(client_id, scopes));
    let access_token = zoho.issued.access_token(client_id, scopes, refresh_token.as_deref(), now);
    let mut body = success(zoho, &access_token, scopes);
    if let Some(refresh_token) = refresh_token {
        body["refresh_token"] = refresh_token.into();
    }
    Reply::ok(body)
}

fn refresh(zoho: &mut Zoho, refresh_token: &str, client_id: &str, now: u64) -> Reply {
    let known = zoho.issued.find_refresh(refresh_token).filter(|known| known.client_id == client_id);
    let Some(scopes) = known.map(|known| known.scopes.clone()) else {
        return Reply::error("invalid_code");
    };
    if !zoho.may_refresh(refresh_token, now) {
        return Reply::throttled();
    }
    let access_token = zoho.issued.access_token(client_id, &scopes, Some(refresh_token), now);
    let mut body = success(zoho, &access_token, &scopes);
    if zoho.dialect.has(Turned::RefreshNamesNoScopes)
        && let Some(body) = body.as_object_mut()
    {
        body.remove("scope");
    }
    Reply::ok(body)
}

/// A successful response. It separates scopes by spaces, though requests use commas.
pub(super) fn success(zoho: &Zoho, access_token: &str, scopes: &[String]) -> Value {
    json!({
        "access_token": access_token,
        "scope": scopes.join(zoho.dialect.between_scopes()),
        "api_domain": zoho.home.origin,
        "token_type": "Bearer",
        "expires_in": 3600,
    })
}

/// Whether the verifier matches the challenge; without a challenge none is needed.
fn proven(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    let verifier = verifier.unwrap_or_default();
    match challenge {
        None => true,
        Some(Challenge::Plain(challenge)) => challenge == verifier,
        Some(Challenge::S256(challenge)) => *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
    }
}
