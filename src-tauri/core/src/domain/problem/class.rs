//! What kind of failure a problem is: the one answer that retries, counts, exit codes and the words to the user follow from.

use zoho_oauth::error::{Class, is_final};

use super::Problem;

impl Problem {
    /// What kind of failure it is.
    pub fn class(&self) -> Class {
        match self {
            Self::Unreachable { .. } | Self::NotThisUsers { .. } | Self::TimedOut { .. } | Self::Untrusted { .. } => {
                Class::Transport
            }
            Self::Redirected { .. } | Self::WebPage { .. } => Class::Intercepted,
            Self::ServerTrouble { .. } | Self::EmptyAnswer { .. } | Self::Garbled { .. } | Self::TooLong { .. } => {
                Class::Server
            }
            Self::Throttled { .. } | Self::TooManyCodes { .. } | Self::TooManyTokens { .. } | Self::CliqBusy { .. } => {
                Class::RateLimited
            }
            Self::Refused { error } | Self::SentBack { error } if is_final(error) => Class::Refused,
            Self::Refused { .. }
            | Self::SentBack { .. }
            | Self::NoToken
            | Self::OddLifetime
            | Self::CliqUnclear { .. } => Class::Unclear,
            Self::Denied
            | Self::DeviceCodeExpired
            | Self::ConsoleCodeOver
            | Self::CodeSpent
            | Self::ClientUnknown { .. }
            | Self::SecretWrong
            | Self::SecretWrongThere { .. }
            | Self::MultiDcOff { .. }
            | Self::RedirectMismatch { .. }
            | Self::ScopeUnknown
            | Self::GrantEnded
            | Self::RefreshTokenRefused
            | Self::OrganisationUnknown
            | Self::NoRefreshToken
            | Self::NotAdded
            | Self::TokenDead
            | Self::NewTokenDead
            | Self::NoAccount { .. }
            | Self::ScopeMissing => Class::Refused,
            Self::ConsentExpired
            | Self::UnknownRegion { .. }
            | Self::NotTheAddress { .. }
            | Self::NotTheCode { .. }
            | Self::NotTheRefreshToken { .. }
            | Self::SignInPending
            | Self::LinkNotOurs { .. }
            | Self::AskedByHttps
            | Self::PortsBusy { .. }
            | Self::BrowserNotOpened
            | Self::RequestMangled
            | Self::WouldRetire { .. }
            | Self::ExchangeCutOff
            | Self::KeyringAbsent
            | Self::KeyringLocked
            | Self::KeyringSlow
            | Self::KeyringFaulty
            | Self::KeyMissing
            | Self::PassphraseNeeded
            | Self::PassphraseWrong
            | Self::VaultDamaged { .. }
            | Self::VaultNotAuthentic { .. }
            | Self::VaultOlder
            | Self::VaultChanged { .. }
            | Self::VaultNewer { .. }
            | Self::VaultUnreadable { .. }
            | Self::NotSaved { .. }
            | Self::RegionsFile { .. }
            | Self::RegionsFileNotPrivate { .. }
            | Self::RegionsFileNotRead { .. }
            | Self::RegionRefused { .. }
            | Self::RegionInUse { .. }
            | Self::RegionMoved { .. }
            | Self::RegionNotConfirmed { .. }
            | Self::RegionsFileSetAside { .. }
            | Self::FileNotRead { .. }
            | Self::FileUnknown
            | Self::FileNewer { .. }
            | Self::FileDamaged
            | Self::FileRegion { .. }
            | Self::HandOverExpired { .. }
            | Self::HandOverLocked
            | Self::HandOverNotForYou
            | Self::HandOverElsewhere { .. }
            | Self::HandOverHere { .. }
            | Self::PassphraseWeak
            | Self::KeyUnknown
            | Self::FileNotWritten { .. }
            | Self::LiveFileNotWritten { .. }
            | Self::LiveFileReplaced { .. }
            | Self::LiveFileTaken { .. }
            | Self::LiveFileLeft { .. }
            | Self::LoginUnchanged { .. }
            | Self::ClipboardClosed
            | Self::PracticeNotStarted { .. } => Class::Local,
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
