//! What each machine may use: its own state, and what all of them share.

use crate::domain::kept::Kept;
use crate::machine::checks::Checks;
use crate::machine::cli::{Cli, Vault};
use crate::machine::context::Context;
use crate::machine::revoke::Revoke;
use crate::machine::share::Share;
use crate::machine::sign_in::SignIn;
use crate::machine::store::State;
use crate::machine::tokens::Tokens;

use super::Router;

/// Builds the context from a Desk and the vault's content. A macro: a function would borrow the machine's state too.
macro_rules! context {
    ($now:expr, $desk:ident, $kept:ident) => {
        Context {
            now: $now,
            regions: &$desk.regions,
            connections: &mut $kept.connections,
            ledger: &mut $kept.ledger,
            notices: &mut $desk.notices,
            dialogs: &mut $desk.dialogs,
            clipboard: &mut $desk.clipboard,
            outbox: &mut $desk.outbox,
        }
    };
}

impl Router<'_> {
    pub(super) fn cx(&mut self) -> Context<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept = &mut desk.kept;
        context!(now, desk, kept)
    }

    pub(super) fn tokens(&mut self) -> Tokens<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept: &mut Kept = &mut desk.kept;
        let (paused, revoking) = (kept.settings.paused, &desk.revoke);
        Tokens { state: &mut desk.tokens, paused, revoking, cx: context!(now, desk, kept) }
    }

    pub(super) fn checks(&mut self) -> Checks<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept: &mut Kept = &mut desk.kept;
        Checks { state: &mut desk.checks, revoking: &desk.revoke, cx: context!(now, desk, kept) }
    }

    pub(super) fn share(&mut self) -> Share<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept: &mut Kept = &mut desk.kept;
        Share { state: &mut desk.share, cx: context!(now, desk, kept) }
    }

    pub(super) fn revoke(&mut self) -> Revoke<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let (kept, is_open): (&mut Kept, bool) = (&mut desk.kept, desk.store.opened().is_some());
        Revoke {
            state: &mut desk.revoke,
            queued: &mut kept.revocations,
            numbers: &mut kept.numbers,
            is_open,
            cx: context!(now, desk, kept),
        }
    }

    pub(super) fn cli(&mut self) -> Cli<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept: &mut Kept = &mut desk.kept;
        let vault = match desk.store.state() {
            State::Opening(_) => Vault::Opening,
            State::Closed(problem) => Vault::Closed(problem.clone()),
            State::Open(_) => Vault::Open,
        };
        Cli {
            state: &mut desk.cli,
            tokens: &desk.tokens,
            checks: &desk.checks,
            revoke: &desk.revoke,
            settings: kept.settings,
            attended: desk.attended,
            vault,
            cx: context!(now, desk, kept),
        }
    }

    pub(super) fn sign_in(&mut self) -> SignIn<'_> {
        let (desk, now) = (&mut *self.desk, self.now);
        let kept: &mut Kept = &mut desk.kept;
        SignIn {
            state: &mut desk.sign_in,
            draft: &mut kept.draft,
            shelved: &mut kept.shelved,
            page: &mut desk.page,
            store: &mut desk.store,
            numbers: &mut kept.numbers,
            queued: &kept.revocations,
            cx: context!(now, desk, kept),
        }
    }
}
