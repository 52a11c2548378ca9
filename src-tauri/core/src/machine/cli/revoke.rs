//! Revocations that programs request.
//!
//! Invariant: the user confirms each one in a dialog that names the connection, and that connection alone is revoked. A
//! permission to read does not include it. The rest is the same as for the window's button.

use zoho_oauth::token_response::Ended;

use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;
use crate::machine::fact::Fact;
use crate::messages::cli::{Caller, CliAnswer, CliError, CliReply};
use crate::messages::confirmation::Decision;

use super::Cli;
use crate::machine::question::ProgramAct;

impl Cli<'_> {
    pub(super) fn program_revocation_decided(&mut self, id: ConnectionId, decision: Decision) {
        if decision != Decision::Allow {
            return self.put_off(id, ProgramAct::Revoke);
        }
        let callers = self.stop_asking_for(id, ProgramAct::Revoke);
        for caller in &callers {
            self.waits_for_revocation(*caller, id);
        }
        if !callers.is_empty() {
            self.cx.report(Fact::RevocationWanted(id));
        }
    }

    pub(super) fn waits_for_revocation(&mut self, caller: Caller, id: ConnectionId) {
        if let Some(waiting) = self.state.waiting.get_mut(&caller) {
            waiting.revokes = Some(id);
        }
    }

    pub(in crate::machine) fn tell_programs_revoked(&mut self, id: ConnectionId, how: Ended) {
        for caller in self.waiting_for_revocation(id) {
            self.end_request(caller, CliReply::Said(CliAnswer::Revoked { was_known: how == Ended::Now }));
        }
    }

    pub(in crate::machine) fn tell_programs_not_revoked(
        &mut self,
        id: ConnectionId,
        problem: &Problem,
        needs_you: bool,
    ) {
        for caller in self.waiting_for_revocation(id) {
            self.end_request(caller, CliError::Failed { problem: problem.clone(), needs_you });
        }
    }

    fn waiting_for_revocation(&self, id: ConnectionId) -> Vec<Caller> {
        self.state.waiting.iter().filter(|(_, w)| w.revokes == Some(id)).map(|(caller, _)| *caller).collect()
    }
}
