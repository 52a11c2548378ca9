//! Closing the window: what becomes of Keyfob then, asked once and kept.
//!
//! Invariant: a Keyfob that keeps a token fresh is never ended, nor put out of sight, without the person having said so.

use crate::effect::Effect;
use crate::settings::OnClose;
use crate::snapshot::Closing;

use super::turn::Turn;

impl Turn<'_> {
    /// Where nothing is kept fresh, there is nothing to stay for.
    pub(super) fn close_asked(&mut self, tray: bool) {
        if self.desk.open_vault().is_none() || self.desk.kept.connections.is_empty() {
            return self.tell(Effect::Quit);
        }
        match self.desk.kept.settings.on_close {
            Some(on_close) => self.close(on_close),
            None => self.desk.closing = Some(Closing { tray }),
        }
    }

    pub(super) fn choose_on_close(&mut self, on_close: OnClose) {
        self.desk.kept.settings.on_close = Some(on_close);
        self.changed();
        if self.desk.closing.take().is_some() {
            self.close(on_close);
        }
    }

    fn close(&mut self, on_close: OnClose) {
        self.tell(match on_close {
            OnClose::Stay => Effect::Withdraw,
            OnClose::Quit => Effect::Quit,
        });
    }
}
