//! The Desk decides: what happened and the time go in, what to do comes out.
//!
//! Invariant: nothing else changes state, and nothing in here touches the world. Each event is one [`Turn`], which
//! ends by saving what changed and by saying when to look again. Deliberately absent: words, clocks, randomness.

mod approval;
mod candidate;
mod client_credentials;
mod closing;
mod coming_back;
mod confirming;
mod console;
mod counting;
mod device;
mod due;
mod elsewhere;
mod enhancing;
mod exchange;
mod existing_token;
mod files;
mod going;
mod hand_out;
pub(crate) mod handing_over;
pub(crate) mod keeping;
mod live_file;
mod loopback;
pub(crate) mod offer;
mod origins;
mod pace;
mod pasting;
mod probe;
mod redirect;
pub(crate) mod refresh;
mod reporting;
mod revoke;
mod revoke_later;
mod scripts;
mod search;
mod secrets;
mod seen;
mod taking_over;
mod testing;
mod tickets;
mod turn;
pub(crate) mod wizard;

use std::collections::BTreeMap;
use std::mem::discriminant;

use zoho_oauth::region::Regions;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::{Copied, Notice, NoticeKind};
use crate::domain::problem::Problem;
use crate::domain::settings::Closing;
use crate::messages::effect::Effect;
use crate::messages::event::Event;

use crate::domain::kept::Kept;
use confirming::Dismissals;
use due::Due;
use handing_over::Handing;
use keeping::Vault;
use loopback::Loopback;
use offer::Offer;
use pace::Pace;
use pasting::HandedOut;
use probe::Probes;
use refresh::Busy;
use scripts::Scripts;
use search::Search;
use tickets::Tickets;
use turn::Turn;

/// The state of Keyfob, whole.
#[derive(Debug)]
pub struct Desk {
    /// A person has it before them, or may.
    attended: bool,
    system: String,
    pub(crate) regions: Regions,
    /// What `regions.json` may hold without anything of it being lost by a save: what was read, and what was saved since.
    regions_file: Vec<Fingerprint>,
    pub(crate) kept: Kept,
    pub(crate) vault: Vault,
    pub(crate) view: View,
    due: Due,
    pub(crate) busy: BTreeMap<ConnectionId, Busy>,
    probes: BTreeMap<ConnectionId, Probes>,
    pace: Pace,
    tickets: Tickets,
    loopback: Loopback,
    unsaved_files: live_file::Unsaved,
    search: Option<Search>,
    pub(crate) notices: Vec<Notice>,
    next_notice: u32,
    pub(crate) copied: Option<Copied>,
    handed_out: HandedOut,
    dismissals: Dismissals,
    pub(crate) offer: Option<Offer>,
    pub(crate) handing: Option<Handing>,
    pub(crate) closing: Option<Closing>,
    /// It is asked whether to quit with something unsaved.
    pub(crate) quitting: bool,
    scripts: Scripts,
    pub(crate) at_login: bool,
    pub(crate) strays: u32,
    looking_at: Option<Moment>,
    /// When the last event came.
    latest: Moment,
}

/// What a person looks at, once the vault is open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum View {
    Home,
    Wizard,
    Connection(ConnectionId),
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            attended: true,
            system: String::new(),
            regions: Regions::built_in(),
            regions_file: Vec::new(),
            kept: Kept::default(),
            vault: Vault::default(),
            view: View::Home,
            due: Due::default(),
            busy: BTreeMap::new(),
            probes: BTreeMap::new(),
            pace: Pace::default(),
            tickets: Tickets::default(),
            loopback: Loopback::default(),
            unsaved_files: live_file::Unsaved::default(),
            search: None,
            notices: Vec::new(),
            next_notice: 0,
            copied: None,
            handed_out: HandedOut::default(),
            dismissals: Dismissals::default(),
            offer: None,
            handing: None,
            closing: None,
            quitting: false,
            scripts: Scripts::default(),
            at_login: false,
            strays: 0,
            looking_at: None,
            latest: Moment::default(),
        }
    }
}

impl Desk {
    /// A Desk that nobody looks at: it does what programs ask, and nothing by itself.
    pub fn unattended() -> Self {
        Self { attended: false, ..Self::default() }
    }

    /// Takes one event at a moment, and answers with what to do.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let set_back = now < std::mem::replace(&mut self.latest, now);
        let mut turn = Turn::new(self, now);
        if set_back {
            turn.count_from_now();
        }
        match event {
            Event::Started { regions_file, system } => turn.start(regions_file, system),
            Event::Asked(intent) => turn.asked(intent),
            Event::LinkArrived(link) => turn.link_arrived(&link),
            Event::LoopbackAsked { knock, target } => turn.loopback_asked(knock, &target),
            Event::KnockRefused => turn.knock_refused(),
            Event::HttpsAsked => turn.https_asked(),
            Event::FileDropped(dropped) => turn.file_dropped(dropped),
            Event::StartsAtLogin(on) => turn.desk.at_login = on,
            Event::CloseAsked { tray } => turn.close_asked(tray),
            Event::ScriptAsked { caller, wish } => turn.script_asked(caller, wish),
            Event::ScriptLeft(caller) => turn.script_left(caller),
            Event::Answered(ticket, answer) => turn.answered(ticket, answer),
            Event::Looked => turn.look(),
            Event::Woke | Event::NetworkBack => turn.way_may_be_open(),
        }
        turn.end()
    }

    /// A notice of the same kind replaces the one before; each trouble, and each token that was to end, is a kind of
    /// its own.
    fn notify(&mut self, what: NoticeKind) {
        self.notices.retain(|n| !is_same_kind(&n.what, &what));
        self.next_notice += 1;
        self.notices.push(Notice { id: self.next_notice, what });
    }

    fn trouble(&mut self, problem: Problem) {
        self.notify(NoticeKind::Trouble { problem, about: None });
    }

    /// Whether a notice says so already.
    fn says(&self, problem: &Problem) -> bool {
        self.notices.iter().any(|n| matches!(&n.what, NoticeKind::Trouble { problem: told, .. } if told == problem))
    }

    fn trouble_with(&mut self, id: ConnectionId, problem: Problem) {
        self.notify(NoticeKind::Trouble { problem, about: Some(id) });
    }
}

fn is_same_kind(one: &NoticeKind, other: &NoticeKind) -> bool {
    match (one, other) {
        (NoticeKind::Trouble { problem: one, .. }, NoticeKind::Trouble { problem: other, .. }) => {
            discriminant(one) == discriminant(other)
        }
        (NoticeKind::NotRevoked { id: one, .. }, NoticeKind::NotRevoked { id: other, .. }) => one == other,
        (NoticeKind::Revoked { name: one }, NoticeKind::Revoked { name: other })
        | (NoticeKind::WillBeRevoked { name: one }, NoticeKind::WillBeRevoked { name: other }) => one == other,
        _ => discriminant(one) == discriminant(other),
    }
}
