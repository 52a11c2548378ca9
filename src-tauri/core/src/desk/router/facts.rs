//! Who acts on what a machine reports.

use crate::desk::fact::Fact;
use crate::desk::refresh::Waiter;
use crate::desk::turn::Turn;
use crate::domain::connection::ConnectionId;

impl Turn<'_> {
    /// Passes on what was reported, and what is reported because of that.
    pub(super) fn pass_on(&mut self) {
        while let Some(fact) = self.facts.pop_front() {
            match fact {
                Fact::Renewed(id, waiters) => self.has_new_token(id, waiters),
                Fact::NotRenewed(id, waiters) if waiters.contains(&Waiter::Probe) => self.probes_wait_in_vain(id),
                Fact::NotRenewed(..) => {}
                Fact::WayHome(proof) => self.way_home_proven(proof),
                Fact::MayAdd { anyway, token } => self.check_way_home(anyway, Some(token)),
                Fact::MayNotAdd { anyway } => self.begin_sign_in(anyway),
                Fact::CodeGoesTo(region, consent, code) => self.exchange_at(&region, &consent, &code),
                Fact::DeviceGoesTo(region) => self.poll_at(&region),
                Fact::HandOverTaken => self.take_over(),
                Fact::Unkept { name, what } => self.revoke_unkept(name, what),
                Fact::Revoked(id, how) => self.tell_programs_revoked(id, how),
                Fact::NotRevoked { id, problem, needs_you } => self.tell_programs_not_revoked(id, &problem, needs_you),
            }
        }
    }

    fn has_new_token(&mut self, id: ConnectionId, waiters: Vec<Waiter>) {
        self.update_live_file(id);
        self.permissions_may_be_there(id);
        for waiter in waiters {
            match waiter {
                Waiter::Copy(shape) => self.copy_now(id, shape),
                Waiter::Export(export) => self.export_now(id, export),
                Waiter::Test(attempt) => self.test_now(id, attempt),
                Waiter::Probe => self.probe_now(id),
                Waiter::Added => self.say_not_added(id),
            }
        }
    }
}
