//! Notices that the user sees on every screen.

use serde::Serialize;

use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::Shape;
use crate::domain::fields::FormField;
use crate::domain::problem::Problem;
use crate::domain::report_place::ReportAbout;

/// A notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The number to dismiss it by.
    pub id: u32,
    /// What it says.
    pub what: NoticeKind,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum NoticeKind {
    /// Something went wrong, with a connection or in general.
    Trouble { problem: Problem, about: Option<ConnectionId> },
    /// Revoked at Zoho and removed here.
    Revoked { name: String },
    /// Zoho no longer knew the token; removed here.
    WasGone { name: String },
    /// Removed here; Zoho did not confirm.
    RemovedHere { name: String },
    /// Zoho did not confirm; nothing was removed. `later`: an automatic retry may succeed.
    NotRevoked { id: ConnectionId, name: String, problem: Problem, later: bool },
    /// Removed from the list; it is revoked once Zoho answers.
    WillBeRevoked { name: String },
    /// A file was written.
    FileSaved { file: String },
    /// A handover was written.
    HandedOver { name: String, file: String, to: String, until: Moment },
}

impl NoticeKind {
    /// The problem that the notice reports, and the connection it is about.
    fn trouble(&self) -> Option<(&Problem, Option<ConnectionId>)> {
        match self {
            Self::Trouble { problem, about } => Some((problem, *about)),
            Self::NotRevoked { problem, id, .. } => Some((problem, Some(*id))),
            Self::Revoked { .. }
            | Self::WasGone { .. }
            | Self::RemovedHere { .. }
            | Self::WillBeRevoked { .. }
            | Self::FileSaved { .. }
            | Self::HandedOver { .. } => None,
        }
    }

    /// The problem that the notice reports; `None` for good news.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.trouble().map(|(problem, _)| problem)
    }

    /// The connection that the reported problem is about.
    pub(crate) fn connection(&self) -> Option<ConnectionId> {
        self.trouble().and_then(|(_, about)| about)
    }
}

/// What was copied to the clipboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    /// What was copied.
    pub what: CopiedWhat,
    /// When it was copied.
    pub at: Moment,
    /// When it is cleared; `None` for what is not secret.
    pub clears_at: Option<Moment>,
}

/// What was copied, by the button that copied it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum CopiedWhat {
    /// A connection's token, in a shape.
    Token { id: ConnectionId, shape: Shape },
    /// A value for Zoho's form.
    Form { field: FormField },
    /// The authorization URL.
    Link,
    /// The user code to type at Zoho.
    UserCode,
    /// The permissions, for Zoho's console.
    Scopes,
    /// The public key that colleagues can seal a handover to.
    OwnKey,
    /// The command that gives a script the access token.
    Command { id: ConnectionId },
    /// A report of a problem.
    Report { about: ReportAbout },
}
