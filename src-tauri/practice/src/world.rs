//! One running data centre: Zoho's state, the journal, the script, and the neighbours it knows.
//!
//! *Invariant:* no two states are ever locked at once, so neighbours cannot wait for each other.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;

use crate::journal::Journal;
use crate::script::Prompter;
use crate::zoho::consent::{self, Request};
use crate::zoho::issue::Code;
use crate::zoho::limits::MINUTE;
use crate::zoho::registry::Registration;
use crate::zoho::{Home, Zoho, mint};
use crate::{Answer, Asked, Clock, Endpoint, Plan, Stop, Trouble};

pub(crate) struct World {
    pub(crate) home: Home,
    pub(crate) clock: Clock,
    pub(crate) slow: Duration,
    zoho: Mutex<Zoho>,
    journal: Mutex<Journal>,
    prompter: Mutex<Prompter>,
    neighbours: Mutex<Neighbours>,
    inside: AtomicU64,
    heard: watch::Sender<()>,
}

#[derive(Default)]
struct Neighbours {
    known: Vec<Weak<World>>,
    person_lives_in: Option<String>,
}

/// What a browser gets that asks for consent.
pub(crate) enum Opened {
    /// A page to answer.
    Page { ticket: String, request: Request },
    /// The person agreed before; the way back at once.
    Skipped(String),
}

impl World {
    pub(crate) fn new(plan: Plan, origin: String) -> Self {
        let home = Home {
            location: plan.location,
            origin,
        };
        Self {
            home: home.clone(),
            clock: plan.clock,
            slow: plan.slow,
            zoho: Mutex::new(Zoho::new(home, plan.person)),
            journal: Mutex::default(),
            prompter: Mutex::default(),
            neighbours: Mutex::default(),
            inside: AtomicU64::new(0),
            heard: watch::Sender::new(()),
        }
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    pub(crate) fn zoho(&self) -> MutexGuard<'_, Zoho> {
        lock(&self.zoho)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn prompter(&self) -> MutexGuard<'_, Prompter> {
        lock(&self.prompter)
    }

    pub(crate) fn hear(&self, asked: Asked) {
        self.journal().note(asked);
        self.heard.send_replace(());
    }

    pub(crate) async fn was_asked(&self, endpoint: Endpoint, times: usize) {
        let mut heard = self.heard.subscribe();
        // The sender lives in self, so waiting cannot fail.
        let _ = heard.wait_for(|()| self.journal().count(endpoint) >= times).await;
    }

    pub(crate) fn add_time_inside(&self, spent: Duration) {
        self.inside
            .fetch_add(u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(crate) fn time_inside(&self) -> Duration {
        Duration::from_nanos(self.inside.load(Ordering::Relaxed))
    }

    pub(crate) fn meet(&self, other: &Arc<Self>) {
        lock(&self.neighbours).known.push(Arc::downgrade(other));
    }

    pub(crate) fn person_lives_in(&self, location: &str) {
        lock(&self.neighbours).person_lives_in = Some(location.to_owned());
    }

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

    /// A code that is to run out at once was made a minute ago.
    pub(crate) fn code_made_at(&self) -> u64 {
        let spoilt = self.zoho().troubles.contains(&Trouble::CodesExpireAtOnce);
        if spoilt {
            self.now().saturating_sub(MINUTE)
        } else {
            self.now()
        }
    }

    fn home_of_person(&self, elsewhere: bool) -> HomeOfPerson {
        let neighbours = lock(&self.neighbours);
        let mut known = neighbours.known.iter().filter_map(Weak::upgrade);
        let lives_in = neighbours
            .person_lives_in
            .as_deref()
            .filter(|place| *place != self.home.location);
        match lives_in {
            Some(place) => known
                .find(|other| other.home.location == place)
                .map_or(HomeOfPerson::Nowhere, HomeOfPerson::At),
            None if elsewhere => known.next().map_or(HomeOfPerson::Nowhere, HomeOfPerson::At),
            None => HomeOfPerson::Here,
        }
    }
}

enum HomeOfPerson {
    Here,
    At(Arc<World>),
    Nowhere,
}

/// A data centre that is in nobody's table. The address is reserved, so nothing can ever answer there.
fn nowhere() -> Home {
    Home {
        location: "elsewhere".to_owned(),
        origin: "https://accounts.elsewhere.example".to_owned(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
