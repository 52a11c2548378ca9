//! Giving tokens out: to the clipboard and to files.
//!
//! Invariant: what is handed out is good for five minutes more, where a refresh can make it so.

use secrecy::SecretString;

use crate::Moment;
use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, Shape};
use crate::domain::notice::{Copied, CopiedWhat, NoticeKind};
use crate::domain::problem::Problem;
use crate::formats::activity_csv;
use crate::formats::export::{self, Holding};
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::{CLIPBOARD_TIME, Effect, Sensitivity};

use super::Desk;
use super::confirming::Confirmed;
use super::outbox::Question;
use super::refresh::Waiter;
use super::turn::Turn;

impl Turn<'_> {
    /// The clipboard holds one thing: a copy that still waits for its token gives way to this one.
    pub(super) fn copy(&mut self, id: ConnectionId, shape: Shape) {
        if shape == Shape::RefreshToken {
            return self.ask_to_copy_refresh_token(id);
        }
        self.forget_waiting_copies();
        if self.desk.needs_refresh(id, self.now) {
            self.refresh(id, Some(Waiter::Copy(shape)));
        } else if self.desk.has_ended(id, self.now) {
            self.desk.notices.trouble_with(id, Problem::NoRefreshToken);
        } else {
            self.copy_now(id, shape);
        }
    }

    fn ask_to_copy_refresh_token(&mut self, id: ConnectionId) {
        match self.desk.kept.connections.get(&id) {
            Some(connection) if connection.grant.refresh.is_some() => {
                let (name, account) = (connection.name.clone(), self.desk.account_shown(connection));
                let shown = Confirmation::CopyRefreshToken { name, account };
                self.confirm(Confirmed::CopyRefreshToken(id), shown);
            }
            Some(_) => self.desk.notices.trouble_with(id, Problem::NoRefreshToken),
            None => {}
        }
    }

    pub(super) fn copy_refresh_token(&mut self, id: ConnectionId) {
        self.forget_waiting_copies();
        self.copy_now(id, Shape::RefreshToken);
    }

    pub(super) fn copy_now(&mut self, id: ConnectionId, shape: Shape) {
        if !self.desk.kept.connections.contains_key(&id) {
            return;
        }
        match self.desk.holding(id).map(|holding| export::shaped(shape, &holding)) {
            Ok(Some(text)) => self.put_on_clipboard(CopiedWhat::Token { id, shape }, text, Sensitivity::Secret),
            Ok(None) => self.desk.notices.trouble_with(id, Problem::NoRefreshToken),
            Err(problem) => self.desk.notices.trouble_with(id, problem),
        }
    }

    pub(super) fn export(&mut self, id: ConnectionId, export: Export) {
        let Export { refresh_token, client_secret, .. } = export;
        if !refresh_token && !client_secret {
            return self.export_confirmed(id, export);
        }
        if let Some(connection) = self.desk.kept.connections.get(&id) {
            let (name, account) = (connection.name.clone(), self.desk.account_shown(connection));
            let shown = Confirmation::Export { name, account, refresh_token, client_secret };
            self.confirm(Confirmed::Export(id, export), shown);
        }
    }

    pub(super) fn export_confirmed(&mut self, id: ConnectionId, export: Export) {
        if self.desk.needs_refresh(id, self.now) {
            self.refresh(id, Some(Waiter::Export(export)));
        } else if self.desk.has_ended(id, self.now) {
            self.desk.notices.trouble_with(id, Problem::NoRefreshToken);
        } else {
            self.export_now(id, export);
        }
    }

    pub(super) fn export_now(&mut self, id: ConnectionId, export: Export) {
        if !self.desk.kept.connections.contains_key(&id) {
            return;
        }
        match self.desk.holding(id).map(|holding| export::file(export, &holding)) {
            Ok(file) => {
                let Export { format, refresh_token, client_secret } = export;
                let what = Happened::Exported { format, refresh_token, client_secret };
                self.ask(Question::SaveFile(Some((id, what))), |ticket| Effect::SaveFile(ticket, file));
            }
            Err(problem) => self.desk.notices.trouble_with(id, problem),
        }
    }

    pub(super) fn put_on_clipboard(&mut self, what: CopiedWhat, text: SecretString, sensitivity: Sensitivity) {
        self.forget_copies();
        if matches!(what, CopiedWhat::Token { .. }) {
            self.desk.handed_out.remember(&text);
        }
        self.ask(Question::Copy(what, sensitivity), |ticket| Effect::Copy(ticket, text, sensitivity));
    }

    pub(super) fn put_report_on_clipboard(&mut self, what: CopiedWhat, report: String) {
        self.forget_copies();
        self.ask(Question::Copy(what, Sensitivity::Plain), |ticket| Effect::CopyReport(ticket, report));
    }

    fn forget_copies(&mut self) {
        self.forget_waiting_copies();
        self.desk.outbox.forget(|q| matches!(q, Question::Copy(..)));
    }

    pub(super) fn copy_ended(&mut self, what: CopiedWhat, sensitivity: Sensitivity, copied: Result<(), Problem>) {
        match copied {
            Ok(()) => {
                let clears_at = (sensitivity == Sensitivity::Secret).then(|| self.now.plus(CLIPBOARD_TIME));
                if let CopiedWhat::Token { id, shape } = what {
                    self.note(id, Happened::Copied { shape });
                }
                self.desk.copied = Some(Copied { what, at: self.now, clears_at });
            }
            Err(problem) => self.desk.notices.trouble(problem),
        }
    }

    pub(super) fn clear_clipboard_in_time(&mut self) {
        if self.clipboard_ends().is_some_and(|ends| ends <= self.now) {
            self.desk.copied = None;
            self.tell(Effect::ClearClipboard);
        }
    }

    /// When the clipboard is cleared: at once where the clock was set back, since nobody knows how long it has been.
    pub(super) fn clipboard_ends(&self) -> Option<Moment> {
        let copied = self.desk.copied.as_ref()?;
        copied.clears_at.map(|ends| if copied.at > self.now { self.now } else { ends })
    }

    pub(super) fn file_saved(&mut self, of: Option<(ConnectionId, Happened)>, saved: Result<Option<String>, Problem>) {
        match saved {
            Ok(Some(file)) => {
                if let Some((id, what)) = of {
                    self.note(id, what);
                }
                self.desk.notices.notify(NoticeKind::FileSaved { file });
            }
            Ok(None) => {}
            Err(problem) => self.desk.notices.trouble(problem),
        }
    }

    /// What happened with a connection, as a table.
    pub(super) fn export_activity(&mut self, id: ConnectionId) {
        if let Some(connection) = self.desk.kept.connections.get(&id) {
            let file = activity_csv::file(&connection.name, &connection.activity, self.now);
            self.ask(Question::SaveFile(None), |ticket| Effect::SaveFile(ticket, file));
        }
    }
}

impl Desk {
    /// What there is to give out of a connection.
    pub(super) fn holding(&self, id: ConnectionId) -> Result<Holding<'_>, Problem> {
        let connection = self.kept.connections.get(&id).ok_or(Problem::TokenDead)?;
        Ok(Holding {
            name: &connection.name,
            access: &connection.grant.access,
            refresh: connection.grant.refresh.as_ref(),
            client_id: &connection.registration.client_id,
            client_secret: connection.registration.secret_for(&connection.grant.region),
            region: self.region_of(id)?,
            zohos_own: self.regions.is_zohos_own(&connection.grant.region),
            scopes: &connection.grant.scopes,
            expires_at: connection.grant.expires_at,
        })
    }
}
