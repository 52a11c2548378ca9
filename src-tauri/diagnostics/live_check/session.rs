//! The state of one check: the user, the region, the clients, and the results and tokens so far.
#![expect(clippy::disallowed_methods, reason = "reads what the tester enters")]

use keyfob_core::Moment;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::region::{Region, RegionCode, Regions};
use zoho_oauth::request::{Outcome, Request};

use super::clients::Clients;
use super::grants::Grants;
use super::person::{Person, Prompt, Said};
use super::question::{About, Echo, Named, Question};
use super::report::{Finding, Report};
use crate::app::engine::Clock;
use crate::net::https::{self, Patience};

/// How many unreadable answers the user may give to one prompt.
const ATTEMPTS: usize = 3;

/// Why a question was not finished.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Interruption {
    /// The user skipped it, or what it needs is missing.
    Skipped,
    /// The user stopped the check.
    Stopped,
}

/// A check in progress.
pub struct Session<P> {
    pub(super) person: P,
    pub(super) region: Region,
    pub(super) regions: Regions,
    pub(super) clients: Clients,
    pub(super) grants: Grants,
    /// The `state` in the redirect of the first approval.
    pub(super) approved: Option<Echo>,
    /// How the first token response named the requested permissions.
    pub(super) named: Option<Named>,
    clock: Clock,
    findings: Vec<Finding>,
    values: Vec<SecretString>,
    /// The observations of the current question, kept in case it cannot be finished.
    on_the_way: Vec<String>,
    stopped: bool,
}

impl<P: Person> Session<P> {
    /// Asks for the region; `None` when the user names none.
    pub async fn begin(mut person: P, regions: Regions, clock: Clock) -> Option<Self> {
        for _ in 0..ATTEMPTS {
            let Said::Text(text) = person.ask(&Prompt::Region).await else { return None };
            if let Some(region) = region_in(&regions, &text) {
                return Some(Self::in_region(person, region, regions, clock));
            }
            person.tell("Keyfob knows no such region.");
        }
        None
    }

    fn in_region(person: P, region: Region, regions: Regions, clock: Clock) -> Self {
        let (clients, grants) = (Clients::default(), Grants::default());
        let (findings, values) = (Vec::new(), Vec::new());
        Self {
            person,
            region,
            regions,
            clients,
            grants,
            approved: None,
            named: None,
            clock,
            findings,
            values,
            on_the_way: Vec::new(),
            stopped: false,
        }
    }

    /// The current time.
    pub(super) fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Sends a request, once.
    pub(super) async fn send(&self, call: Request) -> Outcome {
        https::send(call, Patience::default()).await
    }

    /// Registers a value that no line of the report may contain.
    pub(super) fn never_writes(&mut self, value: impl Into<SecretString>) {
        self.values.push(value.into());
    }

    /// Records an observation in case the question cannot be finished.
    pub(super) fn sees(&mut self, what: String) {
        self.on_the_way.push(what);
    }

    /// Asks, and returns the trimmed answer. If it is a value, registers it with [`Self::never_writes`].
    pub(super) async fn asks(&mut self, prompt: &Prompt<'_>) -> Result<SecretString, Interruption> {
        match self.person.ask(prompt).await {
            Said::Text(text) => {
                let text = SecretString::from(text.expose_secret().trim());
                if prompt.wants_a_value() {
                    self.never_writes(text.clone());
                }
                Ok(text)
            }
            Said::Skip => Err(Interruption::Skipped),
            Said::Stop => Err(Interruption::Stopped),
        }
    }

    /// Asks until `read` accepts the answer, at most [`ATTEMPTS`] times. Shows `wrong` for each one that it rejects.
    pub(super) async fn asks_until<T>(
        &mut self,
        prompt: &Prompt<'_>,
        wrong: &str,
        read: impl Fn(&SecretString) -> Option<T>,
    ) -> Result<T, Interruption> {
        for _ in 0..ATTEMPTS {
            let text = self.asks(prompt).await?;
            if let Some(read) = read(&text) {
                return Ok(read);
            }
            self.person.tell(wrong);
        }
        Err(Interruption::Skipped)
    }

    /// Asks for yes or no. Skips the question after too many other answers.
    pub(super) async fn agrees(&mut self, prompt: &Prompt<'_>) -> Result<bool, Interruption> {
        let is_yes = |text: &SecretString| match text.expose_secret().to_ascii_lowercase().as_str() {
            "y" | "yes" => Some(true),
            "n" | "no" => Some(false),
            _ => None,
        };
        self.asks_until(prompt, "Answer yes or no; Enter alone skips.", is_yes).await
    }

    /// Runs the steps of a question if the user agrees.
    pub(super) async fn finds<Q: Question>(&mut self, steps: impl AsyncFnOnce(&mut Self) -> Result<Q, Interruption>) {
        if self.stopped {
            return;
        }
        self.on_the_way.clear();
        let found = match self.agrees(&Prompt::Begin(Q::ABOUT)).await {
            Ok(true) => steps(self).await,
            Ok(false) => Err(Interruption::Skipped),
            Err(left) => Err(left),
        };
        match found {
            Ok(seen) => {
                let finding = Finding::of(&seen);
                self.person.tell(&format!("This is {}.", finding.verdict));
                self.findings.push(finding);
            }
            Err(left) => self.leaves(Q::ABOUT, left),
        }
    }

    /// Ends a question that was not finished, and keeps its observations.
    fn leaves(&mut self, about: &'static About, left: Interruption) {
        self.person.tell("Skipped.");
        self.stopped = left == Interruption::Stopped;
        if !self.on_the_way.is_empty() {
            self.findings.push(Finding::unfinished(about, std::mem::take(&mut self.on_the_way)));
        }
    }

    /// The region that the user named; `None` when it is unknown or the client's own.
    pub(super) fn other_region(&self, text: &SecretString) -> Option<Region> {
        region_in(&self.regions, text).filter(|region| region.code != self.region.code)
    }

    /// Revokes all tokens and returns the report.
    pub async fn end(mut self) -> Report {
        self.person.tell("The check ends. What Zoho gave is revoked.");
        let revoked = self.revokes_all().await;
        let (region, now) = (self.region.code.as_str().to_owned(), self.now());
        Report::new(&region, now, self.findings, revoked, &self.values)
    }
}

fn region_in(regions: &Regions, text: &SecretString) -> Option<Region> {
    let text = text.expose_secret().trim();
    let named = RegionCode::new(&text.to_ascii_lowercase()).and_then(|code| regions.find(&code));
    named.or_else(|| regions.in_address_bar(text)).cloned()
}
