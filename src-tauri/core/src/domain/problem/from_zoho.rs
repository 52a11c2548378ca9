//! Converts Zoho's errors to the problems of the same name.

use zoho_oauth::error::Error;

use super::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unreachable { host } => Self::Unreachable { host },
            Error::NotThisUsers { host } => Self::NotThisUsers { host },
            Error::TimedOut { host } => Self::TimedOut { host },
            Error::Untrusted { host } => Self::Untrusted { host },
            Error::Redirected { host } => Self::Redirected { host },
            Error::WebPage { host } => Self::WebPage { host },
            Error::EmptyAnswer { host } => Self::EmptyAnswer { host },
            Error::Garbled { host } => Self::Garbled { host },
            Error::TooLong { host } => Self::TooLong { host },
            Error::ServerTrouble { host, status } => Self::ServerTrouble { host, status },
            Error::Denied => Self::Denied,
            Error::DeviceCodeExpired => Self::DeviceCodeExpired,
            Error::CodeSpent => Self::CodeSpent,
            Error::GrantEnded => Self::GrantEnded,
            Error::ClientUnknown { region } => Self::ClientUnknown { region },
            Error::MultiDcOff { home, region } => Self::MultiDcOff { home, region },
            Error::SecretWrong => Self::SecretWrong,
            Error::SecretWrongThere { region } => Self::SecretWrongThere { region },
            Error::RedirectMismatch { redirect_uri } => Self::RedirectMismatch { redirect_uri },
            Error::OrganisationUnknown => Self::OrganisationUnknown,
            Error::ScopeUnknown => Self::ScopeUnknown,
            Error::Throttled { until } => Self::Throttled { until },
            Error::Refused { error } => Self::Refused { error },
            Error::NoToken => Self::NoToken,
            Error::TokenDead => Self::TokenDead,
            Error::ScopeMissing => Self::ScopeMissing,
            Error::CliqBusy { until } => Self::CliqBusy { until },
            Error::CliqUnclear { status } => Self::CliqUnclear { status },
        }
    }
}

#[cfg(test)]
mod tests;
