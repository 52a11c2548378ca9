//! What the user asks of this machine.

use crate::messages::intent::ShareIntent;

use super::Share;

impl Share<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: ShareIntent) {
        match intent {
            ShareIntent::Copy { id, shape } => self.copy(id, shape),
            ShareIntent::Export { id, export } => self.export(id, export),
            ShareIntent::ExportActivity { id } => self.export_activity(id),
            ShareIntent::ChooseLiveFile { id, format } => self.choose_live_file(id, format),
            ShareIntent::WriteLiveFile { id } => self.write_live_file(id),
            ShareIntent::StopLiveFile { id } => self.stop_live_file(id),
            ShareIntent::SaveSetUp { id } => self.save_set_up(id),
            ShareIntent::BeginHandOver { id } => self.begin_hand_over(id),
            ShareIntent::StopHandOver => self.stop_hand_over(),
            ShareIntent::HandOver { to, lasts, lock } => self.hand_over(&to, lasts, lock),
        }
    }
}
