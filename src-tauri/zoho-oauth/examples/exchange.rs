//! Exchanges a Self Client's code for tokens and refreshes once.
//!
//! Usage: `exchange eu`, or the origin of a local server instead of a region. Reads the client ID, the client secret
//! and the code from standard input, one a line. Prints no token.
#![allow(clippy::print_stdout, reason = "an example fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::error::Error;
use std::io::stdin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::oauth2::AuthorizationCode;
use zoho_oauth::region::{Origin, Region, RegionCode, Regions};
use zoho_oauth::request::{Outcome, Request, Response, TransportError};
use zoho_oauth::secrecy::ExposeSecret;
use zoho_oauth::token_response::{GrantType, TokenQuery, TokenResponse, read};
use zoho_oauth::{Moment, scope::Scopes};

fn region(place: &str) -> Result<Region, Box<dyn Error>> {
    let Ok(at) = Origin::new(place) else {
        return Ok(Regions::built_in().find(&RegionCode::new(place).ok_or("no code")?).ok_or("no region")?.clone());
    };
    let (code, name) = (RegionCode::from_static("here"), "Here".into());
    Ok(Region { code, name, accounts: at.clone(), api: at.clone(), cliq: at.clone(), console: at })
}

fn send(request: &Request) -> Outcome {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let http = Agent::config_builder().tls_config(tls).http_status_as_error(false).max_redirects(0);
    let http = http.timeout_global(Some(Duration::from_secs(30))).build();
    let form = request.form.iter().flatten().map(|(name, value)| (*name, value.expose_secret()));
    let answer = Agent::from(http).post(request.url.as_str()).send_form(form);
    let mut answer = answer.map_err(|_| TransportError::Broken)?;
    let header = |name| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
    let (content_type, retry_after) = (header("content-type"), header("retry-after"));
    let body = answer.body_mut().with_config().limit(64 * 1024).read_to_vec().map_err(|_| TransportError::CutShort)?;
    Ok(Response { status: answer.status().as_u16(), content_type, retry_after, body: body.into() })
}

fn tokens(request: &Request, query: &TokenQuery) -> Result<TokenResponse, Box<dyn Error>> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(read(send(request), query, Moment::from_millis(u64::try_from(now.as_millis())?))?)
}

fn main() -> Result<(), Box<dyn Error>> {
    rustls::crypto::aws_lc_rs::default_provider().install_default().map_err(|_| "TLS is chosen already")?;
    let region = region(&std::env::args().nth(1).unwrap_or_default())?;
    let mut lines = stdin().lines();
    let mut line = || lines.next().ok_or("a line is missing")?.map_err(Box::<dyn Error>::from);
    let (id, secret, code) = (line()?, line()?.into(), AuthorizationCode::new(line()?));
    let client = Client::new(region.code.clone(), ClientType::SelfClient, &id, Some(secret));
    let query = |grant| TokenQuery::new(grant, &region, &client.region);
    let first = tokens(&Request::exchange(&region, &client, &code, None), &query(GrantType::Exchange))?;
    let refresh_token = first.refresh.ok_or("there is no refresh token")?;
    let next = tokens(&Request::refresh(&region, &client, &refresh_token), &query(GrantType::Refresh))?;
    let granted = first.scopes.as_ref().map(Scopes::asked).unwrap_or_default();
    println!("Granted: {granted}\nRefreshed; the new token expires at {}", next.expires_at.rfc3339());
    Ok(())
}
