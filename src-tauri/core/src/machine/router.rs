//! Routes each event, intent, answer and fact to the function that handles it, and does what every event begins and
//! ends with.

mod answers;
mod clock;
mod facts;
mod intents;
mod links;
mod machines;
mod origins;
mod quit;
mod regions;
mod reporting;
mod saving;

use std::mem;

use crate::Moment;
use crate::messages::effect::Effect;
use crate::messages::event::Event;

use super::desk::Desk;

/// The Desk, and the time of the event being handled. No machine sees it.
struct Router<'a> {
    desk: &'a mut Desk,
    now: Moment,
}

impl Desk {
    /// Handles one event at a moment, and returns the effects to perform.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let set_back = now < mem::replace(&mut self.latest, now);
        let mut router = Router { desk: self, now };
        if set_back {
            router.count_from_now();
        }
        match event {
            Event::Started { regions_file, system } => router.start(regions_file, system),
            Event::Asked(intent) => router.intent_came(intent),
            Event::LinkArrived(link) => router.link_came(&link),
            Event::LoopbackAsked { request, target } => router.sign_in().loopback_asked(request, &target),
            Event::LoopbackRefused => router.sign_in().loopback_refused(),
            Event::HttpsAsked => router.sign_in().https_asked(),
            Event::FileDropped(dropped) => router.sign_in().file_dropped(dropped),
            Event::StartsAtLogin(on) => router.desk.at_login = on,
            Event::CloseAsked { tray } => router.close_asked(tray),
            Event::ScriptAsked { caller, request } => router.cli().script_asked(caller, request),
            Event::ScriptLeft(caller) => router.cli().script_left(caller),
            Event::Answered(ticket, answer) => router.answer_came(ticket, answer),
            Event::Looked => router.look(),
            Event::Woke | Event::NetworkBack => router.retry_soon(),
        }
        router.end()
    }
}

impl Router<'_> {
    /// Continues what waited for this moment.
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
    fn retry_soon(&mut self) {
        let (now, kept) = (self.now, &mut self.desk.kept);
        let refreshes = kept.connections.values_mut().map(|c| &mut c.trouble);
        let revocations = kept.revocations.values_mut().map(|r| &mut r.trouble);
        refreshes.chain(revocations).flatten().for_each(|trouble| trouble.retry_soon(now));
        self.look();
    }

    /// Saves what changed, schedules the next look and returns the effects.
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
