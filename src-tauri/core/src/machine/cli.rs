//! Requests of programs on the command line.
//!
//! Invariant: no program gets a token, or an action with one, before the user has allowed that for the connection.
//! Every event re-examines the waiting programs, so each gets a reply, and all that wait for a refresh share it.

mod intents;
mod revoke;
mod state;
mod step;

use std::time::Duration;

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::notice::CopiedWhat;
use crate::domain::problem::Problem;
use crate::domain::script_access::ScriptAccess;
use crate::domain::settings::Settings;
use crate::formats::export;
use crate::messages::cli::{Caller, CliError, CliReply, CliRequest, PERSON_TIME};
use crate::messages::confirmation::{Confirmation, Decision};
use crate::messages::effect::{Answer, Effect, Sensitivity};

use super::checks::ChecksState;
use super::context::Context;
use super::fact::Fact;
use super::question::{CliQuestion, ProgramAct};
use super::revoke::RevokeState;
use super::tokens::TokensState;
pub(crate) use state::CliState;
use state::Waiting;
use step::NextStep;

/// The most programs that may wait; the next one is turned away.
const MOST_WAITING: usize = 256;

/// The shortest time between two dialogs for the same connection that take the focus.
const FRONT_REST: Duration = Duration::from_mins(10);

/// The machine that serves programs.
pub(super) struct Cli<'a> {
    pub(super) state: &'a mut CliState,
    /// The state of the other machines: what is in flight for a connection.
    pub(super) tokens: &'a TokensState,
    pub(super) checks: &'a ChecksState,
    pub(super) revoke: &'a RevokeState,
    pub(super) settings: Settings,
    /// Whether there is a user to ask.
    pub(super) attended: bool,
    pub(super) vault: Vault,
    pub(super) cx: Context<'a>,
}

/// Whether programs can be served.
#[derive(Debug)]
pub(super) enum Vault {
    /// It is being opened.
    Opening,
    /// It is not open, for this reason.
    Closed(Problem),
    Open,
}

impl Cli<'_> {
    /// Handles the answer to one of its questions; `None` when it is of another kind.
    pub(super) fn answer(&mut self, question: CliQuestion, answer: Answer) -> Option<()> {
        let decision = answer.confirmed()?;
        match question {
            CliQuestion::AllowScripts(id) | CliQuestion::ProgramAsks(id, ProgramAct::Read) => {
                self.scripts_decided(id, decision);
            }
            CliQuestion::ProgramAsks(id, ProgramAct::Revoke) => self.program_revocation_decided(id, decision),
        }
        Some(())
    }

    pub(super) fn script_asked(&mut self, caller: Caller, request: CliRequest) {
        if self.state.waiting.len() < MOST_WAITING {
            let waiting = Waiting { request, since: self.cx.now, asking: false, begun: false, revokes: None };
            self.state.waiting.insert(caller, waiting);
        } else {
            self.cx.emit(Effect::TellScript(caller, CliError::Busy.into()));
        }
    }

    /// Forgets a program that no longer waits.
    pub(super) fn script_left(&mut self, caller: Caller) {
        self.state.waiting.remove(&caller);
    }

    /// The switch on the connection's page: off takes effect immediately, on once the user has confirmed it.
    pub(super) fn allow_scripts(&mut self, id: ConnectionId, on: bool) {
        if !on {
            return self.set_scripts(id, ScriptAccess::Denied);
        }
        if let Some(connection) = self.cx.connections.get(&id) {
            let (name, account) = (connection.name.clone(), self.cx.account_shown(connection));
            let shown = Confirmation::AllowScripts { name, account, to_front: true };
            self.cx.confirm(CliQuestion::AllowScripts(id), shown);
        }
    }

    fn scripts_decided(&mut self, id: ConnectionId, decision: Decision) {
        match decision {
            Decision::Allow => {
                self.set_scripts(id, ScriptAccess::Allowed);
                self.stop_asking_for(id, ProgramAct::Read);
            }
            Decision::Deny => self.set_scripts(id, ScriptAccess::Denied),
            Decision::Dismiss => self.put_off(id, ProgramAct::Read),
        }
    }

    /// Ends the question, which the user has answered; returns the programs that waited for it.
    fn stop_asking_for(&mut self, id: ConnectionId, act: ProgramAct) -> Vec<Caller> {
        let waiting = &self.state.waiting;
        let is_for = |w: &Waiting| w.act() == act && self.meant_by(w).is_some_and(|c| c.id == id);
        let callers: Vec<Caller> = waiting.iter().filter(|(_, w)| w.asking && is_for(w)).map(|(c, _)| *c).collect();
        for caller in &callers {
            if let Some(waiting) = self.state.waiting.get_mut(caller) {
                waiting.asking = false;
            }
        }
        callers
    }

    fn set_scripts(&mut self, id: ConnectionId, access: ScriptAccess) {
        if let Some(connection) = self.cx.connection(id) {
            connection.scripts = access;
            self.cx.changed();
        }
    }

    /// Turns away the programs that wait for the user's answer; the next one asks again.
    fn put_off(&mut self, id: ConnectionId, act: ProgramAct) {
        for caller in self.stop_asking_for(id, act) {
            self.end_request(caller, CliError::NotAllowed { denied: false });
        }
    }

    fn end_request(&mut self, caller: Caller, told: impl Into<CliReply>) {
        self.state.waiting.remove(&caller);
        self.cx.emit(Effect::TellScript(caller, told.into()));
    }

    pub(super) fn copy_command(&mut self, id: ConnectionId) {
        if let Some(connection) = self.cx.connection(id) {
            let command = export::command(&connection.name);
            self.cx.put_on_clipboard(CopiedWhat::Command { id }, command.into(), Sensitivity::Plain);
        }
    }

    /// Replies to the waiting programs that have a result. True when work began for one, which may end immediately.
    pub(super) fn tell_scripts(&mut self) -> bool {
        // A clock that was set back keeps no program waiting longer.
        let now = self.cx.now;
        self.state.waiting.values_mut().for_each(|w| w.since = w.since.min(now));
        let callers: Vec<Caller> = self.state.waiting.keys().copied().collect();
        let mut begun = false;
        for caller in callers {
            begun |= self.serves(caller);
        }
        begun
    }

    /// Takes the next step for a program; true when work began for it.
    fn serves(&mut self, caller: Caller) -> bool {
        let Some(waiting) = self.state.waiting.get(&caller) else { return false };
        let step = self.step(waiting, self.cx.now);
        match step {
            NextStep::Waits => return false,
            NextStep::Ends(told) => {
                self.note_reading(caller, &told);
                self.end_request(caller, told);
                return false;
            }
            NextStep::AsksPerson => {
                self.ask_person(caller);
                return false;
            }
            NextStep::JoinsRevocation(id) => {
                self.waits_for_revocation(caller, id);
                return false;
            }
            NextStep::Refreshes(id) => self.cx.report(Fact::TokenWanted(id)),
            NextStep::Tests(id) => self.cx.report(Fact::TestWanted(id)),
        }
        if let Some(waiting) = self.state.waiting.get_mut(&caller) {
            waiting.begun = true;
        }
        true
    }

    fn ask_person(&mut self, caller: Caller) {
        let Some(waiting) = self.state.waiting.get_mut(&caller) else { return };
        if std::mem::replace(&mut waiting.asking, true) {
            return;
        }
        self.cx.emit(Effect::TellScript(caller, CliReply::Asking));
    }

    /// Keeps the dialog in step with the waiting programs: it asks for the one that has waited longest, and closes once
    /// that one is settled.
    pub(super) fn ask_about_scripts(&mut self) {
        let wanted = self.program_asks();
        self.cx.close_dialog(|q| matches!(q, CliQuestion::ProgramAsks(id, act) if Some((*id, *act)) != wanted));
        let Some((id, act)) = wanted else { return };
        let Some(connection) = self.cx.connections.get(&id) else { return };
        let (name, account) = (connection.name.clone(), self.cx.account_shown(connection));
        if self.cx.dialogs.is_open() {
            return;
        }
        let now = self.cx.now;
        let to_front = self.state.raised.get(&id).is_none_or(|at| *at > now || now.since(*at) >= FRONT_REST);
        if to_front {
            self.state.raised.insert(id, now);
        }
        let shown = match act {
            ProgramAct::Read => Confirmation::AllowScripts { name, account, to_front },
            ProgramAct::Revoke => Confirmation::Revoke { name, account, to_front },
        };
        self.cx.open_dialog(CliQuestion::ProgramAsks(id, act), shown);
    }

    /// Notes the read in the connection's activity, which is saved with the next change: a script may ask every second.
    fn note_reading(&mut self, caller: Caller, told: &CliReply) {
        let now = self.cx.now;
        let waiting = self.state.waiting.get(&caller).filter(|_| matches!(told, CliReply::Token(_)));
        let id = waiting.and_then(|w| self.meant_by(w)).map(|c| c.id);
        if let Some(connection) = id.and_then(|id| self.cx.connection(id)) {
            connection.activity.note(Happened::ReadByScript, now);
        }
    }

    /// When the first program that waits for the user times out.
    pub(super) fn wakes_at(&self) -> Option<Moment> {
        let waiting = self.state.waiting.values().filter(|w| w.asking);
        waiting.map(|w| w.since.plus(PERSON_TIME)).min()
    }

    /// What the user has to allow the program that has waited longest.
    fn program_asks(&self) -> Option<(ConnectionId, ProgramAct)> {
        let asking = self.state.waiting.values().filter(|w| w.asking).min_by_key(|w| w.since)?;
        Some((self.meant_by(asking)?.id, asking.act()))
    }

    /// The connection that a program's request names; `None` when it does not exist.
    fn meant_by(&self, waiting: &Waiting) -> Option<&Connection> {
        self.cx.connections.named(waiting.request.name()?)
    }
}
