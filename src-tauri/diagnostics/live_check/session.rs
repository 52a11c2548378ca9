//! One check: who is asked, where, with which clients, and what was found and given so far.

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

/// How often the user is asked again for what cannot be read.
const ATTEMPTS: usize = 3;

/// Why a question was left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Left {
    /// The user, or what came before, leaves it out.
    Skipped,
    /// The user wants no more.
    Stopped,
}

/// A check that goes on.
pub struct Session<P> {
    pub(super) person: P,
    pub(super) region: Region,
    pub(super) regions: Regions,
    pub(super) clients: Clients,
    pub(super) grants: Grants,
    /// What became of `state` when the user first approved.
    pub(super) approved: Option<Echo>,
    /// How the first token reply named what was asked for.
    pub(super) named: Option<Named>,
    clock: Clock,
    findings: Vec<Finding>,
    values: Vec<SecretString>,
    /// What was seen on the way of a question that could not be asked to its end.
    on_the_way: Vec<String>,
    stopped: bool,
}

impl<P: Person> Session<P> {
    /// Asks for the region; `None` where the user names none.
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

    /// The time.
    pub(super) fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Sends a call, once.
    pub(super) async fn send(&self, call: Request) -> Outcome {
        https::send(call, Patience::default()).await
    }

    /// Remembers a value that no line of the report may hold.
    pub(super) fn never_writes(&mut self, value: impl Into<SecretString>) {
        self.values.push(value.into());
    }

    /// Remembers what was seen, for the case that the question cannot be asked to its end.
    pub(super) fn sees(&mut self, what: String) {
        self.on_the_way.push(what);
    }

    /// Asks; a text comes back without blanks around it. Where it is a value, no line of the report has it.
    pub(super) async fn asks(&mut self, prompt: &Prompt<'_>) -> Result<SecretString, Left> {
        match self.person.ask(prompt).await {
            Said::Text(text) => {
                let text = SecretString::from(text.expose_secret().trim());
                if prompt.wants_a_value() {
                    self.never_writes(text.clone());
                }
                Ok(text)
            }
            Said::Skip => Err(Left::Skipped),
            Said::Stop => Err(Left::Stopped),
        }
    }

    /// Asks until the answer can be read; what cannot be is `wrong`.
    pub(super) async fn asks_until<T>(
        &mut self,
        prompt: &Prompt<'_>,
        wrong: &str,
        read: impl Fn(&SecretString) -> Option<T>,
    ) -> Result<T, Left> {
        for _ in 0..ATTEMPTS {
            let text = self.asks(prompt).await?;
            if let Some(read) = read(&text) {
                return Ok(read);
            }
            self.person.tell(wrong);
        }
        Err(Left::Skipped)
    }

    /// Asks for yes or no; an answer that is neither leaves the question.
    pub(super) async fn agrees(&mut self, prompt: &Prompt<'_>) -> Result<bool, Left> {
        let is_yes = |text: &SecretString| match text.expose_secret().to_ascii_lowercase().as_str() {
            "y" | "yes" => Some(true),
            "n" | "no" => Some(false),
            _ => None,
        };
        self.asks_until(prompt, "Answer yes or no; Enter alone skips.", is_yes).await
    }

    /// Asks a question by these steps, where the user wants it.
    pub(super) async fn finds<Q: Question>(&mut self, steps: impl AsyncFnOnce(&mut Self) -> Result<Q, Left>) {
        if self.stopped {
            return;
        }
        self.on_the_way.clear();
        let found = match self.agrees(&Prompt::Begin(Q::ABOUT)).await {
            Ok(true) => steps(self).await,
            Ok(false) => Err(Left::Skipped),
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

    /// A question was not asked to its end: what was seen of it is kept all the same.
    fn leaves(&mut self, about: &'static About, left: Left) {
        self.person.tell("Skipped.");
        self.stopped = left == Left::Stopped;
        if !self.on_the_way.is_empty() {
            self.findings.push(Finding::unfinished(about, std::mem::take(&mut self.on_the_way)));
        }
    }

    /// The region that the user named, other than the one the client is in.
    pub(super) fn other_region(&self, text: &SecretString) -> Option<Region> {
        region_in(&self.regions, text).filter(|region| region.code != self.region.code)
    }

    /// Revokes what Zoho gave, and reports.
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
