//! Copies to the clipboard, and exports to files.

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::{Export, Shape};
use crate::domain::notice::{CopiedWhat, NoticeKind};
use crate::domain::problem::Problem;
use crate::formats::activity_csv;
use crate::formats::export;
use crate::machine::fact::Fact;
use crate::machine::question::ShareQuestion;
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::{Effect, Sensitivity};

use super::Share;

impl Share<'_> {
    /// Copies a token, in place of a copy that still waits for one: the clipboard holds one thing.
    pub(in crate::machine) fn copy(&mut self, id: ConnectionId, shape: Shape) {
        if shape == Shape::RefreshToken {
            return self.ask_to_copy_refresh_token(id);
        }
        self.cx.clipboard.forget_waiting();
        match self.cx.connections.get(&id).map(|c| &c.grant) {
            Some(grant) if grant.needs_renewal(self.cx.now) => {
                self.cx.clipboard.wait(id, shape);
                self.cx.report(Fact::TokenWanted(id));
            }
            Some(grant) if grant.has_ended(self.cx.now) => self.cx.notices.trouble_with(id, Problem::NoRefreshToken),
            Some(_) => self.copy_now(id, shape),
            None => {}
        }
    }

    fn ask_to_copy_refresh_token(&mut self, id: ConnectionId) {
        match self.cx.connections.get(&id) {
            Some(connection) if connection.grant.refresh.is_some() => {
                let (name, account) = (connection.name.clone(), self.cx.account_shown(connection));
                let shown = Confirmation::CopyRefreshToken { name, account };
                self.cx.confirm(ShareQuestion::ConfirmCopy(id), shown);
            }
            Some(_) => self.cx.notices.trouble_with(id, Problem::NoRefreshToken),
            None => {}
        }
    }

    /// Hands out what waited for this connection's new access token.
    pub(in crate::machine) fn hand_out(&mut self, id: ConnectionId) {
        if let Some(shape) = self.cx.clipboard.stop_waiting(id) {
            self.copy_now(id, shape);
        }
        for export in self.state.stop_waiting(id) {
            self.export_now(id, export);
        }
    }

    /// Drops the copy and the exports that waited for a new access token; true when there was any.
    pub(in crate::machine) fn hand_out_nothing(&mut self, id: ConnectionId) -> bool {
        let copy = self.cx.clipboard.stop_waiting(id);
        let exports = self.state.stop_waiting(id);
        copy.is_some() || !exports.is_empty()
    }

    pub(super) fn copy_refresh_token(&mut self, id: ConnectionId) {
        self.cx.clipboard.forget_waiting();
        self.copy_now(id, Shape::RefreshToken);
    }

    fn copy_now(&mut self, id: ConnectionId, shape: Shape) {
        if !self.cx.connections.contains_key(&id) {
            return;
        }
        match self.cx.holding(id).map(|holding| export::shaped(shape, &holding)) {
            Ok(Some(text)) => self.cx.put_on_clipboard(CopiedWhat::Token { id, shape }, text, Sensitivity::Secret),
            Ok(None) => self.cx.notices.trouble_with(id, Problem::NoRefreshToken),
            Err(problem) => self.cx.notices.trouble_with(id, problem),
        }
    }

    pub(in crate::machine) fn export(&mut self, id: ConnectionId, export: Export) {
        let Export { refresh_token, client_secret, .. } = export;
        if !refresh_token && !client_secret {
            return self.export_confirmed(id, export);
        }
        if let Some(connection) = self.cx.connections.get(&id) {
            let (name, account) = (connection.name.clone(), self.cx.account_shown(connection));
            let shown = Confirmation::Export { name, account, refresh_token, client_secret };
            self.cx.confirm(ShareQuestion::ConfirmExport(id, export), shown);
        }
    }

    pub(super) fn export_confirmed(&mut self, id: ConnectionId, export: Export) {
        match self.cx.connections.get(&id).map(|c| &c.grant) {
            Some(grant) if grant.needs_renewal(self.cx.now) => {
                self.state.wait(id, export);
                self.cx.report(Fact::TokenWanted(id));
            }
            Some(grant) if grant.has_ended(self.cx.now) => self.cx.notices.trouble_with(id, Problem::NoRefreshToken),
            Some(_) => self.export_now(id, export),
            None => {}
        }
    }

    fn export_now(&mut self, id: ConnectionId, export: Export) {
        if !self.cx.connections.contains_key(&id) {
            return;
        }
        match self.cx.holding(id).map(|holding| export::file(export, &holding)) {
            Ok(file) => {
                let Export { format, refresh_token, client_secret } = export;
                let what = Happened::Exported { format, refresh_token, client_secret };
                self.cx.ask(ShareQuestion::SaveFile(Some((id, what))), |ticket| Effect::SaveFile(ticket, file));
            }
            Err(problem) => self.cx.notices.trouble_with(id, problem),
        }
    }

    pub(super) fn file_saved(&mut self, of: Option<(ConnectionId, Happened)>, saved: Result<Option<String>, Problem>) {
        match saved {
            Ok(Some(file)) => {
                if let Some((id, what)) = of {
                    self.cx.note(id, what);
                }
                self.cx.notices.notify(NoticeKind::FileSaved { file });
            }
            Ok(None) => {}
            Err(problem) => self.cx.notices.trouble(problem),
        }
    }

    /// Exports a connection's activity as a table.
    pub(in crate::machine) fn export_activity(&mut self, id: ConnectionId) {
        if let Some(connection) = self.cx.connections.get(&id) {
            let file = activity_csv::file(&connection.name, &connection.activity, self.cx.now);
            self.cx.ask(ShareQuestion::SaveFile(None), |ticket| Effect::SaveFile(ticket, file));
        }
    }
}
