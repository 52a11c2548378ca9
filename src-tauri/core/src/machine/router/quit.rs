//! Closing the window, for which the user chooses once what Keyfob does, and quitting.
//!
//! Invariant: a Keyfob that keeps a token fresh neither quits nor hides unless the user has chosen that, and one that
//! holds something unsaved does not quit unless the user has accepted its loss. The system's end of a session is
//! handled elsewhere.

use crate::domain::settings::{Closing, OnClose};
use crate::messages::effect::Effect;

use super::Router;

impl Router<'_> {
    /// Quits when there is no connection to keep fresh; otherwise does what the user chose, or asks.
    pub(super) fn close_asked(&mut self, tray: bool) {
        if self.desk.open_vault().is_none() || self.desk.kept.connections.is_empty() {
            return self.quit_asked();
        }
        match self.desk.kept.settings.on_close {
            Some(on_close) => self.close(on_close),
            None => self.desk.closing = Some(Closing { tray }),
        }
    }

    pub(super) fn choose_on_close(&mut self, on_close: OnClose) {
        self.desk.kept.settings.on_close = Some(on_close);
        self.cx().changed();
        if self.desk.closing.take().is_some() {
            self.close(on_close);
        }
    }

    fn close(&mut self, on_close: OnClose) {
        match on_close {
            OnClose::Stay => self.cx().emit(Effect::Withdraw),
            OnClose::Quit => self.quit_asked(),
        }
    }

    /// Quits. When something is unsaved, asks the user and retries the save; Keyfob quits as soon as that succeeds.
    pub(super) fn quit_asked(&mut self) {
        if self.desk.open_vault().is_none_or(|open| open.unsaved.is_none()) {
            return self.cx().emit(Effect::Quit);
        }
        self.desk.closing = None;
        self.desk.quitting = true;
        self.cx().emit(Effect::Raise);
        self.cx().changed();
    }

    pub(super) fn quit_now_saved(&mut self) {
        if std::mem::take(&mut self.desk.quitting) {
            self.cx().emit(Effect::Quit);
        }
    }

    pub(super) fn stay_open(&mut self) {
        self.desk.closing = None;
        self.desk.quitting = false;
    }
}
