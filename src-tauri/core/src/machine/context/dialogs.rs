//! Operating system dialogs, in which the user allows what the page may only request.
//!
//! Invariant: at most one is open. The question holds what was asked, so the answer applies to that alone, whatever the
//! page requests meanwhile.

use std::time::Duration;

use zoho_oauth::region::{RegionCode, Regions};

use crate::Moment;
use crate::domain::connection::Connection;
use crate::messages::confirmation::{Account, Confirmation, Decision};
use crate::messages::effect::{Effect, Ticket};

use crate::machine::outbox::Asks;

use super::Context;

/// After this long without a dismissal, the count starts over.
const FORGOTTEN: Duration = Duration::from_mins(2);

/// The longest back-off before the next dialog.
const LONGEST_REST: Duration = Duration::from_mins(1);

/// The open dialog, and how often the user dismissed one recently. A page that asks again immediately waits longer each
/// time, so it cannot open one dialog after another until the user presses the wrong button.
#[derive(Debug, Default)]
pub(in crate::machine) struct Dialogs {
    open: Option<Ticket>,
    dismissed: u32,
    until: Option<Moment>,
}

impl Dialogs {
    pub(in crate::machine) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the user's answer. The first dismissal costs no time: they may have pressed the wrong button. The next
    /// ones cost one second, three, seven and so on, at most a minute.
    pub(in crate::machine) fn answered(&mut self, decision: Decision, now: Moment) {
        self.open = None;
        if decision != Decision::Dismiss {
            *self = Self::default();
            return;
        }
        let quiet = self.until.is_none_or(|until| now.since(until) > FORGOTTEN);
        self.dismissed = if quiet { 1 } else { self.dismissed + 1 };
        let rest = Duration::from_secs(1 << (self.dismissed - 1).min(6)).saturating_sub(Duration::from_secs(1));
        self.until = Some(now.plus(rest.min(LONGEST_REST)));
    }

    /// Whether the user has dismissed so many dialogs recently that none is opened now.
    pub(in crate::machine) fn rest(&self, now: Moment) -> bool {
        // A clock that was set back does not extend the back-off.
        self.until.is_some_and(|until| now < until && until.since(now) <= LONGEST_REST)
    }
}

impl Context<'_> {
    /// Asks the user, unless a dialog is open or the back-off after dismissals lasts. True when they are asked.
    pub(in crate::machine) fn confirm(&mut self, question: impl Asks, shown: Confirmation) -> bool {
        let asks = !self.dialogs.is_open() && !self.dialogs.rest(self.now);
        if asks {
            self.open_dialog(question, shown);
        }
        asks
    }

    /// Asks the user, without regard to the back-off.
    pub(in crate::machine) fn open_dialog(&mut self, question: impl Asks, shown: Confirmation) {
        let ticket = self.outbox.ask(question, |ticket| Effect::Confirm(ticket, shown));
        self.dialogs.open = Some(ticket);
    }

    /// Closes the dialog for one of these questions without an answer.
    pub(in crate::machine) fn close_dialog<Q: Asks>(&mut self, which: impl Fn(&Q) -> bool) {
        for ticket in self.outbox.take_back(which) {
            self.dialogs.open.take_if(|open| *open == ticket);
            self.emit(Effect::StopConfirming(ticket));
        }
    }

    /// The owner of a connection, for a dialog about it.
    pub(in crate::machine) fn account_shown(&self, connection: &Connection) -> Account {
        let email = connection.identity.as_ref().map(|identity| identity.email.clone());
        let organisation = connection.grant.organisation.as_ref().map(|id| id.as_str().to_owned());
        Account { email, organisation, host: server_of(self.regions, &connection.grant.region) }
    }
}

/// The accounts server of a region, for a dialog.
pub(in crate::machine) fn server_of(regions: &Regions, code: &RegionCode) -> Option<String> {
    let zohos_own = || regions.find(code).map(|region| region.accounts.host().to_owned());
    regions.host(code).or_else(zohos_own)
}
