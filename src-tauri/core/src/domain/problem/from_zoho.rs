//! Zoho's errors as problems: the same facts under the same names.

use crate::error::Error;

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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Moment;
    use crate::region::RegionCode;

    #[test]
    fn a_problem_is_of_the_class_that_its_error_is_of() {
        let host = String::new;
        let region = || RegionCode::new("eu").unwrap();
        let until = Moment::from_millis(0);
        for error in [
            Error::Unreachable { host: host() },
            Error::NotThisUsers { host: host() },
            Error::TimedOut { host: host() },
            Error::Untrusted { host: host() },
            Error::Redirected { host: host() },
            Error::WebPage { host: host() },
            Error::EmptyAnswer { host: host() },
            Error::Garbled { host: host() },
            Error::TooLong { host: host() },
            Error::ServerTrouble { host: host(), status: 500 },
            Error::Denied,
            Error::DeviceCodeExpired,
            Error::CodeSpent,
            Error::GrantEnded,
            Error::ClientUnknown { region: region() },
            Error::MultiDcOff { home: region(), region: region() },
            Error::SecretWrong,
            Error::SecretWrongThere { region: region() },
            Error::RedirectMismatch { redirect_uri: String::new() },
            Error::OrganisationUnknown,
            Error::ScopeUnknown,
            Error::Throttled { until },
            Error::Refused { error: "general_error".to_owned() },
            Error::Refused { error: "no_org".to_owned() },
            Error::NoToken,
            Error::TokenDead,
            Error::ScopeMissing,
            Error::CliqBusy { until },
            Error::CliqUnclear { status: 404 },
        ] {
            assert_eq!(Problem::from(error.clone()).class(), error.class(), "{error:?}");
        }
    }
}
