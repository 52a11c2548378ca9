//! The class of an error, which decides about retries, back-off and counting.

use super::Error;

/// A class of failure. The order has no meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Class {
    /// No response from a server that proved its identity.
    Transport,
    /// A proxy, or a network that demands its own sign-in, answered instead of the server.
    Intercepted,
    /// The server failed, or its response cannot be parsed.
    Server,
    /// Zoho's or Cliq's rate limit, which ends at a known time.
    RateLimited,
    /// The server's response is not documented.
    Unclear,
    /// A documented, final error: the same request fails the same way until a user changes something.
    Refused,
    /// Not the server's error: a limit set by the user's own choice, file, keyring or input.
    Local,
}

impl Class {
    /// Whether a later retry may succeed without a user.
    pub fn passes(self) -> bool {
        match self {
            Self::Transport | Self::Intercepted | Self::Server | Self::RateLimited | Self::Unclear => true,
            Self::Refused | Self::Local => false,
        }
    }

    /// Whether the requested server itself answered the request.
    pub fn is_answer(self) -> bool {
        match self {
            Self::Unclear | Self::Refused => true,
            Self::Transport | Self::Intercepted | Self::Server | Self::RateLimited | Self::Local => false,
        }
    }

    /// Whether the request did not reach the server, so that the next one fails too until the network changes.
    pub fn is_of_the_network(self) -> bool {
        match self {
            Self::Transport | Self::Intercepted => true,
            Self::Server | Self::RateLimited | Self::Unclear | Self::Refused | Self::Local => false,
        }
    }
}

/// The error codes that Zoho's pages describe and that persist until a user changes something. Sources:
/// zoho.com/accounts/protocol/oauth/web-apps/access-token.html and access-token-expiry.html; `missing_org_info`:
/// self-client/client-credentials-flow.html; `client_not_granted` and `prompt_required`: the pages of JavaScript
/// clients; `no_org`: an announcement in force since 10 February 2025.
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

/// Whether an error code persists until a user changes something.
pub fn is_final(code: &str) -> bool {
    FINAL_CODES.contains(&code)
}

impl Error {
    /// Returns the class of this error.
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
