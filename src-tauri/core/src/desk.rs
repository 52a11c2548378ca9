//! The Desk decides: what happened and the time go in, what to do comes out.
//!
//! Invariant: nothing else changes state, and nothing in here touches the world. Each event is one [`turn::Turn`], which
//! ends by saving what changed and by saying when to look again. Deliberately absent: words, clocks, randomness.

mod after;
mod approval;
mod attempt;
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
mod fact;
mod files;
mod going;
mod hand_out;
mod handed_out;
pub(crate) mod handing_over;
mod live_file;
mod loopback;
mod notices;
pub(crate) mod offer;
mod origins;
mod outbox;
mod pace;
mod pasting;
mod probe;
mod redirect;
pub(crate) mod refresh;
mod reporting;
mod revoke;
mod revoke_later;
mod router;
mod scripts;
mod search;
mod secrets;
mod seen;
pub(crate) mod store;
mod taking_over;
mod testing;
mod turn;
mod under_way;
pub(crate) mod wizard;

use std::collections::BTreeMap;

use zoho_oauth::region::Regions;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::Copied;
use crate::domain::settings::Closing;

use crate::domain::kept::Kept;
use after::After;
use coming_back::WaitingLinks;
use confirming::Dismissals;
use due::Due;
use handed_out::HandedOut;
use handing_over::Handing;
use loopback::Loopback;
use notices::Notices;
use offer::Offer;
use outbox::Outbox;
use pace::Pace;
use probe::Probes;
use refresh::Busy;
use scripts::Scripts;
use search::Search;
use store::{Open, Store};

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
    pub(crate) store: Store<After>,
    waiting_links: WaitingLinks,
    pub(crate) view: View,
    due: Due,
    pub(crate) busy: BTreeMap<ConnectionId, Busy>,
    probes: BTreeMap<ConnectionId, Probes>,
    pace: Pace,
    outbox: Outbox,
    loopback: Loopback,
    unsaved_files: live_file::Unsaved,
    search: Option<Search>,
    pub(crate) notices: Notices,
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
            store: Store::default(),
            waiting_links: WaitingLinks::default(),
            view: View::Home,
            due: Due::default(),
            busy: BTreeMap::new(),
            probes: BTreeMap::new(),
            pace: Pace::default(),
            outbox: Outbox::default(),
            loopback: Loopback::default(),
            unsaved_files: live_file::Unsaved::default(),
            search: None,
            notices: Notices::default(),
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

    /// The vault; `None` when it is not open.
    pub(crate) fn open_vault(&self) -> Option<&Open<After>> {
        self.store.opened()
    }
}
