//! Closing the window: what becomes of Keyfob then, asked once and kept. And quitting.
//!
//! Invariant: a Keyfob that keeps a token fresh is never ended, nor put out of sight, without the user having said so;
//! nor is one that holds something unsaved without the user having said that it may be lost. What the system says, at
//! the end of a session, never comes here.

use crate::domain::settings::{Closing, OnClose};
use crate::messages::effect::Effect;

use super::Router;

impl Router<'_> {
    /// Where nothing is kept fresh, there is nothing to stay for.
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

    /// What could not be saved is tried once more; as soon as that works, Keyfob quits.
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
