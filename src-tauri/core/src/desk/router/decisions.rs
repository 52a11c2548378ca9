//! Who hears what the user decided in a dialog.

use crate::desk::confirming::Confirmed;
use crate::desk::scripts::ProgramAct;
use crate::desk::turn::Turn;
use crate::messages::confirmation::Decision;

impl Turn<'_> {
    pub(super) fn decided(&mut self, what: Confirmed, decision: Decision) {
        self.desk.dismissals.count(decision, self.now);
        match (what, decision) {
            (Confirmed::AllowScripts(id) | Confirmed::ProgramAsks(id, ProgramAct::Read), decision) => {
                self.scripts_decided(id, decision);
            }
            (Confirmed::ProgramAsks(id, ProgramAct::Revoke), decision) => self.program_revocation_decided(id, decision),
            (Confirmed::HandOver { id, to, lasts, lock }, Decision::Allow) => self.seal_hand_over(id, &to, lasts, lock),
            (Confirmed::GoElsewhere(there), decision) => self.elsewhere_decided(*there, decision),
            (_, Decision::Deny | Decision::Dismiss) => {}
            (Confirmed::AddRegion(region), Decision::Allow) => self.region_confirmed(*region),
            (Confirmed::AskRegion(client, code), Decision::Allow) => self.ask_confirmed_region(&client, code),
            (Confirmed::PasteSecret { text, to, field }, Decision::Allow) => self.secret_confirmed(&text, &to, field),
            (Confirmed::UseCode(at), Decision::Allow) => self.code_confirmed(&at),
            (Confirmed::UseRefreshToken { token, at }, Decision::Allow) => self.refresh_token_confirmed(token, &at),
            (Confirmed::CopyRefreshToken(id), Decision::Allow) => self.copy_refresh_token(id),
            (Confirmed::Export(id, export), Decision::Allow) => self.export_confirmed(id, export),
            (Confirmed::DeleteHere(id), Decision::Allow) => self.delete_confirmed(id),
            (Confirmed::ForgetRevocation(id), Decision::Allow) => self.forget_confirmed(id),
        }
    }
}
