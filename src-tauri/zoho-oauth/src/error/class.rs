//! What kind of failure an error is: the one answer that retries, rests and counts follow from.

use super::Error;

/// A kind of failure. The order has no meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    /// No answer came from a server that proved who it is.
    Transport,
    /// Something between the program and the server answered in its place: a proxy, or a network that wants a sign-in of its own.
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

/// Whether an error code stays the same until a user changes something.
pub fn is_final(code: &str) -> bool {
    FINAL_CODES.contains(&code)
}

impl Error {
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
            Self::Throttled { .. } | Self::CliqBusy { .. } => Class::RateLimited,
            Self::Refused { error } if is_final(error) => Class::Refused,
            Self::Refused { .. } | Self::NoToken | Self::CliqUnclear { .. } => Class::Unclear,
            Self::Denied
            | Self::DeviceCodeExpired
            | Self::CodeSpent
            | Self::GrantEnded
            | Self::ClientUnknown { .. }
            | Self::MultiDcOff { .. }
            | Self::SecretWrong
            | Self::SecretWrongThere { .. }
            | Self::RedirectMismatch { .. }
            | Self::OrganisationUnknown
            | Self::ScopeUnknown
            | Self::TokenDead
            | Self::ScopeMissing => Class::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(error: &str) -> Class {
        Error::Refused { error: error.to_owned() }.class()
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
}
