//! The user's intents for this machine.

use crate::messages::intent::ChecksIntent;

use super::Checks;

impl Checks<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: ChecksIntent) {
        match intent {
            ChecksIntent::Test { id } => self.test(id),
            ChecksIntent::ProbeScopes { id } => self.probe_scopes(id),
            ChecksIntent::StopProbing { id } => self.stop_probing(id),
        }
    }
}
