//! Which machines act on a reported fact.

use secrecy::SecretString;

use crate::domain::connection::ConnectionId;
use crate::domain::live_file::LiveFile;
use crate::domain::open_page::OpenPage;
use crate::domain::problem::Problem;
use crate::machine::fact::Fact;

use super::Router;

impl Router<'_> {
    /// Passes on the reported facts, and those reported as a result.
    pub(super) fn pass_on(&mut self) {
        while let Some(fact) = self.desk.outbox.next_fact() {
            match fact {
                Fact::TokenWanted(id) => self.tokens().refresh(id),
                Fact::TestWanted(id) => self.checks().test(id),
                Fact::RevocationWanted(id) => self.revoke().revoke_and_delete(id),
                Fact::Renewed { id, replaced } => self.has_new_token(id, &replaced),
                Fact::NotRenewed { id, problem } => self.has_no_new_token(id, problem),
                Fact::TokensEnd(id) => self.end_work(id),
                Fact::TokensReplaced(id) => {
                    self.revoke().drop_revocation(id);
                    self.end_work(id);
                }
                Fact::Kept(id) => self.share().update_live_file(id),
                Fact::Removed { id, live_file } => self.removed(id, live_file),
                Fact::RedirectMethod(proof) => self.sign_in().redirect_checked(proof),
                Fact::MayAdd { anyway, token } => self.sign_in().check_redirect(anyway, Some(token)),
                Fact::MayNotAdd { anyway } => self.sign_in().begin_sign_in(anyway),
                Fact::CodeGoesTo(region, consent, code) => self.sign_in().exchange_at(&region, &consent, &code),
                Fact::DeviceGoesTo(region) => self.sign_in().poll_at(&region),
                Fact::HandoverTaken => self.sign_in().take_over(),
                Fact::Unkept { name, what } => self.revoke().revoke_unkept(name, what),
                Fact::Revoked(id, how) => self.cli().tell_programs_revoked(id, how),
                Fact::NotRevoked { id, problem, needs_you } => {
                    self.cli().tell_programs_not_revoked(id, &problem, needs_you);
                }
            }
        }
    }

    fn has_new_token(&mut self, id: ConnectionId, replaced: &SecretString) {
        // The replaced token is still valid for a while.
        self.desk.clipboard.remember(replaced);
        self.share().update_live_file(id);
        self.sign_in().permissions_may_be_there(id);
        self.share().hand_out(id);
        self.checks().has_new_token(id);
        self.sign_in().say_not_added(id);
    }

    /// Shows why there is no new token, if anything waited for one.
    fn has_no_new_token(&mut self, id: ConnectionId, problem: Problem) {
        let waited = [
            self.share().hand_out_nothing(id),
            self.checks().has_no_new_token(id),
            self.sign_in().awaits_added_no_more(id),
        ];
        if waited.contains(&true) {
            self.desk.notices.trouble_with(id, problem);
        }
    }

    fn end_work(&mut self, id: ConnectionId) {
        self.tokens().drop_refresh(id);
        self.checks().drop_checks(id);
        self.share().hand_out_nothing(id);
        self.sign_in().awaits_added_no_more(id);
    }

    fn removed(&mut self, id: ConnectionId, live_file: Option<LiveFile>) {
        if let Some(live_file) = live_file {
            self.share().remove_live_file(id, live_file);
        }
        if self.desk.page == OpenPage::Connection(id) {
            self.desk.page = OpenPage::Home;
        }
    }
}
