//! What Zoho gave: tokens of approvals, refreshed and revoked as Keyfob does it.
//!
//! **Invariant:** every token that came is in here until the end, which revokes it.

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
use super::session::{Left, Session};
use super::shape::Shape;

/// All of them, by number.
#[derive(Debug, Default)]
pub(super) struct Grants(Vec<Grant>);

/// Tokens of one approval.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) of: Client,
    pub(super) tokens: TokenResponse,
    /// Where they came from.
    at: Region,
    /// How many access tokens a refresh brought.
    refreshed: usize,
    /// Whether a question has ended it, or has used up what it may bring.
    spent: bool,
}

impl Grants {
    pub(super) fn get(&self, number: usize) -> Option<&Grant> {
        self.0.get(number)
    }

    /// No other question uses it.
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
    /// A grant of a client of this type that is there already.
    pub(super) fn grant_of(&self, client: ClientType) -> Option<usize> {
        self.grants.find(|grant| grant.of.client_type == client)
    }

    /// A grant with a refresh token, of any client; one of a new approval where none is there.
    pub(super) async fn any_grant(&mut self) -> Result<usize, Left> {
        match self.grants.find(|_| true) {
            Some(number) => Ok(number),
            None => self.new_grant(None).await,
        }
    }

    /// The same, but one that has brought nothing yet.
    pub(super) async fn fresh_grant(&mut self) -> Result<usize, Left> {
        match self.grants.find(|grant| grant.refreshed == 0) {
            Some(number) => Ok(number),
            None => self.new_grant(None).await,
        }
    }

    /// A grant of this client, or of any, by an approval.
    pub(super) async fn new_grant(&mut self, of: Option<Client>) -> Result<usize, Left> {
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
            Left::Skipped
        })
    }

    /// Sends a call that may bring tokens, and keeps what it brings.
    pub(super) async fn gets_tokens(&mut self, of: &Client, call: Request) -> (Shape, Option<usize>) {
        let at = self.regions.by_accounts(&call.url.origin().ascii_serialization()).unwrap_or(&self.region).clone();
        let outcome = self.send(call).await;
        let shape = Shape::of(&outcome);
        (shape, self.keeps(of, at, outcome))
    }

    /// Keeps the tokens of a region's answer; `None` where there are none.
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

    /// A new access token by refresh; the problem that Keyfob reads in the answer otherwise.
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

    /// What Cliq says of a token.
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

    /// Whether a revocation is confirmed, and what it was answered.
    pub(super) async fn revokes(&self, call: Request) -> (Shape, Result<Ended, Error>) {
        let host = call.host();
        let outcome = self.send(call).await;
        (Shape::of(&outcome), read_revocation(outcome, &host, self.now()))
    }

    /// Ends a token by the newer path, and by the older where that leaves it open, as Keyfob does.
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

    /// Ends all that Zoho gave: how many grants there were, and how many have ended.
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

    /// How the answers of the token endpoint are to be read.
    pub(super) fn question(&self, asked: GrantType) -> TokenQuery {
        TokenQuery::new(asked, &self.region, &self.region.code)
    }
}

/// A code that never was, in the shape of one.
pub(super) fn no_code() -> AuthorizationCode {
    AuthorizationCode::new(format!("1000.{0}.{0}", "0".repeat(32)))
}
