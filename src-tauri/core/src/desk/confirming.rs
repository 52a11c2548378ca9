//! What waits for the user's answer outside the page.
//!
//! Invariant: at most one question is open. What was asked is kept here, so the answer is for that and nothing else,
//! whatever the page asks meanwhile.

use std::time::Duration;

use secrecy::SecretString;
use zoho_oauth::client::Client;
use zoho_oauth::region::{Region, RegionCode};

use crate::Moment;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::export_choice::Export;
use crate::domain::revocation::RevocationId;
use crate::formats::handover_file::{Lasts, Lock};
use crate::messages::confirmation::{Account, Confirmation, Decision};
use crate::messages::effect::Effect;

use super::Desk;
use super::elsewhere::Elsewhere;
use super::outbox::Question;
use super::scripts::ProgramAct;
use super::turn::Turn;

/// After this long without one, dismissals count from the beginning.
const FORGOTTEN: Duration = Duration::from_mins(2);

/// The longest that no question is asked.
const LONGEST_REST: Duration = Duration::from_mins(1);

/// How often the user dismissed a question lately. A page that asks again at once waits longer each time, so it cannot
/// put up one dialog after another until a press goes wrong.
#[derive(Debug, Default)]
pub(super) struct Dismissals {
    count: u32,
    until: Option<Moment>,
}

impl Dismissals {
    /// The first takes no time: the user may have pressed the wrong button. Then one second, two, four, at most a minute.
    pub(super) fn count(&mut self, decision: Decision, now: Moment) {
        if decision != Decision::Dismiss {
            *self = Self::default();
            return;
        }
        let quiet = self.until.is_none_or(|until| now.since(until) > FORGOTTEN);
        self.count = if quiet { 1 } else { self.count + 1 };
        let rest = Duration::from_secs(1 << (self.count - 1).min(6)).saturating_sub(Duration::from_secs(1));
        self.until = Some(now.plus(rest.min(LONGEST_REST)));
    }

    fn rest(&self, now: Moment) -> bool {
        // Where the clock was set back, nobody waits longer.
        self.until.is_some_and(|until| now < until && until.since(now) <= LONGEST_REST)
    }
}

/// What is done once the user allows it.
#[derive(Clone, Debug)]
pub(super) enum Confirmed {
    AddRegion(Box<Region>),
    /// With the client that the region is asked about.
    AskRegion(Box<Client>, RegionCode),
    /// The switch on the connection's page.
    AllowScripts(ConnectionId),
    /// A program waits for it.
    ProgramAsks(ConnectionId, ProgramAct),
    /// From the clipboard, for this region; into the draft's own field or that of another data centre.
    PasteSecret {
        text: SecretString,
        to: RegionCode,
        field: Option<RegionCode>,
    },
    /// At this region.
    UseCode(RegionCode),
    /// At this region.
    UseRefreshToken {
        token: SecretString,
        at: RegionCode,
    },
    /// The account of a sign-in is in a region that its secrets were not given for.
    GoElsewhere(Box<Elsewhere>),
    CopyRefreshToken(ConnectionId),
    Export(ConnectionId, Export),
    HandOver {
        id: ConnectionId,
        to: String,
        lasts: Lasts,
        lock: Lock,
    },
    DeleteHere(ConnectionId),
    ForgetRevocation(RevocationId),
}

impl Turn<'_> {
    /// Asks the user, unless another question is open, or the last ones were dismissed a moment ago. Whether they are asked.
    pub(super) fn confirm(&mut self, what: Confirmed, shown: Confirmation) -> bool {
        let asks = !self.desk.is_confirming(|_| true) && !self.desk.rests_from_questions(self.now);
        if asks {
            self.ask(Question::Confirm(what), |ticket| Effect::Confirm(ticket, shown));
        }
        asks
    }
}

impl Desk {
    /// Whether the user has dismissed so many questions lately that no other is asked now.
    pub(super) fn rests_from_questions(&self, now: Moment) -> bool {
        self.dismissals.rest(now)
    }

    /// Whose a connection is, for a question about it.
    pub(super) fn account_shown(&self, connection: &Connection) -> Account {
        let email = connection.identity.as_ref().map(|identity| identity.email.clone());
        let organisation = connection.grant.organisation.as_ref().map(|id| id.as_str().to_owned());
        Account { email, organisation, host: self.server_of(&connection.grant.region) }
    }

    /// The accounts server of a region, for a question.
    pub(super) fn server_of(&self, code: &RegionCode) -> Option<String> {
        let zohos_own = || self.regions.find(code).map(|region| region.accounts.host().to_owned());
        self.regions.host(code).or_else(zohos_own)
    }

    pub(super) fn is_confirming(&self, which: impl Fn(&Confirmed) -> bool) -> bool {
        self.outbox.count(|q| matches!(q, Question::Confirm(what) if which(what))) > 0
    }
}
