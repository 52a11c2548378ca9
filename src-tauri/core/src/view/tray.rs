//! The tray's icon and menu, as a value.
//!
//! Invariant: it is drawn only from the snapshot, so it holds no secret; when two values are equal, nothing needs to be
//! redrawn. Deliberately absent: text, images, and a clock.

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::keeping::Keeping;
use crate::domain::standing::Standing;
use crate::view::snapshot::{Card, Doing, Snapshot};

/// The maximum number of connections in the menu; the window has the rest.
pub const MOST_LINES: usize = 15;

/// The content of the tray.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tray {
    /// The worst state of any connection.
    pub state: TrayState,
    /// How many connections are in that state.
    pub count: usize,
    /// Whether automatic refreshing is paused.
    pub paused: bool,
    /// The connections that need the user, then the others, each by name.
    pub lines: Vec<Line>,
    /// The number of connections beyond the menu.
    pub more: usize,
}

/// A state, shown by the icon's shape. Later variants are worse.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TrayState {
    /// There is no connection.
    Empty,
    /// Every token is valid.
    Fresh,
    /// A token is about to be refreshed.
    Due,
    /// Something failed and is retried.
    Waiting,
    /// The user is needed.
    NeedsYou,
    /// The vault is not open.
    Closed,
}

/// A connection in the menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Its number.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: LineState,
    /// Whether its token can be copied.
    pub copies: bool,
    /// Whether it can be refreshed: it is renewable, and no operation is in progress.
    pub refreshes: bool,
}

/// A connection's state, in whole minutes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineState {
    /// The token is valid for this long.
    Left {
        /// Minutes, the begun one included.
        minutes: u64,
    },
    /// A new token is being requested.
    Refreshing,
    /// It is retried automatically.
    Waiting {
        /// Minutes until then, the begun one included.
        minutes: u64,
    },
    /// It is refreshed only on demand.
    Resting,
    /// Its token is valid, but the live file could not be written.
    FileNotWritten,
    /// The user is needed.
    NeedsYou,
}

impl Tray {
    /// Draws the tray from a snapshot at a moment.
    pub fn of(picture: &Snapshot, now: Moment) -> Self {
        let state = if picture.keeping == Keeping::NotYet {
            TrayState::Closed
        } else {
            picture.connections.iter().map(state_of).max().unwrap_or(TrayState::Empty)
        };
        let mut cards: Vec<&Card> = picture.connections.iter().collect();
        cards.sort_by_key(|card| state_of(card) != TrayState::NeedsYou);
        Self {
            state,
            count: cards.iter().filter(|card| state_of(card) == state).count(),
            paused: picture.settings.paused,
            more: cards.len().saturating_sub(MOST_LINES),
            lines: cards.into_iter().take(MOST_LINES).map(|card| line(card, now)).collect(),
        }
    }
}

fn state_of(card: &Card) -> TrayState {
    match card.standing {
        Standing::NeedsYou { .. } | Standing::Ended => TrayState::NeedsYou,
        Standing::Due | Standing::HeldBack { .. } => TrayState::Due,
        Standing::Waiting { .. } => TrayState::Waiting,
        // Its file is written again with the next token.
        Standing::Fresh | Standing::Resting if has_failed_file(card) => TrayState::Waiting,
        Standing::Fresh | Standing::Resting => TrayState::Fresh,
    }
}

fn has_failed_file(card: &Card) -> bool {
    card.live_file.as_ref().is_some_and(|live| live.problem.is_some())
}

fn line(card: &Card, now: Moment) -> Line {
    let state = match &card.standing {
        _ if card.doing == Some(Doing::Refreshing) => LineState::Refreshing,
        Standing::NeedsYou { .. } | Standing::Ended => LineState::NeedsYou,
        Standing::HeldBack { again_at } | Standing::Waiting { again_at, .. } => {
            LineState::Waiting { minutes: minutes(*again_at, now) }
        }
        Standing::Fresh | Standing::Resting if has_failed_file(card) => LineState::FileNotWritten,
        Standing::Resting => LineState::Resting,
        Standing::Fresh | Standing::Due => LineState::Left { minutes: minutes(card.expires_at, now) },
    };
    Line {
        id: card.id,
        name: card.name.clone(),
        state,
        copies: state_of(card) != TrayState::NeedsYou,
        refreshes: card.renews && card.doing.is_none(),
    }
}

fn minutes(until: Moment, now: Moment) -> u64 {
    until.since(now).as_millis().div_ceil(60_000).try_into().unwrap_or(u64::MAX)
}
