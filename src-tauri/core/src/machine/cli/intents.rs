//! The user's intents for this machine.

use crate::messages::intent::CliIntent;

use super::Cli;

impl Cli<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: CliIntent) {
        match intent {
            CliIntent::AllowScripts { id, on } => self.allow_scripts(id, on),
            CliIntent::CopyCommand { id } => self.copy_command(id),
        }
    }
}
