//! What was told, and from it what to tell now.

use std::collections::BTreeMap;
use std::time::Duration;

use super::concern::{all, is_shown};
use super::{About, Concern, MOST, Notification, Tidings};
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::view::snapshot::Snapshot;

/// Pictures are looked at more often than this, unless the machine slept; what was in the way before may be over.
const SLEPT: Duration = Duration::from_mins(2);

/// What the user was told, and has seen.
#[derive(Debug, Default)]
pub struct Told {
    looked: Moment,
    known: BTreeMap<About, Known>,
    many: BTreeMap<Concern, Many>,
}

/// A concern there is.
#[derive(Debug)]
struct Known {
    concern: Concern,
    since: Moment,
    /// The window in front showed it.
    seen: bool,
    /// It was told; until it is over, also if it is another concern by now.
    told: Option<By>,
    /// It is to be told yet.
    new: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum By {
    ItsOwn,
    Many,
}

/// The notification about many.
#[derive(Debug)]
struct Many {
    count: usize,
    /// It was not seen since.
    up: bool,
}

impl Told {
    /// What to tell and to take back now. `in_front`: the user looks at the window.
    pub fn tidings(&mut self, picture: &Snapshot, in_front: bool, now: Moment) -> Vec<Tidings> {
        let slept = now.since(self.looked) > SLEPT;
        self.looked = now;
        let mut tidings = Vec::new();
        let present = all(picture, now, |about| self.known.get(&about).map(|known| known.concern));
        self.let_go(&present, picture, in_front, &mut tidings);
        for (about, concern) in present {
            self.know(about, concern, slept, now);
        }
        if in_front {
            self.see(picture, &mut tidings);
        } else {
            self.tell(picture, now, &mut tidings);
        }
        tidings
    }

    /// What is over was told, or was not.
    fn let_go(
        &mut self,
        present: &BTreeMap<About, Concern>,
        picture: &Snapshot,
        in_front: bool,
        tidings: &mut Vec<Tidings>,
    ) {
        let gone: Vec<About> = self.known.keys().filter(|about| !present.contains_key(about)).copied().collect();
        for about in gone {
            let Some(known) = self.known.remove(&about) else { continue };
            let is_there = !matches!(about, About::Connection(id) if name(picture, id).is_none());
            let good_news = known.concern.is_failure() && is_there && !in_front;
            match known.told {
                Some(By::ItsOwn) if good_news => tidings.push(Tidings::Tell(one(about, &known, picture, true))),
                Some(By::ItsOwn) if !known.seen => tidings.push(Tidings::TakeBack(about)),
                _ => {}
            }
        }
        let known = &self.known;
        let still =
            |concern: Concern| known.values().any(|known| known.concern == concern && known.told == Some(By::Many));
        self.many.retain(|&concern, many| {
            let lasts = still(concern);
            if !lasts && concern.is_failure() && !in_front && !picture.connections.is_empty() {
                tidings.push(Tidings::Tell(several(concern, many.count, true)));
            } else if !lasts && many.up {
                tidings.push(Tidings::TakeBack(About::Many(concern)));
            }
            lasts
        });
    }

    fn know(&mut self, about: About, concern: Concern, slept: bool, now: Moment) {
        let fresh = |told| Known { concern, since: now, seen: false, told, new: true };
        let known = self.known.entry(about).or_insert_with(|| fresh(None));
        if known.concern != concern {
            *known = fresh(known.told);
        } else if slept && known.new {
            known.since = now;
        }
    }

    /// What the window in front shows need not be told, nor stay up.
    fn see(&mut self, picture: &Snapshot, tidings: &mut Vec<Tidings>) {
        for (&about, known) in self.known.iter_mut().filter(|(about, known)| !known.seen && is_shown(**about, picture))
        {
            (known.seen, known.new) = (true, false);
            if known.told == Some(By::ItsOwn) {
                tidings.push(Tidings::TakeBack(about));
            }
        }
        for (&concern, many) in &mut self.many {
            if is_shown(About::Many(concern), picture) && std::mem::take(&mut many.up) {
                tidings.push(Tidings::TakeBack(About::Many(concern)));
            }
        }
    }

    fn tell(&mut self, picture: &Snapshot, now: Moment, tidings: &mut Vec<Tidings>) {
        for concern in [Concern::NeedsYou, Concern::Overdue, Concern::EndsSoon, Concern::VaultClosed, Concern::NotSaved]
        {
            let is_ripe =
                |known: &Known| known.concern == concern && !known.seen && now.since(known.since) >= concern.patience();
            let mut ripe: Vec<_> = self.known.iter_mut().filter(|(_, known)| is_ripe(known)).collect();
            if !ripe.iter().any(|(_, known)| known.new) {
                continue;
            }
            let before = self.many.get(&concern).filter(|many| many.up).map(|many| many.count);
            if before.is_none() && ripe.len() <= MOST {
                for (about, known) in ripe.iter_mut().filter(|(_, known)| known.new) {
                    (known.told, known.new) = (Some(By::ItsOwn), false);
                    tidings.push(Tidings::Tell(one(**about, known, picture, false)));
                }
                continue;
            }
            for (about, known) in &mut ripe {
                if known.told == Some(By::ItsOwn) {
                    tidings.push(Tidings::TakeBack(**about));
                }
                (known.told, known.new) = (Some(By::Many), false);
            }
            // One more among many is no news; twice as many are.
            let count = ripe.len();
            if before.is_none_or(|told| count >= 2 * told) {
                self.many.insert(concern, Many { count, up: true });
                tidings.push(Tidings::Tell(several(concern, count, false)));
            }
        }
    }
}

fn one(about: About, known: &Known, picture: &Snapshot, over: bool) -> Notification {
    let (name, count) = match about {
        About::Connection(id) => (name(picture, id).unwrap_or_default().to_owned(), 1),
        About::Many(_) | About::Keyfob(_) => (String::new(), 0),
    };
    Notification { about, concern: known.concern, name, count, over }
}

fn several(concern: Concern, count: usize, over: bool) -> Notification {
    Notification { about: About::Many(concern), concern, name: String::new(), count, over }
}

fn name(picture: &Snapshot, id: ConnectionId) -> Option<&str> {
    picture.connections.iter().find(|card| card.id == id).map(|card| card.name.as_str())
}
