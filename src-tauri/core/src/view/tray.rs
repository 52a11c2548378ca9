//! The tray: what its icon and its menu tell, as a value.
//!
//! Invariant: it is drawn from the snapshot alone, so it holds no secret; where two are equal nothing needs to be drawn
//! anew. Deliberately absent: words, pictures, and a clock.

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::keeping::Keeping;
use crate::domain::standing::Standing;
use crate::view::snapshot::{Card, Doing, Snapshot};

/// A menu longer than this is no menu; the window has the rest.
pub const MOST_LINES: usize = 15;

/// What the tray tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tray {
    /// The worst of all.
    pub state: TrayState,
    /// How many connections are in that state.
    pub count: usize,
    /// Nothing is refreshed by itself.
    pub paused: bool,
    /// Those that need the user first, then by name.
    pub lines: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

/// A state, told by a shape. The later ones are worse.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TrayState {
    /// There is no connection.
    Empty,
    /// Every token is good.
    Fresh,
    /// One is about to be refreshed.
    Due,
    /// Something is in the way; it is tried again.
    Waiting,
    /// The user is needed.
    NeedsYou,
    /// The vault is not open.
    Closed,
}

/// A connection in the menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Which.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: LineState,
    /// A token can be had.
    pub copies: bool,
    /// It has a refresh token, and nothing is being done with it.
    pub refreshes: bool,
}

/// How a connection stands, in whole minutes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineState {
    /// So much is left of its hour.
    Left {
        /// Minutes, the begun one included.
        minutes: u64,
    },
    /// A new token is fetched.
    Refreshing,
    /// It is tried again by itself.
    Waiting {
        /// Minutes until then, the begun one included.
        minutes: u64,
    },
    /// Refreshed only when a token is asked for.
    Resting,
    /// Its token is good, but the file that is kept up to date holds another.
    FileNotWritten,
    /// The user is needed.
    NeedsYou,
}

impl Tray {
    /// What the tray tells of a picture at a moment.
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
        // Its file is tried again with the next token.
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
