//! A consent from the address to the way back, across data centres.

use std::sync::{Arc, Weak};

use super::{World, lock};
use crate::zoho::consent::{self, Request};
use crate::zoho::issue::Code;
use crate::zoho::limits::MINUTE;
use crate::zoho::registry::Registration;
use crate::zoho::{Home, mint};
use crate::{Answer, Stop, Trouble};

/// What a browser gets that asks for consent.
pub(crate) enum Opened {
    /// A page to answer.
    Page { ticket: String, request: Request },
    /// The person agreed before; the way back at once.
    Skipped(String),
}

impl World {
    /// The browser arrives at the consent page.
    pub(crate) fn open_consent(&self, query: &[(String, String)]) -> Result<Opened, Stop> {
        let (request, skip) = {
            let zoho = self.zoho();
            let request = consent::read(&zoho, query)?;
            let skip = zoho.consents.may_skip(&request);
            (request, skip)
        };
        if skip {
            return Ok(Opened::Skipped(self.answer_consent(&request, Answer::Accept)));
        }
        let ticket = self.zoho().consents.open(request.clone(), self.now());
        Ok(Opened::Page { ticket, request })
    }

    /// The person presses a button; what comes back is where the browser goes.
    pub(crate) fn answer_consent(&self, request: &Request, answer: Answer) -> String {
        let Some((registration, code, elsewhere)) = self.grant(request, answer) else {
            return consent::denied(request);
        };
        match self.home_of_person(elsewhere) {
            HomeOfPerson::Here => {
                let made_at = self.code_made_at();
                let name = self.zoho().issued.code(code, made_at);
                consent::granted(request, &name, &self.home)
            }
            HomeOfPerson::At(other) => {
                let mut zoho = other.zoho();
                zoho.registry.adopt(registration);
                let name = zoho.issued.code(code, other.now());
                consent::granted(request, &name, &other.home)
            }
            HomeOfPerson::Nowhere => consent::granted(request, &mint::token(), &nowhere()),
        }
    }

    /// Decides about one answer; `None` is a refusal.
    fn grant(&self, request: &Request, answer: Answer) -> Option<(Registration, Code, bool)> {
        let now = self.now();
        let mut zoho = self.zoho();
        if answer == Answer::Reject || zoho.troubles.contains(&Trouble::Refused) {
            return None;
        }
        let registration = zoho.registry.find(&request.client_id)?.clone();
        if !zoho.issued.may_issue_code(&request.client_id, now) {
            return None;
        }
        let code = Code {
            client_id: request.client_id.clone(),
            redirect: Some(request.redirect.clone()),
            scopes: request.scopes.clone(),
            brings_refresh_token: zoho.consents.brings_refresh_token(request),
            challenge: request.challenge.clone(),
        };
        zoho.consents.note(request);
        Some((registration, code, zoho.troubles.remove(&Trouble::OtherRegion)))
    }

    /// The console makes a code for a Self Client; nothing when ten were made in ten minutes.
    pub(crate) fn make_code(&self, client_id: &str, scopes: Vec<String>, minutes: u64) -> Option<String> {
        let (now, made_at) = (self.now(), self.code_made_at());
        let mut zoho = self.zoho();
        if !zoho.issued.may_issue_code(client_id, now) {
            return None;
        }
        let client_id = client_id.to_owned();
        let code = Code { client_id, redirect: None, scopes, brings_refresh_token: true, challenge: None };
        // A code that is to run out at once was made a minute ago, whatever time was chosen for it.
        let lives = if made_at < now { MINUTE } else { minutes * MINUTE };
        Some(zoho.issued.code_for(code, lives, made_at))
    }

    /// A code that is to run out at once was made a minute ago.
    pub(crate) fn code_made_at(&self) -> u64 {
        let spoilt = self.zoho().troubles.contains(&Trouble::CodesExpireAtOnce);
        if spoilt { self.now().saturating_sub(MINUTE) } else { self.now() }
    }

    pub(super) fn home_of_person(&self, elsewhere: bool) -> HomeOfPerson {
        let neighbours = lock(&self.neighbours);
        let mut known = neighbours.known.iter().filter_map(Weak::upgrade);
        let lives_in = neighbours.person_lives_in.as_deref().filter(|place| *place != self.home.location);
        match lives_in {
            Some(place) => {
                known.find(|other| other.home.location == place).map_or(HomeOfPerson::Nowhere, HomeOfPerson::At)
            }
            None if elsewhere => known.next().map_or(HomeOfPerson::Nowhere, HomeOfPerson::At),
            None => HomeOfPerson::Here,
        }
    }
}

/// Where the person's account lives.
pub(super) enum HomeOfPerson {
    Here,
    At(Arc<World>),
    Nowhere,
}

/// A data centre that is in nobody's table. The address is reserved, so nothing can ever answer there.
pub(super) fn nowhere() -> Home {
    Home { location: "elsewhere".to_owned(), origin: "https://accounts.elsewhere.example".to_owned() }
}
