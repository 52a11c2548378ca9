//! The tokens that Zoho issued during the check, refreshed and revoked as Keyfob does it.
//!
//! **Invariant:** every token received stays in here until the end of the check, which revokes it.
#![expect(clippy::disallowed_methods, reason = "compares tokens")]

use oauth2::AuthorizationCode;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::error::Error;
use zoho_oauth::probe::{CLIQ_LOCK, Proof, read_proof};
use zoho_oauth::region::Region;
use zoho_oauth::request::{Outcome, Request, TokenKind};
use zoho_oauth::token_response::{
    self, Ended, GrantType, TokenQuery, TokenResponse, leaves_older_path, read_revocation,
};

use super::approval::asked;
use super::person::Person;
use super::question::{CliqSaid, Meaning, Named};
use super::session::{Interruption, Session};
use super::shape::Shape;

/// All grants, by number.
#[derive(Debug, Default)]
pub(super) struct Grants(Vec<Grant>);

/// The tokens of one approval.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) of: Client,
    pub(super) tokens: TokenResponse,
    /// The region that issued them.
    at: Region,
    /// How many access tokens were issued by refreshes.
    refreshed: usize,
    /// Whether a question has revoked it or used up its quota.
    spent: bool,
}

impl Grants {
    pub(super) fn get(&self, number: usize) -> Option<&Grant> {
        self.0.get(number)
    }

    /// Keeps other questions from using a grant.
    pub(super) fn spend(&mut self, number: usize) {
        if let Some(grant) = self.0.get_mut(number) {
            grant.spent = true;
        }
    }

    fn find(&self, fits: impl Fn(&Grant) -> bool) -> Option<usize> {
        let lasts = |grant: &Grant| grant.tokens.refresh.is_some() && !grant.spent;
        self.0.iter().position(|grant| lasts(grant) && fits(grant))
    }
}

impl<P: Person> Session<P> {
    /// The existing grant of a client of this type.
    pub(super) fn grant_of(&self, client: ClientType) -> Option<usize> {
        self.grants.find(|grant| grant.of.client_type == client)
    }

    /// Returns a grant of any client with a refresh token; asks for a new approval when there is none.
    pub(super) async fn any_grant(&mut self) -> Result<usize, Interruption> {
        match self.grants.find(|_| true) {
            Some(number) => Ok(number),
            None => self.new_grant(None).await,
        }
    }

    /// Returns a grant like [`Self::any_grant`] whose refresh token has not been used yet.
    pub(super) async fn fresh_grant(&mut self) -> Result<usize, Interruption> {
        match self.grants.find(|grant| grant.refreshed == 0) {
            Some(number) => Ok(number),
            None => self.new_grant(None).await,
        }
    }

    /// Gets a grant of this client, or of any, through a new approval.
    pub(super) async fn new_grant(&mut self, of: Option<Client>) -> Result<usize, Interruption> {
        let of = match of {
            Some(of) => of,
            None => self.any_client().await?,
        };
        let approved = self.approval(&of).await?;
        let call = Request::exchange(&self.region, &of, &approved.code, approved.consent.as_ref());
        let (shape, number) = self.gets_tokens(&of, call).await;
        let lasting = number.filter(|number| self.grants.get(*number).is_some_and(|g| g.tokens.refresh.is_some()));
        lasting.ok_or_else(|| {
            self.person.tell("Zoho gave no refresh token.");
            self.sees(format!("an exchange brought {shape}"));
            Interruption::Skipped
        })
    }

    /// Sends a request that may return tokens, and keeps them.
    pub(super) async fn gets_tokens(&mut self, of: &Client, call: Request) -> (Shape, Option<usize>) {
        let at = self.regions.by_accounts(&call.url.origin().ascii_serialization()).unwrap_or(&self.region).clone();
        let outcome = self.send(call).await;
        let shape = Shape::of(&outcome);
        (shape, self.keeps(of, at, outcome))
    }

    /// Keeps the tokens in a region's response; `None` when it has none.
    pub(super) fn keeps(&mut self, of: &Client, at: Region, outcome: Outcome) -> Option<usize> {
        let body = outcome.as_ref().ok().map(|reply| reply.body.clone());
        let tokens = token_response::read(outcome, &self.question(GrantType::Exchange), self.now()).ok()?;
        let named = body.and_then(|body| Named::of(body.expose_secret(), &asked().with_identity()));
        self.named = self.named.or(named);
        self.never_writes(tokens.access.clone());
        tokens.refresh.iter().for_each(|refresh| self.never_writes(refresh.clone()));
        self.grants.0.push(Grant { of: of.clone(), tokens, at, refreshed: 0, spent: false });
        Some(self.grants.0.len() - 1)
    }

    /// Refreshes the access token. Fails with the error that Keyfob reads in the response.
    pub(super) async fn refreshes(&mut self, number: usize) -> (Shape, Result<TokenResponse, Error>) {
        let Some((of, Some(refresh))) = self.grants.get(number).map(|g| (g.of.clone(), g.tokens.refresh.clone()))
        else {
            return (Shape::of(&Err(zoho_oauth::request::TransportError::Unreachable)), Err(Error::GrantEnded));
        };
        let outcome = self.send(Request::refresh(&self.region, &of, &refresh)).await;
        let shape = Shape::of(&outcome);
        let read = token_response::read(outcome, &self.question(GrantType::Refresh), self.now());
        match &read {
            Ok(tokens) => {
                self.never_writes(tokens.access.clone());
                if let Some(grant) = self.grants.0.get_mut(number) {
                    grant.refreshed += 1;
                }
            }
            Err(_) => self.sees(format!("a refresh brought {shape}")),
        }
        (shape, read)
    }

    /// Sends a request to Cliq and returns what it says about the token.
    pub(super) async fn calls_cliq(&self, call: Request) -> CliqSaid {
        let host = call.host();
        let outcome = self.send(call).await;
        let shape = Shape::of(&outcome);
        let meaning = match read_proof(outcome, &host, self.now(), CLIQ_LOCK) {
            Ok(Proof::Works) => Meaning::Works,
            Ok(Proof::AliveWithoutScope) => Meaning::NoPermission,
            Err(Error::TokenDead) => Meaning::Dead,
            Err(_) => Meaning::Other,
        };
        CliqSaid { shape, meaning }
    }

    /// Sends a revocation request. Returns the response's shape and whether Zoho confirmed the revocation.
    pub(super) async fn revokes(&self, call: Request) -> (Shape, Result<Ended, Error>) {
        let host = call.host();
        let outcome = self.send(call).await;
        (Shape::of(&outcome), read_revocation(outcome, &host, self.now()))
    }

    /// Revokes a token by the newer path, and by the older one if that is inconclusive, as Keyfob does.
    pub(super) async fn ends(
        &self,
        grant: &Grant,
        token: &SecretString,
        kind: TokenKind,
    ) -> (Shape, Result<Ended, Error>) {
        if let Some(newer) = Request::revoke_newer(&grant.at, &grant.of, token, kind) {
            let answer = self.revokes(newer).await;
            if !leaves_older_path(&answer.1) {
                return answer;
            }
        }
        self.revokes(Request::revoke(&grant.at, token)).await
    }

    /// Revokes all grants. Returns how many there were, and how many Zoho has ended.
    pub(super) async fn revokes_all(&mut self) -> (usize, usize) {
        let grants = std::mem::take(&mut self.grants.0);
        let mut ended = 0;
        for grant in &grants {
            let (token, kind) = match &grant.tokens.refresh {
                Some(refresh) => (refresh, TokenKind::RefreshToken),
                None => (&grant.tokens.access, TokenKind::AccessToken),
            };
            ended += usize::from(self.ends(grant, token, kind).await.1.is_ok());
        }
        (grants.len(), ended)
    }

    /// How to read a response of the token endpoint.
    pub(super) fn question(&self, asked: GrantType) -> TokenQuery {
        TokenQuery::new(asked, &self.region, &self.region.code)
    }
}

/// A well-formed authorization code that was never issued.
pub(super) fn no_code() -> AuthorizationCode {
    AuthorizationCode::new(format!("1000.{0}.{0}", "0".repeat(32)))
}
