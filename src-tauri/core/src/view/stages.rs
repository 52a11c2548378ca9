//! The stages of the store, the sign-in and each connection's tokens: the states of the diagram in ARCHITECTURE.md.

use std::collections::BTreeMap;

use crate::domain::connection::ConnectionId;
use crate::domain::draft::{Approval, Draft};
use crate::machine::desk::Desk;
use crate::machine::store::State;

/// The stage of everything at one moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stages {
    /// The vault.
    pub store: StoreStage,
    /// The open draft.
    pub sign_in: SignInStage,
    /// Each connection.
    pub tokens: BTreeMap<ConnectionId, TokensStage>,
}

/// The stage of the vault.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum StoreStage {
    /// It is being opened.
    Opening,
    /// It could not be opened.
    Closed,
    /// Everything is saved.
    Saved,
    /// A save is in progress.
    Saving,
    /// A save is in progress, and something has changed since it began.
    SavingOld,
    /// The last save failed.
    Unsaved,
}

/// The stage of the open draft.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SignInStage {
    /// There is no draft.
    NoDraft,
    /// The user fills it in, or sees why the last attempt ended.
    FillingIn,
    /// Keyfob checks that the redirect works, or requests the page that adds permissions.
    Checking,
    /// The browser is open.
    InBrowser,
    /// The code is being exchanged.
    Exchanging,
    /// Requesting a device code from Zoho.
    AskingForCode,
    /// A device code is shown.
    ShowingCode,
    /// Requesting a token with an existing refresh token, or with the client alone.
    AskingForToken,
    /// The user is asked to confirm the account of the tokens.
    Confirming,
    /// The draft has become a connection.
    Kept,
}

/// The stage of a connection's tokens.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TokensStage {
    /// There is no problem.
    Good,
    /// A new access token is being requested.
    Refreshing,
    /// The last refresh failed, and is retried.
    Retrying,
    /// The user is needed.
    NeedsUser,
    /// They are being revoked at Zoho.
    Revoking,
}

impl Desk {
    /// The stage of everything.
    pub fn stages(&self) -> Stages {
        let tokens = self.kept.connections.keys().map(|id| (*id, self.tokens_stage(*id))).collect();
        Stages { store: self.store_stage(), sign_in: sign_in_stage(self.kept.draft.as_ref()), tokens }
    }

    fn store_stage(&self) -> StoreStage {
        match self.store.state() {
            State::Opening(_) => StoreStage::Opening,
            State::Closed(_) => StoreStage::Closed,
            State::Open(open) if open.saves_again() => StoreStage::SavingOld,
            State::Open(open) if open.is_saving() => StoreStage::Saving,
            State::Open(open) if open.unsaved.is_some() => StoreStage::Unsaved,
            State::Open(_) => StoreStage::Saved,
        }
    }

    fn tokens_stage(&self, id: ConnectionId) -> TokensStage {
        let trouble = self.kept.connections.get(&id).and_then(|connection| connection.trouble.as_ref());
        match trouble {
            _ if self.revoke.is_under_way(id) => TokensStage::Revoking,
            _ if self.tokens.is_refreshing(id) => TokensStage::Refreshing,
            Some(trouble) if trouble.needs_you() => TokensStage::NeedsUser,
            Some(_) => TokensStage::Retrying,
            None => TokensStage::Good,
        }
    }
}

fn sign_in_stage(draft: Option<&Draft>) -> SignInStage {
    let Some(draft) = draft else { return SignInStage::NoDraft };
    match &draft.approval {
        _ if draft.kept.is_some() => SignInStage::Kept,
        _ if draft.candidate.is_some() => SignInStage::Confirming,
        Approval::Ready(_) => SignInStage::FillingIn,
        Approval::Checking { .. } => SignInStage::Checking,
        Approval::Waiting(..) => SignInStage::InBrowser,
        Approval::Exchanging => SignInStage::Exchanging,
        Approval::AskingForCode => SignInStage::AskingForCode,
        Approval::Device(_) => SignInStage::ShowingCode,
        Approval::AskingForToken => SignInStage::AskingForToken,
    }
}
