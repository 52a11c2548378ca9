//! A sign-in whose account is in a region other than the chosen one.
//!
//! Invariant: a client secret goes to the servers it was given for. It goes to another one only once the user has
//! confirmed that server, and the tokens from there never replace those of a connection to another server.

use zoho_oauth::region::{Region, RegionCode};

use crate::domain::draft::Approval;
use crate::domain::elsewhere::{Elsewhere, With};
use crate::domain::problem::Problem;
use crate::machine::fact::Fact;
use crate::machine::question::SignInQuestion;
use crate::messages::confirmation::{Confirmation, Decision};

use super::SignIn;

impl SignIn<'_> {
    /// Continues there immediately if that sends no secret to a server it was not given for; otherwise asks the user.
    pub(super) fn go_elsewhere(&mut self, there: Elsewhere) {
        if self.gave_secrets_to(&there.region.code) {
            return self.go_on(there);
        }
        let refused = not_confirmed(&there.region);
        let shown = Confirmation::GoElsewhere { host: there.region.accounts.as_str().to_owned() };
        if !self.cx.confirm(SignInQuestion::ConfirmGoElsewhere(Box::new(there)), shown) {
            self.stop_consent(Some(refused));
        }
    }

    /// Acts on the user's decision, unless the sign-in has ended or been replaced by now.
    pub(super) fn elsewhere_decided(&mut self, there: Elsewhere, decision: Decision) {
        if !self.still_waits_for(&there) {
            return;
        }
        if decision == Decision::Allow && self.cx.regions.find(&there.region.code) == Some(&there.region) {
            self.go_on(there);
        } else {
            self.stop_consent(Some(not_confirmed(&there.region)));
        }
    }

    fn go_on(&mut self, there: Elsewhere) {
        let Elsewhere { region, with } = there;
        if !self.may_replace_with(&region.code) {
            self.edit(|draft| draft.replaces = None);
        }
        match with {
            With::Code(consent, code) => self.cx.report(Fact::CodeGoesTo(region, consent, code)),
            With::Device(_) => self.cx.report(Fact::DeviceGoesTo(region)),
        }
    }
}

impl SignIn<'_> {
    /// Whether what is sent there was given for it: the draft's region shares its secrets with that one, or the
    /// connection that signs in again has its tokens from there. A secret typed for that region does not count as
    /// consent to send it a code: a script in the page can type one.
    fn gave_secrets_to(&self, code: &RegionCode) -> bool {
        let Some(draft) = &self.draft else { return false };
        let shares = draft.region.as_ref().is_some_and(|own| self.cx.regions.share_secrets(own, code));
        let is_from_there = draft.replaced(self.cx.connections).is_some_and(|replaced| replaced.grant.region == *code);
        shares || is_from_there
    }

    /// Whether tokens from this region may replace the connection's. Another server's tokens get a new connection,
    /// without the scripts and files of the old one.
    fn may_replace_with(&self, code: &RegionCode) -> bool {
        let replaced = self.draft.as_ref().and_then(|draft| draft.replaced(self.cx.connections));
        replaced.is_none_or(|replaced| self.cx.regions.share_secrets(&replaced.grant.region, code))
    }

    fn still_waits_for(&self, there: &Elsewhere) -> bool {
        match (self.draft.as_ref().map(|draft| &draft.approval), &there.with) {
            (Some(Approval::Waiting(pending, _)), With::Code(consent, _)) => pending.is_mine(&consent.state),
            (Some(Approval::Device(device)), With::Device(user_code)) => device.code.user_code == *user_code,
            _ => false,
        }
    }
}

fn not_confirmed(region: &Region) -> Problem {
    Problem::RegionNotConfirmed { region: region.code.clone(), host: region.accounts.host().to_owned() }
}
