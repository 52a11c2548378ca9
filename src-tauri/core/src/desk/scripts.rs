//! Programs that ask on the command line.
//!
//! Invariant: none gets a token, or anything done with one, before a person allowed that for the connection. Who waits
//! is looked at whenever something happened, so every one is answered, and all who wait for a refresh share it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::Moment;
use crate::activity::Happened;
use crate::connection::{Connection, ConnectionId, Trouble};
use crate::effect::Effect;
use crate::export;
use crate::problem::Problem;
use crate::script::{Caller, Listed, ListedState, NotDone, PERSON_TIME, Said, ScriptAccess, Told, Wish};
use crate::snapshot::Standing;

use super::Desk;
use super::keeping::State;
use super::turn::Turn;

/// More programs than this do not wait; the next one is turned away.
const MOST_WAITING: usize = 256;

/// Keyfob does not come to the front for the same connection more often.
const FRONT_REST: Duration = Duration::from_mins(10);

/// What waits, and for whom Keyfob came to the front.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    waiting: BTreeMap<Caller, Waiting>,
    raised: BTreeMap<ConnectionId, Moment>,
}

#[derive(Clone, Debug)]
struct Waiting {
    wish: Wish,
    since: Moment,
    /// The person is being asked since it came.
    asking: bool,
    /// What it asked for was begun, by it or by another.
    begun: bool,
}

/// How far a wish has come.
enum Step {
    Waits,
    AsksPerson(ConnectionId),
    Refreshes(ConnectionId),
    Tests(ConnectionId),
    Ends(Told),
}

impl Turn<'_> {
    pub(super) fn script_asked(&mut self, caller: Caller, wish: Wish) {
        if self.desk.scripts.waiting.len() < MOST_WAITING {
            let waiting = Waiting { wish, since: self.now, asking: false, begun: false };
            self.desk.scripts.waiting.insert(caller, waiting);
        } else {
            self.tell(Effect::TellScript(caller, NotDone::Busy.into()));
        }
    }

    /// It waits no longer.
    pub(super) fn script_left(&mut self, caller: Caller) {
        self.desk.scripts.waiting.remove(&caller);
    }

    pub(super) fn allow_scripts(&mut self, id: ConnectionId, on: bool) {
        if let Some(connection) = self.connection(id) {
            connection.scripts = if on { ScriptAccess::Allowed } else { ScriptAccess::Denied };
            self.changed();
        }
    }

    /// Every program that waits is told what can be told by now.
    pub(super) fn tell_scripts(&mut self) {
        // Set back, the clock keeps nobody waiting longer.
        let now = self.now;
        self.desk.scripts.waiting.values_mut().for_each(|w| w.since = w.since.min(now));
        let callers: Vec<Caller> = self.desk.scripts.waiting.keys().copied().collect();
        for caller in callers {
            // What is begun may be over at once.
            while self.serves(caller) {}
        }
    }

    /// True when something was begun for it.
    fn serves(&mut self, caller: Caller) -> bool {
        let Some(waiting) = self.desk.scripts.waiting.get(&caller) else { return false };
        let step = self.desk.step(waiting, self.now);
        match step {
            Step::Waits => return false,
            Step::Ends(told) => {
                self.note_reading(caller, &told);
                self.desk.scripts.waiting.remove(&caller);
                self.tell(Effect::TellScript(caller, told));
                return false;
            }
            Step::AsksPerson(id) => {
                self.ask_person(caller, id);
                return false;
            }
            Step::Refreshes(id) => self.refresh(id, None),
            Step::Tests(id) => self.test(id),
        }
        if let Some(waiting) = self.desk.scripts.waiting.get_mut(&caller) {
            waiting.begun = true;
        }
        true
    }

    fn ask_person(&mut self, caller: Caller, id: ConnectionId) {
        let now = self.now;
        let Some(waiting) = self.desk.scripts.waiting.get_mut(&caller) else { return };
        if std::mem::replace(&mut waiting.asking, true) {
            return;
        }
        self.tell(Effect::TellScript(caller, Told::Asking));
        let rested = self.desk.scripts.raised.get(&id).is_none_or(|at| *at > now || now.since(*at) >= FRONT_REST);
        if rested {
            self.desk.scripts.raised.insert(id, now);
            self.tell(Effect::Raise);
        }
    }

    /// It is in the connection's story, and kept with whatever is saved next: a script may ask every second.
    fn note_reading(&mut self, caller: Caller, told: &Told) {
        let now = self.now;
        let waiting = self.desk.scripts.waiting.get(&caller).filter(|_| matches!(told, Told::Token(_)));
        let id = waiting.and_then(|w| self.desk.named(w.wish.name()?)).map(|c| c.id);
        if let Some(connection) = id.and_then(|id| self.connection(id)) {
            connection.activity.note(Happened::ReadByScript, now);
        }
    }

    /// When the first of those who wait for a person has waited long enough.
    pub(super) fn scripts_wait_until(&self) -> Option<Moment> {
        let waiting = self.desk.scripts.waiting.values().filter(|w| w.asking);
        waiting.map(|w| w.since.plus(PERSON_TIME)).min()
    }
}

impl Desk {
    /// The connection a program waits for, where a person has to say whether it may.
    pub(super) fn scripts_ask_for(&self) -> Option<ConnectionId> {
        let asking = self.scripts.waiting.values().filter(|w| w.asking).min_by_key(|w| w.since)?;
        self.named(asking.wish.name()?).map(|c| c.id)
    }

    /// By its name as it is, else in small and large letters, else by its number after a `#`.
    fn named(&self, name: &str) -> Option<&Connection> {
        let all = || self.kept.connections.values();
        let alike = |c: &&Connection| c.name.to_lowercase() == name.to_lowercase();
        let numbered = name.strip_prefix('#').and_then(|number| number.parse().ok());
        all()
            .find(|c| c.name == name)
            .or_else(|| all().find(alike))
            .or_else(|| self.kept.connections.get(&ConnectionId(numbered?)))
    }

    fn step(&self, waiting: &Waiting, now: Moment) -> Step {
        match &self.vault.state {
            State::Opening(_) => return Step::Waits,
            State::Closed(problem) => return ends(NotDone::NotOpen { problem: problem.clone() }),
            State::Open(_) => {}
        }
        let Some(name) = waiting.wish.name() else {
            return Step::Ends(Told::Said(self.listed(now)));
        };
        let Some(connection) = self.named(name) else {
            let names = self.kept.connections.values().map(|c| c.name.clone()).collect();
            return ends(NotDone::Unknown { names });
        };
        match connection.scripts {
            ScriptAccess::Allowed => self.allowed_step(waiting, connection, now),
            ScriptAccess::Denied => ends(NotDone::NotAllowed { denied: true }),
            ScriptAccess::NotAsked if !self.attended || now.since(waiting.since) >= PERSON_TIME => {
                ends(NotDone::NotAllowed { denied: false })
            }
            ScriptAccess::NotAsked => Step::AsksPerson(connection.id),
        }
    }

    fn allowed_step(&self, waiting: &Waiting, connection: &Connection, now: Moment) -> Step {
        let expires_at = connection.grant.expires_at;
        match &waiting.wish {
            Wish::Token { good_for, shape, .. } if expires_at >= now.plus(Duration::from_secs(*good_for)) => {
                self.shaped(connection, *shape)
            }
            _ if self.is_being_revoked(connection.id) => failed(Problem::GrantEnded, true),
            Wish::Test { .. } => self.test_step(waiting, connection, now),
            Wish::Refresh { .. } => {
                let renewed = Step::Ends(Told::Said(Said::Refreshed { expires_at }));
                self.renewal(waiting, connection, now).unwrap_or(renewed)
            }
            Wish::List | Wish::Token { .. } => {
                self.renewal(waiting, connection, now).unwrap_or_else(|| ends(NotDone::TooShort { expires_at }))
            }
        }
    }

    /// The way to a new token, or what is in its way; nothing once one has come.
    fn renewal(&self, waiting: &Waiting, connection: &Connection, now: Moment) -> Option<Step> {
        let refreshing = self.busy.get(&connection.id).is_some_and(|b| b.refreshing);
        if waiting.begun {
            let trouble = connection.trouble.as_ref().map(|t| failed(t.problem.clone(), t.again_at.is_none()));
            return if refreshing { Some(Step::Waits) } else { trouble };
        }
        Some(if refreshing {
            Step::Refreshes(connection.id)
        } else if connection.grant.refresh.is_none() {
            failed(Problem::NoRefreshToken, true)
        } else if let Some(rest) = connection.trouble.as_ref().filter(|t| t.rests_from_scripts(now)) {
            failed(rest.problem.clone(), rest.again_at.is_none())
        } else if let Some(until) = connection.token_free_at(now) {
            failed(Problem::TooManyTokens { until }, false)
        } else {
            Step::Refreshes(connection.id)
        })
    }

    fn test_step(&self, waiting: &Waiting, connection: &Connection, now: Moment) -> Step {
        let needs_you = |t: &Trouble| t.tried_again_at(now).is_none();
        if !waiting.begun {
            return match connection.trouble.as_ref().filter(|t| needs_you(t)) {
                Some(trouble) => failed(trouble.problem.clone(), true),
                None => Step::Tests(connection.id),
            };
        }
        if self.busy.get(&connection.id).is_some_and(|b| b.refreshing || b.testing) {
            return Step::Waits;
        }
        let tested = connection.tested.as_ref();
        let told = tested.filter(|t| t.at >= waiting.since || matches!(t.outcome, Err(Problem::CliqBusy { .. })));
        match (told.map(|t| &t.outcome), &connection.trouble) {
            (Some(Ok(proof)), _) => Step::Ends(Told::Said(Said::Tested { proof: *proof })),
            (Some(Err(problem)), _) => failed(problem.clone(), *problem == Problem::TokenDead),
            (None, Some(trouble)) => failed(trouble.problem.clone(), needs_you(trouble)),
            (None, None) => failed(Problem::TokenDead, true),
        }
    }

    fn shaped(&self, connection: &Connection, shape: export::Shape) -> Step {
        match self.holding(connection.id).map(|holding| export::shaped(shape, &holding)) {
            Ok(Some(text)) => Step::Ends(Told::Token(text)),
            Ok(None) => failed(Problem::NoRefreshToken, true),
            Err(problem) => failed(problem, true),
        }
    }

    fn listed(&self, now: Moment) -> Said {
        let listed = |c: &Connection| Listed {
            id: c.id,
            name: c.name.clone(),
            region: c.grant.region.clone(),
            state: state_of(&self.standing(c, now)),
            expires_at: c.grant.expires_at,
            scripts: c.scripts,
        };
        let mut connections: Vec<Listed> = self.kept.connections.values().map(listed).collect();
        connections.sort_by_cached_key(|c| (c.name.to_lowercase(), c.id));
        Said::Listed { now, connections }
    }
}

impl Trouble {
    /// A script does not make Zoho be asked where a person is needed, while Zoho has said to wait, or twice in half a
    /// minute. Otherwise what was in the way may be over sooner than Keyfob looks again.
    fn rests_from_scripts(&self, now: Moment) -> bool {
        const PAUSE: Duration = Duration::from_secs(30);
        match self.tried_again_at(now) {
            None => true,
            Some(at) if at <= now => false,
            Some(_) => matches!(self.problem, Problem::Throttled { .. }) || now.since(self.tried_at) < PAUSE,
        }
    }
}

fn ends(why: NotDone) -> Step {
    Step::Ends(why.into())
}

fn failed(problem: Problem, needs_you: bool) -> Step {
    ends(NotDone::Failed { problem, needs_you })
}

fn state_of(standing: &Standing) -> ListedState {
    match standing {
        Standing::Fresh => ListedState::Fresh,
        Standing::Due => ListedState::Due,
        Standing::Resting => ListedState::Resting,
        Standing::Waiting { .. } => ListedState::Waiting,
        Standing::Ended | Standing::NeedsYou { .. } => ListedState::NeedsYou,
    }
}
