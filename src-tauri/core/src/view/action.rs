//! What a button does, as a value for the page: the page sends an intent back unchanged, or moves the focus.
//!
//! **Invariant:** no intent here holds user input, so none can hold a secret.

use serde::Serialize;

use crate::domain::connection::ConnectionId;
use crate::domain::fields::{CorrectedField, FormField};
use crate::domain::step::Step;

/// What a button does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Action {
    /// Sends this intent.
    Ask { intent: PreparedIntent },
    /// Moves the focus to the field that the problem is about, which shows the problem beside it.
    Correct { field: CorrectedField },
    /// Moves the focus to this field, for another value.
    Fill { field: CorrectedField },
}

/// An intent that is ready to be sent; each is also a [`crate::Intent`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "machine", rename_all = "camelCase")]
pub enum PreparedIntent {
    /// For the vault.
    Vault(VaultAction),
    /// For Keyfob as a whole.
    App(AppAction),
    /// For the sign-in.
    SignIn(SignInAction),
    /// For the renewal of tokens.
    Tokens(TokensAction),
    /// For the test calls.
    Checks(ChecksAction),
    /// For copies, exports, the live file and handovers.
    Share(ShareAction),
}

/// A [`crate::intent::VaultIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum VaultAction {
    RetrySave,
}

/// An [`crate::intent::AppIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum AppAction {
    Dismiss { notice: u32 },
    Practise,
    CopyOwnKey,
}

/// A [`crate::intent::SignInIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum SignInAction {
    SignIn { anyway: bool },
    RetireOldest,
    OpenAgain,
    OpenConsole,
    OpenConnectedApps,
    OpenFile,
    CopyForForm { field: FormField },
    GoTo { step: Step },
    GoHome,
    Start,
    SignInAgain { id: ConnectionId },
    AddPermissions { id: ConnectionId },
}

/// A [`crate::intent::TokensIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum TokensAction {
    Refresh { id: ConnectionId },
}

/// A [`crate::intent::ChecksIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum ChecksAction {
    Test { id: ConnectionId },
}

/// A [`crate::intent::ShareIntent`] that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "intent", rename_all = "camelCase")]
#[expect(missing_docs, reason = "its intent has a sentence")]
pub enum ShareAction {
    WriteLiveFile { id: ConnectionId },
}

/// Converts from the intents of one machine.
macro_rules! from {
    ($($machine:ident: $action:ident),+ $(,)?) => {
        $(impl From<$action> for Action {
            fn from(action: $action) -> Self {
                Self::Ask { intent: PreparedIntent::$machine(action) }
            }
        })+
    };
}

from!(
    Vault: VaultAction,
    App: AppAction,
    SignIn: SignInAction,
    Tokens: TokensAction,
    Checks: ChecksAction,
    Share: ShareAction,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Intent;

    #[test]
    fn every_prepared_intent_reads_back_as_an_intent() {
        let id = ConnectionId(7);
        let actions: [Action; 18] = [
            VaultAction::RetrySave.into(),
            AppAction::Dismiss { notice: 3 }.into(),
            AppAction::Practise.into(),
            AppAction::CopyOwnKey.into(),
            SignInAction::SignIn { anyway: true }.into(),
            SignInAction::RetireOldest.into(),
            SignInAction::OpenAgain.into(),
            SignInAction::OpenConsole.into(),
            SignInAction::OpenConnectedApps.into(),
            SignInAction::OpenFile.into(),
            SignInAction::CopyForForm { field: FormField::SecondRedirectUri }.into(),
            SignInAction::GoTo { step: Step::Scopes }.into(),
            SignInAction::GoHome.into(),
            SignInAction::Start.into(),
            SignInAction::SignInAgain { id }.into(),
            SignInAction::AddPermissions { id }.into(),
            ChecksAction::Test { id }.into(),
            ShareAction::WriteLiveFile { id }.into(),
        ];
        for action in actions {
            let Action::Ask { intent } = action else { panic!("{action:?} has no intent") };
            let sent = serde_json::to_string(&intent).unwrap();
            let read: Intent = serde_json::from_str(&sent).unwrap_or_else(|e| panic!("{sent}: {e}"));
            assert_eq!(format!("{read:?}"), format!("{intent:?}").replace("Action", "Intent"), "{sent}");
        }
    }
}
