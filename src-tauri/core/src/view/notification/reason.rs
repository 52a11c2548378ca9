//! The reasons for notifications: the user is needed, or is about to lose something.

use std::collections::BTreeMap;
use std::time::Duration;

use super::About;
use crate::Moment;
use crate::domain::connection::GOOD_FOR;
use crate::domain::keeping::Keeping;
use crate::domain::notice::NoticeKind;
use crate::domain::problem::Problem;
use crate::domain::standing::Standing;
use crate::view::snapshot::{Card, Screen, Snapshot};

/// Why Keyfob notifies the user.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum NotificationReason {
    /// A connection gets no more tokens until the user acts.
    NeedsYou,
    /// A connection's token has expired and cannot be renewed yet.
    Overdue,
    /// A token that cannot be renewed is about to expire.
    EndsSoon,
    /// The vault stays closed, so nothing is refreshed.
    VaultClosed,
    /// Tokens were not saved: they are lost when Keyfob quits.
    NotSaved,
}

impl NotificationReason {
    /// How long it must last before the user is notified, so that a short interruption is not.
    pub(super) fn patience(self) -> Duration {
        match self {
            Self::NeedsYou | Self::EndsSoon | Self::NotSaved => Duration::ZERO,
            Self::Overdue => Duration::from_mins(5),
            Self::VaultClosed => Duration::from_mins(1),
        }
    }

    /// Whether it is a failure, so that its end is good news. A token that expires is none.
    pub(super) fn is_failure(self) -> bool {
        self != Self::EndsSoon
    }
}

/// All reasons in a snapshot at a moment. `before`: the earlier ones.
pub(super) fn all(
    picture: &Snapshot,
    now: Moment,
    before: impl Fn(About) -> Option<NotificationReason>,
) -> BTreeMap<About, NotificationReason> {
    let of_card = |card: &Card| {
        let about = About::Connection(card.id);
        Some((about, of(card, now, before(about))?))
    };
    let vault = picture.keeping == Keeping::NotYet && matches!(picture.screen, Screen::Vault { .. });
    let unsaved = picture
        .notices
        .iter()
        .any(|notice| matches!(notice.what, NoticeKind::Trouble { problem: Problem::NotSaved { .. }, .. }));
    let whole = [(vault, NotificationReason::VaultClosed), (unsaved, NotificationReason::NotSaved)];
    let whole = whole.into_iter().filter(|(is_so, _)| *is_so).map(|(_, reason)| (About::Keyfob(reason), reason));
    picture.connections.iter().filter_map(of_card).chain(whole).collect()
}

fn of(card: &Card, now: Moment, before: Option<NotificationReason>) -> Option<NotificationReason> {
    let is_over = card.expires_at <= now;
    match &card.standing {
        Standing::NeedsYou { .. } => Some(NotificationReason::NeedsYou),
        // Zoho's quota allows the next one soon.
        Standing::HeldBack { .. } => None,
        Standing::Waiting { .. } if is_over && card.refreshes_at.is_some() => Some(NotificationReason::Overdue),
        // Neither better nor worse: the reason stays.
        Standing::Waiting { .. } => before,
        _ if card.renews => None,
        // A user who chose only an hour is notified before it ends, not forever after.
        _ if is_over => before.filter(|reason| *reason == NotificationReason::EndsSoon),
        Standing::Fresh | Standing::Due | Standing::Resting | Standing::Ended => {
            (card.expires_at.since(now) <= GOOD_FOR).then_some(NotificationReason::EndsSoon)
        }
    }
}

/// Whether the window, when in front, shows it.
pub(super) fn is_shown(about: About, picture: &Snapshot) -> bool {
    match (about, &picture.screen) {
        // Notices are on every screen.
        (About::Keyfob(NotificationReason::NotSaved), _)
        | (About::Keyfob(_), Screen::Vault { .. })
        | (About::Connection(_) | About::Many(_), Screen::Home) => true,
        (About::Connection(id), Screen::Connection { id: shown }) => id == *shown,
        (About::Connection(id), Screen::Wizard { .. }) => {
            picture.draft.as_ref().is_some_and(|draft| draft.replaces == Some(id))
        }
        _ => false,
    }
}
