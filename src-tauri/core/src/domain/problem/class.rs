//! The class of a problem, from which retries, counts, exit codes and the call for the user follow.

use zoho_oauth::error::{Class, is_final};

use super::Problem;

impl Problem {
    /// The class of failure.
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

    /// Whether Zoho may have handled the request although no response says so: the response was lost or unreadable. 501
    /// and 503 say that the request was not handled (RFC 9110 15.6.2 and 15.6.4).
    #[expect(clippy::wildcard_enum_match_arm, reason = "the class decides for all other problems")]
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::ServerTrouble { status, .. } => !matches!(status, 501 | 503),
            Self::TimedOut { .. } | Self::NoToken => true,
            _ => self.class() == Class::Server,
        }
    }

    /// Whether the keyring failed to return or store the vault's key.
    pub(crate) fn is_of_the_keyring(&self) -> bool {
        matches!(self, any_of!(KeyringAbsent KeyringLocked KeyringSlow KeyringFaulty))
    }

    /// Whether Zoho refused the client or its secret, which it checks before the code.
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
    fn a_not_handled_status_took_no_effect() {
        let server = |status| Problem::ServerTrouble { host: String::new(), status }.may_have_taken_effect();
        assert_eq!([500, 501, 502, 503, 504].map(server), [true, false, true, false, true]);
    }

    #[test]
    fn unsent_requests_took_no_effect_but_a_time_out_may_have() {
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
