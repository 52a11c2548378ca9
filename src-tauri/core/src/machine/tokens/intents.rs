//! The user's intents for this machine.

use crate::messages::intent::TokensIntent;

use super::Tokens;

impl Tokens<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: TokensIntent) {
        match intent {
            TokensIntent::KeepFresh { id, on } => self.keep_fresh(id, on),
            TokensIntent::Refresh { id } => self.refresh(id),
        }
    }
}
