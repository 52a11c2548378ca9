//! The user's intents for this machine.

use crate::messages::intent::RevokeIntent;

use super::Revoke;

impl Revoke<'_> {
    pub(in crate::machine) fn intent(&mut self, intent: RevokeIntent) {
        match intent {
            RevokeIntent::RevokeAndDelete { id } => self.revoke_and_delete(id),
            RevokeIntent::DeleteHere { id } => self.delete_here(id),
            RevokeIntent::RevokeLater { id } => self.revoke_later(id),
            RevokeIntent::RevokeNow { revocation } => self.revoke_now(revocation),
            RevokeIntent::ForgetRevocation { revocation } => self.forget_revocation(revocation),
        }
    }
}
