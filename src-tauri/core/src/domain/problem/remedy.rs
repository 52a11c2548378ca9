//! What the user can do about a problem. The place that shows it turns the remedy into an action.

use crate::domain::fields::CorrectedField;
use crate::domain::step::Step;

use super::Problem;

/// What the user can do about a problem.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Remedy {
    /// Try again, with the same text or another.
    TryAgain,
    /// Sign in again.
    SignInAgain,
    /// Sign in for the missing permissions.
    AddPermissions,
    /// Correct the input of this step of the wizard.
    GoTo(Step),
    /// Correct this field of the wizard's approval step.
    Correct(CorrectedField),
    /// Enable the client for other data centers, in Zoho's console.
    OpenConsole,
    /// Add the redirect URI to the client, in Zoho's console.
    RegisterRedirectUri,
    /// Open the browser again.
    OpenBrowser,
    /// Keep the connections as they are.
    GoHome,
    /// Run the test call again.
    TestAgain,
    /// Write the live file again.
    WriteLiveFile,
    /// Save the vault again.
    SaveAgain,
    /// Start the practice Zoho again.
    Practise,
    /// Choose another file.
    OpenFile,
    /// Start the wizard.
    StartWizard,
    /// Send a colleague the key that a handover is sealed to.
    CopyOwnKey,
    /// Dismiss it: there is nothing to do.
    Dismiss,
}

impl Problem {
    /// What the user can do about it.
    pub(crate) fn remedy(&self) -> Remedy {
        match self {
            any_of!(
                Denied SentBack ConsentExpired DeviceCodeExpired RegionNotConfirmed LinkNotOurs AskedByHttps PortsBusy RequestMangled
                TooManyCodes TooManyTokens CodeSpent ExchangeCutOff Throttled NoToken WebPage EmptyAnswer Garbled TooLong Unreachable
                NotThisUsers TimedOut Untrusted Redirected ServerTrouble TokenDead
                // The place where they are shown has a field or a button of its own.
                RegionRefused RegionInUse HandoverLocked PassphraseWeak KeyUnknown PassphraseNeeded PassphraseWrong KeyringAbsent
                KeyringLocked KeyringSlow KeyringFaulty KeyMissing VaultNewer VaultUnreadable
            ) => Remedy::TryAgain,
            any_of!(GrantEnded NewTokenDead NoRefreshToken Refused NotAdded) => Remedy::SignInAgain,
            Self::ScopeMissing => Remedy::AddPermissions,
            any_of!(ClientUnknown UnknownRegion) => Remedy::GoTo(Step::Region),
            any_of!(SecretWrong SecretWrongThere RegionMoved) => Remedy::GoTo(Step::Credentials),
            any_of!(ScopeUnknown NoAccount) => Remedy::GoTo(Step::Scopes),
            Self::NotTheAddress { .. } => Remedy::Correct(CorrectedField::Address),
            any_of!(NotTheCode ConsoleCodeOver) => Remedy::Correct(CorrectedField::ConsoleCode),
            any_of!(NotTheRefreshToken RefreshTokenRefused) => Remedy::Correct(CorrectedField::ExistingToken),
            Self::OrganisationUnknown => Remedy::Correct(CorrectedField::Organisation),
            Self::MultiDcOff { .. } => Remedy::OpenConsole,
            Self::RedirectMismatch { .. } => Remedy::RegisterRedirectUri,
            Self::BrowserNotOpened => Remedy::OpenBrowser,
            Self::WouldRetire { .. } => Remedy::GoHome,
            any_of!(CliqBusy CliqUnclear) => Remedy::TestAgain,
            any_of!(LiveFileNotWritten LiveFileReplaced) => Remedy::WriteLiveFile,
            Self::NotSaved { .. } => Remedy::SaveAgain,
            Self::PracticeNotStarted { .. } => Remedy::Practise,
            any_of!(
                FileNotRead FileUnknown SignInPending FileNewer FileDamaged HandoverExpired HandoverElsewhere
            ) => Remedy::OpenFile,
            Self::FileRegion { .. } => Remedy::StartWizard,
            Self::HandoverNotForYou => Remedy::CopyOwnKey,
            any_of!(
                ClipboardClosed FileNotWritten LiveFileTaken LiveFileLeft LoginUnchanged HandoverHere OddLifetime RegionsFile
                RegionsFileNotPrivate RegionsFileNotRead RegionsFileSetAside VaultDamaged VaultNotAuthentic VaultChanged VaultOlder
            ) => Remedy::Dismiss,
        }
    }
}
