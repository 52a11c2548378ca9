//! What waits for the user's answer outside the page.
//!
//! Invariant: at most one question is open. What was asked is kept here, so the answer is for that and nothing else,
//! whatever the page asks meanwhile.

use crate::confirmation::{Confirmation, Decision};
use crate::connection::ConnectionId;
use crate::effect::Effect;
use crate::export::Export;
use crate::hand_over::{Lasts, Lock};
use crate::region::{Region, RegionCode};
use crate::registration::Registration;
use crate::revocation::RevocationId;

use super::Desk;
use super::tickets::Question;
use super::turn::Turn;

/// What is done once the user allows it.
#[derive(Clone, Debug)]
pub(super) enum Confirmed {
    AddRegion(Box<Region>),
    /// With the client that the region is asked about.
    AskRegion(Box<Registration>, RegionCode),
    /// The switch on the connection's page.
    AllowScripts(ConnectionId),
    /// A program waits for it.
    ProgramAsks(ConnectionId),
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
    /// Asks the user, unless another question is open.
    pub(super) fn confirm(&mut self, what: Confirmed, shown: Confirmation) {
        if !self.desk.is_confirming(|_| true) {
            self.ask(Question::Confirm(what), |ticket| Effect::Confirm(ticket, shown));
        }
    }

    pub(super) fn confirmed(&mut self, what: Confirmed, decision: Decision) {
        match (what, decision) {
            (Confirmed::AllowScripts(id) | Confirmed::ProgramAsks(id), decision) => self.scripts_decided(id, decision),
            (Confirmed::HandOver { id, to, lasts, lock }, Decision::Allow) => self.seal_hand_over(id, &to, lasts, lock),
            (_, Decision::Deny | Decision::Dismiss) => {}
            (Confirmed::AddRegion(region), Decision::Allow) => self.region_confirmed(*region),
            (Confirmed::AskRegion(client, code), Decision::Allow) => self.ask_confirmed_region(&client, code),
            (Confirmed::CopyRefreshToken(id), Decision::Allow) => self.copy_refresh_token(id),
            (Confirmed::Export(id, export), Decision::Allow) => self.export_confirmed(id, export),
            (Confirmed::DeleteHere(id), Decision::Allow) => self.delete_confirmed(id),
            (Confirmed::ForgetRevocation(id), Decision::Allow) => self.forget_confirmed(id),
        }
    }
}

impl Desk {
    pub(super) fn is_confirming(&self, which: impl Fn(&Confirmed) -> bool) -> bool {
        self.tickets.count(|q| matches!(q, Question::Confirm(what) if which(what))) > 0
    }
}
