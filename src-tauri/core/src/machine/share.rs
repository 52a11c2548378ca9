//! Handing tokens out: to the clipboard, to files, to a file that is kept up to date, and to a colleague.
//!
//! Invariant: a token that is handed out is valid for five more minutes, if a refresh can make it so.

mod copy;
mod handover_out;
mod intents;
mod live_file;
mod state;

use crate::messages::effect::Answer;

use super::context::Context;
use super::question::ShareQuestion;
pub(crate) use state::ShareState;

/// The machine that hands tokens out.
pub(super) struct Share<'a> {
    pub(super) state: &'a mut ShareState,
    pub(super) cx: Context<'a>,
}

impl Share<'_> {
    /// Handles the answer to one of its questions; `None` when it changes nothing.
    pub(super) fn answer(&mut self, question: ShareQuestion, answer: Answer) -> Option<()> {
        match question {
            ShareQuestion::ConfirmCopy(id) => {
                answer.allowed()?;
                self.copy_refresh_token(id);
            }
            ShareQuestion::ConfirmExport(id, export) => {
                answer.allowed()?;
                self.export_confirmed(id, export);
            }
            ShareQuestion::ConfirmHandover { id, to, lasts, lock } => {
                answer.allowed()?;
                self.seal_handover(id, &to, lasts, lock);
            }
            ShareQuestion::SaveFile(of) => self.file_saved(of, answer.file_saved()?),
            ShareQuestion::Handover(handed) => self.handed_over(handed, answer.file_saved()?),
            ShareQuestion::LivePlace(id, format) => self.live_place_chosen(id, format, answer.place_chosen()?),
            ShareQuestion::WriteLiveFile(id, path, next) => {
                self.state.writing.remove(&id);
                self.live_file_written(id, &path, Some(next), answer.live_file_written()?);
            }
            ShareQuestion::LastOfLiveFile(path, ours) => self.remove_file(path, ours),
            ShareQuestion::RemoveLiveFile => self.cx.notices.trouble(answer.live_file_removed()?.err()?),
        }
        Some(())
    }
}
