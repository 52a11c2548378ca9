//! What kind of failure a problem is: the one answer that retries, counts, exit codes and the words to the user follow from.

use zoho_oauth::error::{Class, is_final};

use super::Problem;

impl Problem {
    /// What kind of failure it is.
    pub fn class(&self) -> Class {
        match self {
            Self::Refused { error } | Self::SentBack { error } if is_final(error) => Class::Refused,
            any_of!(Refused SentBack NoToken OddLifetime CliqUnclear) => Class::Unclear,
            any_of!(Unreachable NotThisUsers TimedOut Untrusted) => Class::Transport,
            any_of!(Redirected WebPage) => Class::Intercepted,
            any_of!(ServerTrouble EmptyAnswer Garbled TooLong) => Class::Server,
            any_of!(Throttled TooManyCodes TooManyTokens CliqBusy) => Class::RateLimited,
            any_of!(
                Denied DeviceCodeExpired ConsoleCodeOver CodeSpent ClientUnknown SecretWrong SecretWrongThere MultiDcOff
                RedirectMismatch ScopeUnknown GrantEnded RefreshTokenRefused OrganisationUnknown NoRefreshToken NotAdded TokenDead
                NewTokenDead NoAccount ScopeMissing
            ) => Class::Refused,
            any_of!(
                // The sign-in.
                ConsentExpired UnknownRegion NotTheAddress NotTheCode NotTheRefreshToken SignInPending LinkNotOurs AskedByHttps
                PortsBusy BrowserNotOpened RequestMangled WouldRetire ExchangeCutOff
                // The vault.
                KeyringAbsent KeyringLocked KeyringSlow KeyringFaulty KeyMissing PassphraseNeeded PassphraseWrong VaultDamaged
                VaultNotAuthentic VaultOlder VaultChanged VaultNewer VaultUnreadable NotSaved
                // Regions.
                RegionsFile RegionsFileNotPrivate RegionsFileNotRead RegionRefused RegionInUse RegionMoved RegionNotConfirmed
                RegionsFileSetAside
                // Files, and this computer.
                FileNotRead FileUnknown FileNewer FileDamaged FileRegion FileNotWritten HandoverExpired HandoverLocked
                HandoverNotForYou HandoverElsewhere HandoverHere PassphraseWeak KeyUnknown LiveFileNotWritten LiveFileReplaced
                LiveFileTaken LiveFileLeft LoginUnchanged ClipboardClosed PracticeNotStarted
            ) => Class::Local,
        }
    }

    /// Whether Zoho may have done what was asked although no answer says so: an answer was lost or cannot be read. 503 and
    /// 501 say that the request was not handled (RFC 9110 15.6.2 and 15.6.4).
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::ServerTrouble { status, .. } => !matches!(status, 501 | 503),
            Self::TimedOut { .. } | Self::NoToken => true,
            _ => self.class() == Class::Server,
        }
    }

    /// The keyring did not give or take the vault's key.
    pub(crate) fn is_of_the_keyring(&self) -> bool {
        matches!(self, any_of!(KeyringAbsent KeyringLocked KeyringSlow KeyringFaulty))
    }

    /// The client or its secret was refused, which Zoho checks before it looks at a code.
    pub(crate) fn is_of_the_client(&self) -> bool {
        matches!(
            self,
            Self::ClientUnknown { .. } | Self::SecretWrong | Self::SecretWrongThere { .. } | Self::MultiDcOff { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_that_says_not_handled_took_no_effect() {
        let server = |status| Problem::ServerTrouble { host: String::new(), status }.may_have_taken_effect();
        assert_eq!([500, 501, 502, 503, 504].map(server), [true, false, true, false, true]);
    }

    #[test]
    fn what_did_not_reach_the_server_took_no_effect_but_for_a_time_out() {
        let host = String::new;
        assert!(Problem::TimedOut { host: host() }.may_have_taken_effect());
        for problem in [
            Problem::Unreachable { host: host() },
            Problem::Untrusted { host: host() },
            Problem::Redirected { host: host() },
            Problem::WebPage { host: host() },
            Problem::GrantEnded,
        ] {
            assert!(!problem.may_have_taken_effect(), "{problem:?}");
        }
    }
}
