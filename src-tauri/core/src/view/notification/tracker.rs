//! Tracks what the user was notified of, and decides what to notify now.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reason::{all, is_shown};
use super::{About, MOST, Notification, NotificationChange, NotificationReason};
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::view::snapshot::Snapshot;

/// Snapshots are checked more often than this, unless the computer slept, after which an earlier problem may be over.
const SLEPT: Duration = Duration::from_mins(2);

/// What the user was notified of, and has seen.
#[derive(Debug, Default)]
pub struct NotificationTracker {
    looked: Moment,
    known: BTreeMap<About, Known>,
    many: BTreeMap<NotificationReason, Many>,
}

/// A present reason.
#[derive(Debug)]
struct Known {
    reason: NotificationReason,
    since: Moment,
    /// Whether the window showed it while in front.
    seen: bool,
    /// How it was notified. Kept until it is over, even if the reason changes.
    told: Option<By>,
    /// Whether it is yet to be notified.
    new: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum By {
    ItsOwn,
    Many,
}

/// The shared notification about several connections.
#[derive(Debug)]
struct Many {
    count: usize,
    /// Whether it is still shown.
    up: bool,
}

impl NotificationTracker {
    /// The notifications to show and close now. `in_front`: whether the user looks at the window.
    pub fn changes(&mut self, picture: &Snapshot, in_front: bool, now: Moment) -> Vec<NotificationChange> {
        let slept = now.since(self.looked) > SLEPT;
        self.looked = now;
        let mut changes = Vec::new();
        let present = all(picture, now, |about| self.known.get(&about).map(|known| known.reason));
        self.let_go(&present, picture, in_front, &mut changes);
        for (about, reason) in present {
            self.know(about, reason, slept, now);
        }
        if in_front {
            self.see(picture, &mut changes);
        } else {
            self.tell(picture, now, &mut changes);
        }
        changes
    }

    /// Removes reasons that are over, and closes or replaces their notifications.
    fn let_go(
        &mut self,
        present: &BTreeMap<About, NotificationReason>,
        picture: &Snapshot,
        in_front: bool,
        changes: &mut Vec<NotificationChange>,
    ) {
        let gone: Vec<About> = self.known.keys().filter(|about| !present.contains_key(about)).copied().collect();
        for about in gone {
            let Some(known) = self.known.remove(&about) else { continue };
            let is_there = !matches!(about, About::Connection(id) if name(picture, id).is_none());
            let good_news = known.reason.is_failure() && is_there && !in_front;
            match known.told {
                Some(By::ItsOwn) if good_news => {
                    changes.push(NotificationChange::Show(one(about, &known, picture, true)));
                }
                Some(By::ItsOwn) if !known.seen => changes.push(NotificationChange::Close(about)),
                _ => {}
            }
        }
        let known = &self.known;
        let still = |reason: NotificationReason| {
            known.values().any(|known| known.reason == reason && known.told == Some(By::Many))
        };
        self.many.retain(|&reason, many| {
            let lasts = still(reason);
            if !lasts && reason.is_failure() && !in_front && !picture.connections.is_empty() {
                changes.push(NotificationChange::Show(several(reason, many.count, true)));
            } else if !lasts && many.up {
                changes.push(NotificationChange::Close(About::Many(reason)));
            }
            lasts
        });
    }

    fn know(&mut self, about: About, reason: NotificationReason, slept: bool, now: Moment) {
        let fresh = |told| Known { reason, since: now, seen: false, told, new: true };
        let known = self.known.entry(about).or_insert_with(|| fresh(None));
        if known.reason != reason {
            *known = fresh(known.told);
        } else if slept && known.new {
            known.since = now;
        }
    }

    /// Marks what the window in front shows as seen, and closes its notifications.
    fn see(&mut self, picture: &Snapshot, changes: &mut Vec<NotificationChange>) {
        for (&about, known) in self.known.iter_mut().filter(|(about, known)| !known.seen && is_shown(**about, picture))
        {
            (known.seen, known.new) = (true, false);
            if known.told == Some(By::ItsOwn) {
                changes.push(NotificationChange::Close(about));
            }
        }
        for (&reason, many) in &mut self.many {
            if is_shown(About::Many(reason), picture) && std::mem::take(&mut many.up) {
                changes.push(NotificationChange::Close(About::Many(reason)));
            }
        }
    }

    fn tell(&mut self, picture: &Snapshot, now: Moment, changes: &mut Vec<NotificationChange>) {
        for reason in [
            NotificationReason::NeedsYou,
            NotificationReason::Overdue,
            NotificationReason::EndsSoon,
            NotificationReason::VaultClosed,
            NotificationReason::NotSaved,
        ] {
            let is_ripe =
                |known: &Known| known.reason == reason && !known.seen && now.since(known.since) >= reason.patience();
            let mut ripe: Vec<_> = self.known.iter_mut().filter(|(_, known)| is_ripe(known)).collect();
            if !ripe.iter().any(|(_, known)| known.new) {
                continue;
            }
            let before = self.many.get(&reason).filter(|many| many.up).map(|many| many.count);
            if before.is_none() && ripe.len() <= MOST {
                for (about, known) in ripe.iter_mut().filter(|(_, known)| known.new) {
                    (known.told, known.new) = (Some(By::ItsOwn), false);
                    changes.push(NotificationChange::Show(one(**about, known, picture, false)));
                }
                continue;
            }
            for (about, known) in &mut ripe {
                if known.told == Some(By::ItsOwn) {
                    changes.push(NotificationChange::Close(**about));
                }
                (known.told, known.new) = (Some(By::Many), false);
            }
            // One more among many is not news; twice as many is.
            let count = ripe.len();
            if before.is_none_or(|told| count >= 2 * told) {
                self.many.insert(reason, Many { count, up: true });
                changes.push(NotificationChange::Show(several(reason, count, false)));
            }
        }
    }
}

fn one(about: About, known: &Known, picture: &Snapshot, over: bool) -> Notification {
    let (name, count) = match about {
        About::Connection(id) => (name(picture, id).unwrap_or_default().to_owned(), 1),
        About::Many(_) | About::Keyfob(_) => (String::new(), 0),
    };
    Notification { about, reason: known.reason, name, count, over }
}

fn several(reason: NotificationReason, count: usize, over: bool) -> Notification {
    Notification { about: About::Many(reason), reason, name: String::new(), count, over }
}

fn name(picture: &Snapshot, id: ConnectionId) -> Option<&str> {
    picture.connections.iter().find(|card| card.id == id).map(|card| card.name.as_str())
}
