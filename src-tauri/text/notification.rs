//! The texts of notifications, and the intent of a click on one.
//!
//! **Invariant:** the only text from the user is a connection's name, in the title; the body comes from the catalogue
//! and has no markup characters. Deliberately absent: the desktop; `desktop/notify.rs` shows them.

use keyfob_core::Intent;
use keyfob_core::intent::SignInIntent;
use keyfob_core::notification::{About, Notification, NotificationReason};

use crate::text::{filled, words};

/// The texts of a notification.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NotificationShown {
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub body: &'static str,
}

/// Returns the texts of a notification.
pub fn shown(notification: &Notification) -> NotificationShown {
    let Notification { about, reason, name, count, over } = notification;
    let (title, body) = match (about, over) {
        (About::Connection(_), true) => ("notification.over", "notification.over.why"),
        (About::Many(_), true) => ("notification.many.over", "notification.many.over.why"),
        (About::Keyfob(_), true) => match reason {
            NotificationReason::NotSaved => ("notification.notSaved.over", "notification.notSaved.over.why"),
            _ => ("notification.vaultClosed.over", "notification.vaultClosed.over.why"),
        },
        (About::Many(_), false) => match reason {
            NotificationReason::Overdue => ("notification.many.overdue", "notification.many.overdue.why"),
            NotificationReason::EndsSoon => ("notification.many.endsSoon", "notification.many.endsSoon.why"),
            _ => ("notification.many.needsYou", "notification.many.needsYou.why"),
        },
        (About::Connection(_) | About::Keyfob(_), false) => match reason {
            NotificationReason::NeedsYou => ("notification.needsYou", "notification.needsYou.why"),
            NotificationReason::Overdue => ("notification.overdue", "notification.overdue.why"),
            NotificationReason::EndsSoon => ("notification.endsSoon", "notification.endsSoon.why"),
            NotificationReason::VaultClosed => ("notification.vaultClosed", "notification.vaultClosed.why"),
            NotificationReason::NotSaved => ("notification.notSaved", "notification.notSaved.why"),
        },
    };
    let title = filled(title, &[("name", name), ("count", &count.to_string())]);
    NotificationShown { title, body: words(body) }
}

/// The label of the action that opens Keyfob.
pub fn open() -> &'static str {
    words("notification.open")
}

/// The intent of a click, in addition to raising the window.
pub fn clicked(about: About) -> Option<Intent> {
    match about {
        About::Connection(id) => Some(Intent::SignIn(SignInIntent::Open { id })),
        About::Many(_) => Some(Intent::SignIn(SignInIntent::GoHome)),
        About::Keyfob(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use keyfob_core::connection::ConnectionId;

    use super::*;

    const CONCERNS: [NotificationReason; 5] = [
        NotificationReason::NeedsYou,
        NotificationReason::Overdue,
        NotificationReason::EndsSoon,
        NotificationReason::VaultClosed,
        NotificationReason::NotSaved,
    ];

    fn every() -> impl Iterator<Item = Notification> {
        let about = |reason| match reason {
            NotificationReason::VaultClosed | NotificationReason::NotSaved => vec![About::Keyfob(reason)],
            _ => vec![About::Connection(ConnectionId(3)), About::Many(reason)],
        };
        let both = [false, true].into_iter().flat_map(|over| CONCERNS.into_iter().map(move |reason| (over, reason)));
        both.flat_map(move |(over, reason)| about(reason).into_iter().map(move |about| (over, reason, about))).map(
            |(over, reason, about)| Notification { about, reason, name: "A <b> & {count} bot".into(), count: 7, over },
        )
    }

    #[test]
    fn each_notification_has_words_and_keeps_the_name() {
        for notification in every() {
            let shown = shown(&notification);
            assert!(!shown.title.is_empty() && !shown.body.is_empty(), "{notification:?}");
            match notification.about {
                About::Connection(_) => assert!(shown.title.starts_with("A <b> & {count} bot "), "{shown:?}"),
                About::Many(_) if !notification.over => assert!(shown.title.starts_with("7 "), "{shown:?}"),
                About::Many(_) | About::Keyfob(_) => assert!(!shown.title.contains(['{', '7']), "{shown:?}"),
            }
        }
    }

    #[test]
    fn no_body_contains_markup_characters() {
        for notification in every() {
            assert!(!shown(&notification).body.contains(['<', '>', '&', '{']), "{notification:?}");
        }
    }

    #[test]
    fn a_click_opens_what_the_notification_is_about() {
        assert!(matches!(
            clicked(About::Connection(ConnectionId(3))),
            Some(Intent::SignIn(SignInIntent::Open { id: ConnectionId(3) }))
        ));
        assert!(matches!(
            clicked(About::Many(NotificationReason::NeedsYou)),
            Some(Intent::SignIn(SignInIntent::GoHome))
        ));
        assert!(clicked(About::Keyfob(NotificationReason::VaultClosed)).is_none());
    }
}
