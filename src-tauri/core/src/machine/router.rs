//! Who hears of what: each event, intent, answer and fact beside the function for it, and what an event begins and ends with.

mod answers;
mod clock;
mod facts;
mod intents;
mod keeping;
mod links;
mod machines;
mod origins;
mod quit;
mod regions;
mod reporting;
mod turn;

use std::mem;

use crate::Moment;
use crate::messages::effect::Effect;
use crate::messages::event::Event;

use super::desk::Desk;
use turn::Turn;

impl Desk {
    /// Takes one event at a moment, and answers with what to do.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let set_back = now < mem::replace(&mut self.latest, now);
        let mut turn = Turn { desk: self, now };
        if set_back {
            turn.count_from_now();
        }
        match event {
            Event::Started { regions_file, system } => turn.start(regions_file, system),
            Event::Asked(intent) => turn.intent_came(intent),
            Event::LinkArrived(link) => turn.link_came(&link),
            Event::LoopbackAsked { request, target } => turn.sign_in().loopback_asked(request, &target),
            Event::LoopbackRefused => turn.sign_in().loopback_refused(),
            Event::HttpsAsked => turn.sign_in().https_asked(),
            Event::FileDropped(dropped) => turn.sign_in().file_dropped(dropped),
            Event::StartsAtLogin(on) => turn.desk.at_login = on,
            Event::CloseAsked { tray } => turn.close_asked(tray),
            Event::ScriptAsked { caller, wish } => turn.cli().script_asked(caller, wish),
            Event::ScriptLeft(caller) => turn.cli().script_left(caller),
            Event::Answered(ticket, answer) => turn.answer_came(ticket, answer),
            Event::Looked => turn.look(),
            Event::Woke | Event::NetworkBack => turn.way_may_be_open(),
        }
        turn.end()
    }
}

impl Turn<'_> {
    /// Continues whatever waited for this time.
    fn look(&mut self) {
        self.desk.looking_at = None;
        if !self.desk.attended {
            return;
        }
        self.sign_in().look();
        self.cx().clear_clipboard_in_time();
        self.tokens().refresh_what_is_due();
        self.revoke().revoke_what_is_due();
    }

    /// Zoho may be reachable again: retries what failed for that reason, a few at a time.
    fn way_may_be_open(&mut self) {
        let (now, kept) = (self.now, &mut self.desk.kept);
        let refreshes = kept.connections.values_mut().map(|c| &mut c.trouble);
        let revocations = kept.revocations.values_mut().map(|r| &mut r.trouble);
        refreshes.chain(revocations).flatten().for_each(|trouble| trouble.way_may_be_open(now));
        self.look();
    }

    /// Saves what changed and says when to look again.
    fn end(mut self) -> Vec<Effect> {
        self.pass_on();
        self.sign_in().close_port();
        self.sign_in().end_search();
        while self.cli().tell_scripts() {
            self.pass_on();
        }
        self.cli().ask_about_scripts();
        self.pass_on();
        if self.desk.outbox.take_changed() {
            self.note_origins_of_drafts();
            self.save();
        }
        self.tokens().find_places();
        let next = self.next_look();
        if next != self.desk.looking_at {
            self.desk.looking_at = next;
            if let Some(next) = next {
                self.cx().emit(Effect::LookAt(next));
            }
        }
        self.desk.outbox.take_effects()
    }

    fn next_look(&mut self) -> Option<Moment> {
        if !self.desk.attended {
            return None;
        }
        let each = [
            self.sign_in().wakes_at(),
            self.cx().clipboard_ends(),
            self.tokens().wakes_at(),
            self.revoke().wakes_at(),
            self.cli().wakes_at(),
        ];
        each.into_iter().flatten().min()
    }
}
