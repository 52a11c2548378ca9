//! A consent from the authorization URL to the redirect, across data centres.

use super::World;
use super::neighbours::{HomeOfPerson, nowhere};
use crate::zoho::consent::{self, Denial, Request};
use crate::zoho::enhance;
use crate::zoho::issue::Code;
use crate::zoho::limits::MINUTE;
use crate::zoho::mint;
use crate::zoho::registry::Registration;
use crate::{Answer, Asked, Endpoint, Stop, Trouble};

/// The result of opening a consent URL.
pub(crate) enum Opened {
    /// A page to answer.
    Page { ticket: String, request: Request },
    /// The user consented before; the immediate redirect.
    Skipped(String),
}

impl World {
    /// Opens a consent page.
    pub(crate) fn open_consent(&self, asked: &Asked) -> Result<Opened, Stop> {
        let (request, skip) = {
            let zoho = self.zoho();
            let request = match asked.endpoint {
                Endpoint::AddExtraScope => enhance::read(&zoho, &asked.query, self.now())?,
                _ => consent::read(&zoho, &asked.query)?,
            };
            let skip = request.scopes.is_empty() || zoho.consents.may_skip(&request);
            (request, skip)
        };
        if skip {
            return Ok(Opened::Skipped(self.answer_consent(&request, Answer::Accept)));
        }
        let ticket = self.zoho().consents.open(request.clone(), self.now());
        Ok(Opened::Page { ticket, request })
    }

    /// Removes the page so that it can be answered once.
    pub(crate) fn close_consent(&self, ticket: &str) -> Result<Request, Stop> {
        let now = self.now();
        let mut zoho = self.zoho();
        let request = zoho.consents.close(ticket, now).ok_or(Stop::PageIsOver)?;
        match &request.enhance_token {
            Some(enhance_token) if enhance::grant(&zoho, enhance_token, now).is_none() => Err(Stop::PageIsOver),
            _ => Ok(request),
        }
    }

    /// Answers a consent page; returns the redirect.
    pub(crate) fn answer_consent(&self, request: &Request, answer: Answer) -> String {
        if let Some(enhance_token) = &request.enhance_token {
            return self.answer_enhancing(request, enhance_token, answer);
        }
        let (registration, code, elsewhere) = match self.grant(request, answer) {
            Ok(granted) => granted,
            Err(why) => return consent::denied(request, why),
        };
        match self.home_of_person(elsewhere) {
            HomeOfPerson::Here => {
                let made_at = self.code_made_at();
                let name = self.zoho().issued.code(code, made_at);
                consent::granted(request, &name, &self.home)
            }
            HomeOfPerson::At(other) => {
                let mut zoho = other.zoho();
                let known = zoho.registry.adopt(registration);
                // A data centre that does not know the client accepts none of its codes.
                let name = if known { zoho.issued.code(code, other.now()) } else { mint::token() };
                consent::granted(request, &name, &other.home)
            }
            HomeOfPerson::Nowhere => consent::granted(request, &mint::token(), &nowhere()),
        }
    }

    /// Decides about one answer of the user.
    fn grant(&self, request: &Request, answer: Answer) -> Result<(Registration, Code, bool), Denial> {
        let now = self.now();
        let mut zoho = self.zoho();
        if let Some(why) = consent::denial(&zoho, answer) {
            return Err(why);
        }
        let registration = zoho.registry.find(&request.client_id).ok_or(Denial::AccessDenied)?.clone();
        if !zoho.issued.may_issue_code(&request.client_id, now) {
            return Err(Denial::AccessDenied);
        }
        let code = Code {
            client_id: request.client_id.clone(),
            redirect: Some(request.redirect.clone()),
            scopes: request.scopes.clone(),
            brings_refresh_token: zoho.consents.brings_refresh_token(request),
            challenge: request.challenge.clone(),
        };
        zoho.consents.note(request);
        Ok((registration, code, zoho.troubles.remove(&Trouble::OtherRegion)))
    }

    /// Creates a code for a Self Client; `None` after ten in ten minutes.
    pub(crate) fn make_code(&self, client_id: &str, scopes: Vec<String>, minutes: u64) -> Option<String> {
        let (now, made_at) = (self.now(), self.code_made_at());
        let mut zoho = self.zoho();
        if !zoho.issued.may_issue_code(client_id, now) {
            return None;
        }
        let client_id = client_id.to_owned();
        let code = Code { client_id, redirect: None, scopes, brings_refresh_token: true, challenge: None };
        // A code that is to be expired already was created a minute ago, whatever its lifetime.
        let lives = if made_at < now { MINUTE } else { minutes * MINUTE };
        Some(zoho.issued.code_for(code, lives, made_at))
    }

    /// The creation time of a code; a minute ago when codes are to be expired already.
    pub(crate) fn code_made_at(&self) -> u64 {
        let spoilt = self.zoho().troubles.contains(&Trouble::CodesExpireAtOnce);
        if spoilt { self.now().saturating_sub(MINUTE) } else { self.now() }
    }
}
