//! The meaning of a fault for the user: the problem and its message.

use std::time::Duration;

use keyfob_core::{Moment, Problem};
use zoho_oauth::region::RegionCode;

/// The outcome of a fault.
#[derive(Clone, Debug)]
pub enum Means {
    /// Nothing is wrong: the request succeeds.
    Works,
    Unreachable,
    TimedOut,
    /// The same problem, since no connection was accepted in time.
    NotAccepted,
    Untrusted,
    Redirected,
    SignInPage,
    Empty,
    Garbled,
    TooLong,
    Trouble(u16),
    /// For this many seconds.
    Throttled(u64),
    NoToken,
    CodeSpent,
    GrantEnded,
    ClientUnknown,
    SecretWrong,
    Refused(&'static str),
}

impl Means {
    /// The problem at this host and time.
    pub fn problem(&self, host: &str, now: Moment) -> Option<Problem> {
        let (host, region) = (host.to_owned(), || RegionCode::new("here").unwrap());
        Some(match self {
            Self::Works => return None,
            Self::Unreachable => Problem::Unreachable { host },
            Self::TimedOut | Self::NotAccepted => Problem::TimedOut { host },
            Self::Untrusted => Problem::Untrusted { host },
            Self::Redirected => Problem::Redirected { host },
            Self::SignInPage => Problem::WebPage { host },
            Self::Empty => Problem::EmptyAnswer { host },
            Self::Garbled => Problem::Garbled { host },
            Self::TooLong => Problem::TooLong { host },
            Self::Trouble(status) => Problem::ServerTrouble { host, status: *status },
            Self::Throttled(seconds) => Problem::Throttled { until: now.plus(Duration::from_secs(*seconds)) },
            Self::NoToken => Problem::NoToken,
            Self::CodeSpent => Problem::CodeSpent,
            Self::GrantEnded => Problem::GrantEnded,
            Self::ClientUnknown => Problem::ClientUnknown { region: region() },
            Self::SecretWrong => Problem::SecretWrong,
            Self::Refused(error) => Problem::Refused { error: (*error).to_owned() },
        })
    }

    /// The beginning of the message to the user about this host.
    pub fn sentence(&self, host: &str) -> Option<String> {
        Some(match self {
            Self::Works => return None,
            Self::Unreachable => {
                format!("{host} cannot be reached. The computer may be offline, or a firewall or proxy is in the way.")
            }
            Self::TimedOut | Self::NotAccepted => format!("{host} did not answer in time. The network may be slow."),
            Self::Untrusted => format!(
                "The connection to {host} is not trusted. What answers does not prove who it is. Often a company proxy looks inside;"
            ),
            Self::Redirected => format!(
                "{host} pointed elsewhere. Zoho does not do that for tokens, so Keyfob did not follow. A company or hotel network"
            ),
            Self::SignInPage => format!(
                "A web page came instead of an answer. Something between you and {host} may want a sign-in, such as a hotel or company network."
            ),
            Self::Empty => format!("The answer was empty. {host} was reached but said nothing."),
            Self::Garbled => {
                format!("The answer could not be read. What came from {host} was cut short or is not Zoho's.")
            }
            Self::TooLong => {
                format!("The answer was far too long. {host} sent more than a token needs. It was not read.")
            }
            Self::Trouble(status) => format!("Zoho has trouble of its own. {host} answered with error {status}."),
            Self::Throttled(_) => {
                "Zoho has paused new tokens for a while. There were many requests in a short time.".into()
            }
            Self::NoToken => "Zoho answered without a token. The answer holds neither a token nor an error.".into(),
            Self::CodeSpent => "The one-time code is spent. Zoho's codes live about a minute and work once.".into(),
            Self::GrantEnded => "Zoho has ended this sign-in. It was revoked,".into(),
            Self::ClientUnknown => "here does not know this Client ID.".into(),
            Self::SecretWrong => "Zoho does not accept the Client Secret. The Client ID is right.".into(),
            Self::Refused(error) => format!("Zoho answered with an error. It calls it `{error}`."),
        })
    }
}
