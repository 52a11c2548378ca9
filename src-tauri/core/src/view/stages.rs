//! How far the store, the sign-in and each connection's tokens are: the states of the picture in ARCHITECTURE.md.

use std::collections::BTreeMap;

use crate::domain::connection::ConnectionId;
use crate::domain::draft::{Approval, Draft};
use crate::machine::desk::Desk;
use crate::machine::store::State;

/// How far everything is at one moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stages {
    /// The vault.
    pub store: StoreStage,
    /// The draft in hand.
    pub sign_in: SignInStage,
    /// Each connection.
    pub tokens: BTreeMap<ConnectionId, TokensStage>,
}

/// How far the vault is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum StoreStage {
    /// It is being opened.
    Opening,
    /// It could not be opened.
    Closed,
    /// All is saved.
    Saved,
    /// A save is under way.
    Saving,
    /// A save is under way, and something has changed since it began.
    SavingOld,
    /// The last save failed.
    Unsaved,
}

/// How far the draft in hand is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SignInStage {
    /// There is none.
    NoDraft,
    /// The user fills it in, or sees why the last attempt ended.
    FillingIn,
    /// It is proven that the answer can come back, or Zoho is asked for the page to add permissions.
    Checking,
    /// The browser is open.
    InBrowser,
    /// The code is on its way to Zoho.
    Exchanging,
    /// Zoho is asked for a code to type.
    AskingForCode,
    /// A code to type is shown.
    ShowingCode,
    /// Zoho is asked for a token with what the user already has.
    AskingForToken,
    /// The user is asked whose tokens these are.
    Confirming,
    /// It has become a connection.
    Kept,
}

/// How far a connection's tokens are.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TokensStage {
    /// Nothing is in the way.
    Good,
    /// A new access token is asked for.
    Refreshing,
    /// The last refresh failed, and is tried again.
    Retrying,
    /// The user is needed.
    NeedsUser,
    /// Zoho is asked to revoke them.
    Revoking,
}

impl Desk {
    /// How far everything is.
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
