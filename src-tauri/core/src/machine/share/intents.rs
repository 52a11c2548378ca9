//! The user's intents for this machine.

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
            ShareIntent::SaveSetup { id } => self.save_setup(id),
            ShareIntent::BeginHandover { id } => self.begin_handover(id),
            ShareIntent::StopHandover => self.stop_handover(),
            ShareIntent::Handover { to, lasts, lock } => self.handover(&to, lasts, lock),
        }
    }
}
