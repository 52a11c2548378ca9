//! Notices to the user, shown until they dismiss them.

use std::mem::discriminant;

use crate::domain::connection::ConnectionId;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::problem::Problem;

/// The notices that are shown, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    shown: Vec<Notice>,
    last: u32,
}

impl Notices {
    /// The notices that are shown now.
    pub(crate) fn shown(&self) -> &[Notice] {
        &self.shown
    }

    /// Shows a notice, replacing an earlier one of its kind. Each problem, and each token to revoke, is a kind.
    pub(super) fn notify(&mut self, what: NoticeKind) {
        self.shown.retain(|n| !is_same_kind(&n.what, &what));
        self.last += 1;
        self.shown.push(Notice { id: self.last, what });
    }

    /// Shows a problem that is about no connection.
    pub(super) fn trouble(&mut self, problem: Problem) {
        self.notify(NoticeKind::Trouble { problem, about: None });
    }

    /// Shows a problem of a connection.
    pub(super) fn trouble_with(&mut self, id: ConnectionId, problem: Problem) {
        self.notify(NoticeKind::Trouble { problem, about: Some(id) });
    }

    /// Whether a notice shows this problem already.
    pub(super) fn says(&self, problem: &Problem) -> bool {
        self.shown.iter().any(|n| matches!(&n.what, NoticeKind::Trouble { problem: told, .. } if told == problem))
    }

    /// Removes the notices that `which` picks.
    pub(super) fn withdraw(&mut self, which: impl Fn(&Notice) -> bool) {
        self.shown.retain(|notice| !which(notice));
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
