//! What kind of failure a problem is: the one answer that retries, counts, exit codes and the words to the user follow from.

use super::Problem;

/// A kind of failure. The order has no meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    /// No answer came from a server that proved who it is.
    Transport,
    /// Something between Keyfob and the server answered in its place: a proxy, or a network that wants a sign-in of its own.
    Intercepted,
    /// The server failed, or what it sent cannot be read.
    Server,
    /// A limit of Zoho's or Cliq's; it passes at a known time.
    RateLimited,
    /// The server answered in a way that its documentation does not describe.
    Unclear,
    /// A documented, final answer: the same request gets the same answer until a user changes something.
    Refused,
    /// Nothing a server said: a limit that the user's own choice, file, keyring or input sets.
    Local,
}

impl Class {
    /// Trying again later, without a user, may work.
    pub fn passes(self) -> bool {
        match self {
            Self::Transport | Self::Intercepted | Self::Server | Self::RateLimited | Self::Unclear => true,
            Self::Refused | Self::Local => false,
        }
    }

    /// The server that was asked gave its own answer to the question.
    pub fn is_answer(self) -> bool {
        match self {
            Self::Unclear | Self::Refused => true,
            Self::Transport | Self::Intercepted | Self::Server | Self::RateLimited | Self::Local => false,
        }
    }

    /// The request did not reach the server, so the next one meets the same until the network changes.
    pub fn is_of_the_network(self) -> bool {
        match self {
            Self::Transport | Self::Intercepted => true,
            Self::Server | Self::RateLimited | Self::Unclear | Self::Refused | Self::Local => false,
        }
    }
}

/// The error codes that Zoho's pages describe and that stay the same until a user changes something. Sources:
/// zoho.com/accounts/protocol/oauth/web-apps/access-token.html and access-token-expiry.html; `missing_org_info`:
/// self-client/client-credentials-flow.html; `client_not_granted` and `prompt_required`: the pages of JavaScript clients;
/// `no_org`: an announcement in force since 10 February 2025.
const FINAL_CODES: [&str; 9] = [
    "invalid_code",
    "invalid_client",
    "invalid_client_secret",
    "invalid_redirect_uri",
    "invalid_scope",
    "missing_org_info",
    "client_not_granted",
    "prompt_required",
    "no_org",
];

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
            Self::Refused { error } | Self::SentBack { error } if FINAL_CODES.contains(&error.as_str()) => {
                Class::Refused
            }
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

    fn refused(error: &str) -> Class {
        Problem::Refused { error: error.to_owned() }.class()
    }

    #[test]
    fn only_a_documented_code_is_final() {
        for code in FINAL_CODES {
            assert_eq!(refused(code), Class::Refused, "{code}");
        }
        for code in ["general_error", "access_denied", "server_error", "Invalid_Code", "invalid_code ", ""] {
            assert_eq!(refused(code), Class::Unclear, "{code}");
        }
    }

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
